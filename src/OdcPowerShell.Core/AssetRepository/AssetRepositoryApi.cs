using static OdcPowerShell.Http.Verbs;

namespace OdcPowerShell.AssetRepository;

/// <summary>The asset repository API.</summary>
internal static class AssetRepositoryApi
{
    private const string Base = "/api/asset-repository/v1";
    private const string One = Base + "/assets/{assetKey}";
    private const string Revision = One + "/revisions/{revisionNumber}";
        private static readonly Permission Open = Permission.InGuide("Asset management > Open");

    internal static readonly Operation<Page<OdcAsset>> ListAssets = new(Get, Base + "/assets", Open);
    internal static readonly Operation<OdcAsset> GetAsset = new(Get, One, Permission.NotStated);
    internal static readonly Operation DeleteAsset = new(Delete, One, "Asset management > Delete");
    internal static readonly Operation<OdcAssetRevision> GetLatestRevision = new(Get, One + "/latest-revision", Permission.NotStated);
    internal static readonly Operation<OdcAssetRevision> GetHighestTagRevision = new(Get, One + "/highest-tag-revision", Permission.NotStated);
    internal static readonly Operation<Page<OdcAssetRevision>> ListRevisions = new(Get, One + "/revisions", Open);
    internal static readonly Operation<Page<OdcAssetRevision>> SearchRevisions = new(Post, Base + "/assets/search", Permission.NotStated) { Success = 200, IsSafe = true };
    internal static readonly Operation<OdcAssetRevision> GetRevision = new(Get, Revision, Permission.NotStated);
    internal static readonly Operation PatchRevision =
        new(Patch, Revision, Permission.OneOf("Asset management > Change or Release management > Release (guides ask for both)", "Asset management > Change", "Release management > Release"));
    internal static readonly Operation<OdcAssetIcon> GetIcon = new(Get, Revision + "/icon", Permission.NotStated);
    internal static readonly Operation<OdcAssetMetadata> GetMetadata = new(Get, Revision + "/metadata", Permission.NotStated);
    internal static readonly Operation<OdcAssetReleaseNote> GetReleaseNotes = new(Get, Revision + "/release-notes", Permission.NotStated);
    internal static readonly Operation<OdcAssetSignature> GetSignature = new(Get, Revision + "/signature", Permission.NotStated);
    internal static readonly Operation<OdcAssetSourceCode> GetSourceCode = new(Get, Revision + "/source-code", "Asset management > Open");

    // New revisions, and uploads for them.
    internal static readonly Operation<ApplicationVersion> CreateAssetRevision =
        new(Post, Base + "/assets", Permission.ByCase(("new asset", "Asset management > Create"), ("existing", "Asset management > Change")));

    internal static readonly Operation<OdcUpload> CreateUpload = new(Post, Base + "/uploads", Permission.NotStated);

    /// <summary>The largest source file that the service accepts, in bytes.</summary>
    internal const long LargestSource = 100 * 1024 * 1024;

    /// <summary>The most keys in one request for assets: more would make the URL too long for some proxies.</summary>
    internal const int KeysPerRequest = 100;

    /// <summary>The most revisions in one search request; the service documents no limit.</summary>
    internal const int RowsPerSearch = 100;
}
