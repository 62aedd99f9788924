using OdcPowerShell.Http;
using OdcPowerShell.Json;

namespace OdcPowerShell.AssetRepository;

/// <summary>The asset repository API.</summary>
internal static class AssetRepositoryApi
{
    private const string Base = "/api/asset-repository/v1";
    private const string One = Base + "/assets/{assetKey}";
    private const string Revision = One + "/revisions/{revisionNumber}";
    private const string Unstated = "not stated";
    private const string UnstatedOpen = "not stated (guides: Asset management > Open)";

    internal static readonly Operation<Page<OdcAsset>> ListAssets = Operation.Get(Base + "/assets", AssetRepositoryJson.Default.PageOdcAsset, UnstatedOpen);
    internal static readonly Operation<OdcAsset> GetAsset = Operation.Get(One, AssetRepositoryJson.Default.OdcAsset, Unstated);
    internal static readonly Operation DeleteAsset = Operation.Delete(One, "Asset management > Delete");
    internal static readonly Operation<OdcAssetRevision> GetLatestRevision = Operation.Get(One + "/latest-revision", AssetRepositoryJson.Default.OdcAssetRevision, Unstated);
    internal static readonly Operation<OdcAssetRevision> GetHighestTagRevision = Operation.Get(One + "/highest-tag-revision", AssetRepositoryJson.Default.OdcAssetRevision, Unstated);
    internal static readonly Operation<Page<OdcAssetRevision>> ListRevisions = Operation.Get(One + "/revisions", AssetRepositoryJson.Default.PageOdcAssetRevision, UnstatedOpen);
    internal static readonly Operation<Page<OdcAssetRevision>> SearchRevisions = Operation.Search(Base + "/assets/search", AssetRepositoryJson.Default.PageOdcAssetRevision, Unstated);
    internal static readonly Operation<OdcAssetRevision> GetRevision = Operation.Get(Revision, AssetRepositoryJson.Default.OdcAssetRevision, Unstated);
    internal static readonly Operation PatchRevision = Operation.Patch(Revision, "Asset management > Change or Release management > Release (guides ask for both)");
    internal static readonly Operation<OdcAssetIcon> GetIcon = Operation.Get(Revision + "/icon", AssetRepositoryJson.Default.OdcAssetIcon, Unstated);
    internal static readonly Operation<OdcAssetMetadata> GetMetadata = Operation.Get(Revision + "/metadata", AssetRepositoryJson.Default.OdcAssetMetadata, Unstated);
    internal static readonly Operation<OdcAssetReleaseNote> GetReleaseNotes = Operation.Get(Revision + "/release-notes", AssetRepositoryJson.Default.OdcAssetReleaseNote, Unstated);
    internal static readonly Operation<OdcAssetSignature> GetSignature = Operation.Get(Revision + "/signature", AssetRepositoryJson.Default.OdcAssetSignature, Unstated);
    internal static readonly Operation<OdcAssetSourceCode> GetSourceCode = Operation.Get(Revision + "/source-code", AssetRepositoryJson.Default.OdcAssetSourceCode, "Asset management > Open");

    // New revisions, and uploads for them.
    internal static readonly Operation<ApplicationVersion> CreateAssetRevision = Operation.Post(
        Base + "/assets", AssetCreationJson.Default.ApplicationVersion, "new asset: Asset management > Create; existing: Asset management > Change");

    internal static readonly Operation<OdcUpload> CreateUpload = Operation.Post(Base + "/uploads", AssetCreationJson.Default.OdcUpload, Unstated);

    /// <summary>The largest source file that the service takes, in bytes.</summary>
    internal const long LargestSource = 100 * 1024 * 1024;

    /// <summary>How many keys a list of assets is asked for at once: more would make its URL too long for some proxies.</summary>
    internal const int KeysPerRequest = 100;

    /// <summary>How many revisions are searched for at once; the service states no limit.</summary>
    internal const int RowsPerSearch = 100;
}
