using OdcPowerShell.AssetConfigurations;

namespace OdcPowerShell.Cmdlets.MobileBuilds;

/// <summary>Gets the extensibility settings of mobile apps in stages: one row for each setting, those of libraries too.</summary>
/// <remarks>
/// <para>The packages of an app, and the plugins in them, are built with these values. FullName has the library before the name. Set-OdcMobileExtensibilitySetting takes these rows, also from a CSV file. The values of secrets are never shown.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcMobileExtensibilitySetting 'Driver Go' -Stage QA</code>
/// <para>Gets all settings of an app in QA.</para>
/// </example>
/// <example>
/// <code>Get-OdcStage | Get-OdcMobileExtensibilitySetting -Asset 'Driver Go' -Name Minimum* | Format-Table StageName, FullName, Value</code>
/// <para>Shows the settings whose names start with Minimum, in all stages.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcMobileExtensibilitySetting", SupportsPaging = true)]
[ApiOperation(typeof(MobileBuildsApi), nameof(MobileBuildsApi.GetExtensibilitySettings))]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), Reads = "Asset", When = "for types and libraries", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListDeployedAssets), When = "where there are no settings")]
[OutputType(typeof(OdcMobileExtensibilitySetting))]
public sealed class GetOdcMobileExtensibilitySettingCommand : MobileAppCommand
{
    /// <summary>Only settings with these names or full names; wildcards are allowed. A name without wildcards that an app does not have is an error.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? Name { get; set; }

    private protected override void Read(ObjectReference asset, MobilePlace place) => ReadFor(
        asset.Target,
        async (caller, stopped) => await ExtensibilitySettings.ReadAsync(Client, await place.CompleteAsync(Client, caller, stopped), caller, stopped),
        settings => Write(settings, asset));

    private void Write(ExtensibilitySettings settings, ObjectReference asset)
    {
        var all = settings.All.ToList();
        if (Name is null)
        {
            all.ForEach(Write);
            return;
        }

        var patterns = Run(() => Name.Select(n => new NamePattern(n)).ToList());
        all.Where(s => patterns.Exists(p => Fits(p, s))).ToList().ForEach(Write);
        foreach (var (name, _) in Name.Zip(patterns, (name, pattern) => (name, pattern)).Where(n => n.pattern.IsLiteral && !all.Exists(s => Fits(n.pattern, s))))
            WriteError(ErrorRecords.From(SettingFinder.Missing(settings, name, all), asset.Target));
    }

    private static bool Fits(NamePattern pattern, OdcMobileExtensibilitySetting setting) => pattern.Fits(setting.Name) || pattern.Fits(setting.FullName);
}
