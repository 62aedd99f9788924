using OdcPowerShell.AssetConfigurations;

namespace OdcPowerShell.Cmdlets.AssetConfigurations;

/// <summary>Copies the settings of apps and agents from one stage to others.</summary>
/// <remarks>
/// <para>Secrets are never copied: the service does not return them. Values that differ from stage to stage by their nature are left out unless -Name names them: URLs, hosts, e-mail addresses, values with the name of the stage, values that come from the stage, and everything of integrations. Settings without a value are left out too. A warning lists what was left out.</para>
/// <para>Settings that have the value already are not sent again. The changes are pending until they are applied, as with Set-OdcAssetSetting.</para>
/// </remarks>
/// <example>
/// <code>Copy-OdcAssetSetting 'Order Desk' -From QA -To Production -WhatIf</code>
/// <para>Shows which settings would change in production.</para>
/// </example>
/// <example>
/// <code>Copy-OdcAssetSetting 'Order Desk' -From QA -To Production -Name Max*, */Schedule -Apply -Wait -Confirm:$false</code>
/// <para>Copies some settings and applies them.</para>
/// </example>
[Cmdlet(VerbsCommon.Copy, "OdcAssetSetting", SupportsShouldProcess = true)]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.PatchApplicationConfiguration))]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetApplicationConfiguration))]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.PatchAgentConfiguration), When = "for agents")]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetAgentConfiguration), When = "for agents")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.StartDeployment), With = "Apply")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterDeployments), With = "Wait")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetDeployment), With = "Wait")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), Reads = "Asset", When = "for types", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "From or To")]
[OutputType(typeof(OdcAssetSetting), typeof(OdcDeployment))]
public sealed class CopyOdcAssetSettingCommand : SettingChangeCommand
{
    private readonly List<string> _pending = [];
    private readonly Dictionary<string, List<string>> _leftOut = new(StringComparer.Ordinal);

    /// <summary>The apps and agents: objects from Get-OdcAsset, names or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey")]
    [References(typeof(OdcAsset), Also = [typeof(OdcDeployedAsset), typeof(OdcDeployedRevision)])]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The stage to copy from: a name, a key, or an object from Get-OdcStage.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Reference(typeof(OdcStage))]
    [Names]
    public ObjectReference From { get; set; } = null!;

    /// <summary>The stages to copy to: names, keys, or objects from Get-OdcStage.</summary>
    [Parameter(Mandatory = true, Position = 2)]
    [References(typeof(OdcStage))]
    [Names]
    public ObjectReference[] To { get; set; } = [];

    /// <summary>Only settings with these names or full names; wildcards are allowed. A name without wildcards also copies what is left out otherwise, except secrets.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (To.Any(to => string.Equals(to.Key, From.Key, StringComparison.OrdinalIgnoreCase)))
            Reject($"The settings would be copied from {From} to {From}.", "Specify another stage with -To.");
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var from = StageOf(From.Key!);
        foreach (var asset in Asset)
        {
            if (KeyOf(asset) is null)
                continue;
            var place = ConfigurationCommand.PlaceOf(asset, assetType: null, from);
            if (RunFor(asset.Target, stopped => ReadAsync(place, stopped)) is not { } source)
                continue;
            foreach (var to in To)
                Add(place with { Stage = StageOf(to.Key!), AssetType = source.AssetType }, source);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var asset in _leftOut)
            WriteWarning($"Not copied for {asset.Key}: {string.Join(", ", asset.Value.Distinct(StringComparer.Ordinal))}.");
        if (_pending.Count > 0)
            WriteWarning($"Copied, although they are pending in {From}: {string.Join(", ", _pending.Distinct(StringComparer.Ordinal))}.");
        base.EndProcessing();
    }

    private void LeaveOut(OdcAssetConfiguration source, string setting)
    {
        var asset = source.Name ?? source.AssetKey ?? "";
        if (!_leftOut.TryGetValue(asset, out var settings))
            _leftOut[asset] = settings = [];
        settings.Add(setting);
    }

    private async Task<OdcAssetConfiguration> ReadAsync(ConfigurationPlace place, CancellationToken stopped) =>
        await ConfigurationReader.ReadAsync(Client, await place.CompleteAsync(Client, [place.AssetKey!], Caller, stopped), revision: null, new Query(), Caller, stopped);

    private void Add(ConfigurationPlace to, OdcAssetConfiguration source)
    {
        var patterns = Run(() => (Name ?? ["*"]).Select(n => new NamePattern(n)).ToList());
        foreach (var setting in source.All)
        {
            var fitting = patterns.FindAll(p => p.Fits(setting.Name) || p.Fits(setting.FullName));
            if (fitting.Count == 0)
                continue;
            if (setting.IsSecret || setting.Value is null || (setting.ValueOrigin == "EnvironmentLevelDefault" && !fitting.Exists(p => p.IsLiteral)) || (SettingSection.IsOfStage(setting, setting.Value, source.StageName) && !fitting.Exists(p => p.IsLiteral)))
                LeaveOut(source, $"{setting.FullName}{(setting.IsSecret ? " (secret)" : setting.Value is null ? setting.DataType == "BinaryUrl" ? " (binary)" : " (no value)" : setting.ValueOrigin == "EnvironmentLevelDefault" ? " (value of the stage)" : " (differs by stage)")}");
            else
            {
                if (setting.IsPending == true)
                    _pending.Add($"{source.Name} {setting.FullName}");
                Writer.Add(to, new WantedSetting(setting.FullName, setting) { Section = setting.Section, Value = setting.Value, ClearsByEmpty = true, IsOptional = Name is null || !fitting.Exists(p => p.IsLiteral) });
            }
        }

        foreach (var unmatched in (Name ?? []).Zip(patterns, (name, pattern) => (name, pattern)).Where(n => !n.pattern.IsLiteral && !source.All.Any(s => n.pattern.Fits(s.Name) || n.pattern.Fits(s.FullName))))
            WriteWarning($"{source} has no setting that matches '{unmatched.name}'.");
        foreach (var name in (Name ?? []).Zip(patterns, (name, pattern) => (name, pattern)).Where(n => n.pattern.IsLiteral && !source.All.Any(s => n.pattern.Fits(s.Name) || n.pattern.Fits(s.FullName))))
            WriteError(ErrorRecords.From(SettingFinder.Missing(source, name.name, source.All), source));
    }
}
