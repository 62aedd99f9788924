using System.Collections;
using OdcPowerShell.AssetConfigurations;

namespace OdcPowerShell.Cmdlets.AssetConfigurations;

/// <summary>Changes several settings of apps and agents in stages: settings, timers, integrations, libraries and system configurations in one request.</summary>
/// <remarks>
/// <para>Each parameter takes a hashtable of names and values; those of timers, integrations and libraries have a hashtable for each. Names or keys identify the settings. Only what you specify is changed.</para>
/// <para>Set-OdcAssetSetting does the same with rows. A changed value is pending: the asset runs with it after -Apply, Start-OdcConfigurationApply, or its next deployment. Secrets need a SecureString.</para>
/// </remarks>
/// <example>
/// <code>Set-OdcAssetConfiguration 'Order Desk' -Stage QA -Setting @{ MaxOrderLines = 250; ShowPrices = $true } -Timer @{ 'Nightly Sync' = @{ Schedule = '0 2 * * *' } } -WhatIf</code>
/// <para>Shows the old and the new values, and the request.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Set-OdcAssetConfiguration -Stage QA, Production -Library @{ 'Common UI' = @{ Theme = 'Dark' } } -PassThru</code>
/// <para>Changes the setting of a library in the app, in two stages, and writes the configurations.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "OdcAssetConfiguration", SupportsShouldProcess = true)]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.PatchApplicationConfiguration))]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetApplicationConfiguration))]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.PatchAgentConfiguration), When = "for agents")]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetAgentConfiguration), When = "for agents")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.StartDeployment), With = "Apply")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterDeployments), With = "Wait")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetDeployment), With = "Wait")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), Reads = "Asset", When = "for types", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[OutputType(typeof(OdcAssetConfiguration), typeof(OdcDeployment))]
public sealed class SetOdcAssetConfigurationCommand : SettingChangeCommand
{
    /// <summary>The apps and agents: objects from Get-OdcAsset, names or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey")]
    [References(typeof(OdcAsset), Also = [typeof(OdcDeployedAsset), typeof(OdcDeployedRevision), typeof(OdcAssetConfiguration)])]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The stages, by name or key.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage))]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>Settings of the asset: names and values.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public Hashtable? Setting { get; set; }

    /// <summary>Settings of timers: the name of each timer, with a hashtable of names and values.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public Hashtable? Timer { get; set; }

    /// <summary>Settings of integrations: the name of each integration, with a hashtable of names and values.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public Hashtable? Integration { get; set; }

    /// <summary>Settings of libraries that the asset uses: the name of each library, with a hashtable of names and values.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public Hashtable? Library { get; set; }

    /// <summary>System configurations of the asset: names and values.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public Hashtable? SystemConfiguration { get; set; }

    /// <summary>Accepts plain text for secret settings. It can remain in the history, in logs and in transcripts.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter AllowPlainText { get; set; }

    private protected override bool AcceptsPlainText => AllowPlainText;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if ((Setting ?? Timer ?? Integration ?? Library ?? SystemConfiguration) is null)
            ThrowTerminatingError(ErrorRecords.From(RequestBody.Nothing("-Setting, -Timer, -Integration, -Library or -SystemConfiguration"), target: null));
        foreach (var asset in Asset)
        {
            if (KeyOf(asset) is null || RunFor(asset.Target, () => Wanted(asset.Target).ToList()) is not { } wanted)
                continue;
            foreach (var stage in Stage)
                wanted.ForEach(one => Writer.Add(ConfigurationCommand.PlaceOf(asset, assetType: null, StageOf(stage.Key!)), one));
        }
    }

    private protected override void WriteNow(OdcAssetConfiguration now, IReadOnlyCollection<ISetting> settled) => Write(now);

    private IEnumerable<WantedSetting> Wanted(object target) =>
    [
        .. Values(Setting, SettingSection.Setting, target),
        .. Nested(Timer, nameof(Timer)).SelectMany(timer => Values(timer.Table, SettingSection.Timer, target, element: timer.Name)),
        .. Nested(Integration, nameof(Integration)).SelectMany(integration => Values(integration.Table, SettingSection.Integration, target, element: integration.Name)),
        .. Nested(Library, nameof(Library)).SelectMany(library => Values(library.Table, section: null, target, library: library.Name)),
        .. Values(SystemConfiguration, SettingSection.SystemConfiguration, target),
    ];

    private static IEnumerable<WantedSetting> Values(IDictionary? table, string? section, object target, string? element = null, string? library = null)
    {
        foreach (DictionaryEntry entry in table ?? new Hashtable())
        {
            var (value, secret, file) = SettingInput.Read(entry.Value);
            if (value is null && secret is null)
                throw new OdcException(OdcErrorCause.InvalidRequest, $"The setting {entry.Key} has no value: it is null.", "Check the variable that the value comes from. An empty text clears a setting.");
            yield return new WantedSetting(entry.Key.ToString()!, target) { Section = section, Element = element, Library = library, Value = value, SecretValue = secret, FileName = file, IsFile = file is not null, ClearsByEmpty = true };
        }
    }

    private static IEnumerable<(string Name, IDictionary Table)> Nested(Hashtable? tables, string parameter)
    {
        foreach (DictionaryEntry entry in tables ?? [])
        {
            if ((entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value) is not IDictionary { Count: > 0 } table)
                throw new OdcException(OdcErrorCause.InvalidRequest, $"-{parameter} '{entry.Key}' has no hashtable of names and values.", $"Specify one: -{parameter} @{{ '{entry.Key}' = @{{ Name = 'value' }} }}.");
            yield return (entry.Key.ToString()!, table);
        }
    }
}
