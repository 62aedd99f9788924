namespace OdcPowerShell.Emulator;

/// <summary>An asset as it stands now.</summary>
public sealed record EmulatedAsset(Guid Key, string Name, string Type, Guid PortfolioKey, int LatestRevision, string? HighestTag)
{
    internal static EmulatedAsset Of(Asset asset) => new(
        asset.Key, asset.Name, asset.Type, asset.PortfolioKey, asset.Latest.Number, asset.HighestTagged?.Tag?.ToString());
}
