using OdcPowerShell.Http;
using OdcPowerShell.Json;

namespace OdcPowerShell.AssetRepository;

/// <summary>The asset repository API.</summary>
internal static class AssetRepositoryApi
{
    private const string Base = "/api/asset-repository/v1";

    internal static readonly Operation<Page<OdcAsset>> ListAssets =
        Operation.Get(Base + "/assets", AssetRepositoryJson.Default.PageOdcAsset, "not stated (guides: Asset management > Open)");

    // New revisions, and uploads for them.
    internal static readonly Operation<ApplicationVersion> CreateAssetRevision = Operation.Post(
        Base + "/assets", AssetCreationJson.Default.ApplicationVersion, "new asset: Asset management > Create; existing: Asset management > Change");

    internal static readonly Operation<OdcUpload> CreateUpload = Operation.Post(Base + "/uploads", AssetCreationJson.Default.OdcUpload, "not stated");

    /// <summary>The largest source file that the service takes, in bytes.</summary>
    internal const long LargestSource = 100 * 1024 * 1024;
}
