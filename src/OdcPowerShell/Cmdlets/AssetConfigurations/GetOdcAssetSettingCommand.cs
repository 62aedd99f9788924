using OdcPowerShell.AssetConfigurations;

namespace OdcPowerShell.Cmdlets.AssetConfigurations;

/// <summary>Gets the settings of apps and agents in stages: one row for each setting, whatever its section.</summary>
/// <remarks>
/// <para>FullName distinguishes settings of the same name: the name with the library and the timer or integration before it, such as Nightly Sync/Schedule. IsPending shows values that were set, but neither applied nor deployed: the asset does not run with them yet.</para>
/// <para>Set-OdcAssetSetting takes these rows, also from a CSV file. The values of secrets are never returned.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAssetSetting 'Order Desk' -Stage QA</code>
/// <para>Gets all settings of an app in QA.</para>
/// </example>
/// <example>
/// <code>Get-OdcStage | Get-OdcAssetSetting -Asset 'Order Desk' -Name Max* | Format-Table StageName, Name, Value</code>
/// <para>Shows the settings whose names start with Max, in all stages.</para>
/// </example>
/// <example>
/// <code>Get-OdcDeployedAsset -Stage QA -Flat | Get-OdcAssetSetting -Stage QA | Where-Object IsPending</code>
/// <para>Finds changes in QA that were never applied.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcAssetSetting", SupportsPaging = true)]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetApplicationConfiguration))]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetApplicationRevisionConfiguration), With = "Revision")]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetAgentConfiguration), When = "for agents")]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetAgentRevisionConfiguration), With = "Revision", When = "for agents")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), Reads = "Asset", When = "for types", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[OutputType(typeof(OdcAssetSetting))]
public sealed class GetOdcAssetSettingCommand : ConfigurationCommand
{
    /// <summary>Only settings with these names or full names; wildcards are allowed. A name without wildcards that an asset does not have is an error.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? Name { get; set; }

    private protected override void Write(OdcAssetConfiguration configuration, ObjectReference asset)
    {
        if (Name is null)
        {
            foreach (var setting in configuration.All)
                Write(setting);
            return;
        }

        var patterns = Run(() => Name.Select(n => new NamePattern(n)).ToList());
        foreach (var setting in configuration.All.Where(s => patterns.Exists(p => p.Fits(s.Name) || p.Fits(s.FullName))))
            Write(setting);
        foreach (var (name, _) in Name.Zip(patterns, (name, pattern) => (name, pattern)).Where(n => n.pattern.IsLiteral && !configuration.All.Any(s => n.pattern.Fits(s.Name) || n.pattern.Fits(s.FullName))))
            WriteError(ErrorRecords.From(SettingFinder.Missing(configuration, name, configuration.All), asset.Target));
    }
}
