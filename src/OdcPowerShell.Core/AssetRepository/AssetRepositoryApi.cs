using OdcPowerShell.Http;
using OdcPowerShell.Json;

namespace OdcPowerShell.AssetRepository;

/// <summary>The asset repository API.</summary>
internal static class AssetRepositoryApi
{
    private const string Base = "/api/asset-repository/v1";

    internal static readonly Operation<Page<OdcAsset>> ListAssets =
        Operation.Get(Base + "/assets", AssetRepositoryJson.Default.PageOdcAsset, "not stated (guides: Asset management > Open)");
}
