using System.Globalization;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.AssetConfigurations;

/// <summary>The place of a configuration: an asset in a stage, or the stage itself.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="AssetKey">The key of the asset; null for the system configurations of the stage.</param>
/// <param name="AssetName">Its name, if known, for messages.</param>
/// <param name="AssetType">Its type, as far as it is known: agents have their own operations.</param>
internal record ConfigurationPlace(OdcStage Stage, string? AssetKey = null, string? AssetName = null, string? AssetType = null)
{
    internal bool IsAgent => string.Equals(AssetType, "Agent", StringComparison.OrdinalIgnoreCase);

    internal virtual Operation Patch => AssetKey is null ? AssetConfigurationsApi.PatchStageSystemConfiguration
        : IsAgent ? AssetConfigurationsApi.PatchAgentConfiguration : AssetConfigurationsApi.PatchApplicationConfiguration;

    internal string[] Keys => AssetKey is null ? [Stage.StageKey!] : [Stage.StageKey!, AssetKey];

    /// <summary>Reads the settings of the place.</summary>
    /// <exception cref="OdcException">The asset does not run in the stage, or the API client may not see its configuration.</exception>
    internal virtual Task<IConfiguration> ReadAsync(OdcClient client, bool withBinary, ICaller caller, CancellationToken cancellationToken) =>
        ConfigurationReader.ReadAnyAsync(client, this, withBinary, caller, cancellationToken);

    /// <summary>The asset and the stage, as far as their names are known, for messages.</summary>
    public sealed override string ToString() => AssetKey is null ? $"the stage {Stage}" : $"{AssetName ?? AssetKey} in {Stage}";

    /// <summary>The same with the asset's type, which takes one request for all assets that are looked up together.</summary>
    internal virtual async Task<ConfigurationPlace> CompleteAsync(OdcClient client, IEnumerable<string> assetKeys, ICaller caller, CancellationToken cancellationToken)
    {
        if (AssetKey is null || AssetType is not null)
            return this;
        await client.Names.AssetNames.LearnAsync(assetKeys, caller, cancellationToken).ConfigureAwait(false);
        return this with { AssetType = client.Names.AssetNames.Find(AssetKey)?.AssetType };
    }
}

/// <summary>Reads the configurations of assets in stages, and of stages.</summary>
internal static class ConfigurationReader
{
    /// <summary>Reads what <see cref="ReadAsync"/> or <see cref="ReadStageAsync"/> does, whichever the place needs.</summary>
    /// <exception cref="OdcException">The asset does not run in the stage, or the API client may not see its configuration.</exception>
    internal static async Task<IConfiguration> ReadAnyAsync(OdcClient client, ConfigurationPlace place, bool withBinary, ICaller caller, CancellationToken cancellationToken) => place.AssetKey is null
        ? await ReadStageAsync(client, place.Stage, caller, cancellationToken).ConfigureAwait(false)
        : await ReadAsync(client, place, revision: null, withBinary ? new Query().Add("showBinaryValues", "true") : new Query(), caller, cancellationToken).ConfigureAwait(false);

    /// <summary>Reads the system configurations of a stage.</summary>
    internal static async Task<StageSystemConfiguration> ReadStageAsync(OdcClient client, OdcStage stage, ICaller caller, CancellationToken cancellationToken)
    {
        var configuration = await client.GetAsync(AssetConfigurationsApi.GetStageSystemConfiguration, [stage.StageKey!], query: null, caller, cancellationToken).ConfigureAwait(false);
        configuration.Stage = stage;
        foreach (var setting in configuration.SystemConfigurations ?? [])
            (setting.StageKey, setting.StageName) = (stage.StageKey, stage.Name);
        return configuration;
    }

    /// <summary>Reads the configuration of the revision that runs in the stage, or of another one.</summary>
    /// <exception cref="OdcException">The asset does not run in the stage, or the API client may not see its configuration.</exception>
    internal static async Task<OdcAssetConfiguration> ReadAsync(
        OdcClient client, ConfigurationPlace place, int? revision, Query query, ICaller caller, CancellationToken cancellationToken)
    {
        var operation = (place.IsAgent, revision) switch
        {
            (true, null) => AssetConfigurationsApi.GetAgentConfiguration,
            (true, _) => AssetConfigurationsApi.GetAgentRevisionConfiguration,
            (false, null) => AssetConfigurationsApi.GetApplicationConfiguration,
            (false, _) => AssetConfigurationsApi.GetApplicationRevisionConfiguration,
        };
        string[] keys = revision is { } number ? [.. place.Keys, number.ToString(CultureInfo.InvariantCulture)] : place.Keys;
        try
        {
            var configuration = await client.GetAsync(operation, keys, query, caller, cancellationToken).ConfigureAwait(false);
            return configuration.In(place);
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.NotFound)
        {
            var asset = place.AssetName ?? client.Names.AssetNames.Of(place.AssetKey) ?? $"the asset {place.AssetKey}";
            throw place.AssetType?.EndsWith("Library", StringComparison.Ordinal) == true
                ? new OdcException(OdcErrorCause.NotFound, $"There is no configuration of {asset} in {place.Stage}: it is a library.", "Specify an app that uses the library: the settings of a library belong to each app.", e)
                : new OdcException(
                    OdcErrorCause.NotFound, $"There is no configuration of {asset}{(revision is null ? "" : $", revision {keys[2]},")} in {place.Stage}: it probably does not run there.",
                    $"Get-OdcDeployedAsset -Stage '{place.Stage}' -Flat lists what runs there.", e);
        }
    }
}
