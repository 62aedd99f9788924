using OdcPowerShell.AssetConfigurations;

namespace OdcPowerShell.Cmdlets.AssetConfigurations;

/// <summary>Compares the settings of apps and agents in two stages.</summary>
/// <remarks>
/// <para>Writes one row for each setting that differs, or that only one stage has, because another revision runs there. Secrets can't be compared: a warning names them. -IncludeEqual writes all settings.</para>
/// <para>The values that were set last are compared, also those that are still pending.</para>
/// </remarks>
/// <example>
/// <code>Compare-OdcAssetSetting 'Order Desk' -ReferenceStage QA -Stage Production</code>
/// <para>Lists the settings with another value in production than in QA.</para>
/// </example>
/// <example>
/// <code>Get-OdcDeployedAsset -Stage Production -Flat | Compare-OdcAssetSetting -ReferenceStage QA -Stage Production -Section Timer</code>
/// <para>Compares the timers of all apps that run in production.</para>
/// </example>
[Cmdlet(VerbsData.Compare, "OdcAssetSetting", SupportsPaging = true)]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetApplicationConfiguration))]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetAgentConfiguration), When = "for agents")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), Reads = "Asset", When = "for types", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "ReferenceStage or Stage")]
[OutputType(typeof(OdcAssetSettingComparison))]
public sealed class CompareOdcAssetSettingCommand : ListCmdlet
{
    private readonly List<string> _secrets = [];

    /// <summary>The apps and agents: objects from Get-OdcAsset or with a property AssetKey, names or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey")]
    [References(typeof(OdcAsset), Follows = true)]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The stage to compare with: a name, a key, or an object from Get-OdcStage.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Reference(typeof(OdcStage))]
    [Names]
    public ObjectReference ReferenceStage { get; set; } = null!;

    /// <summary>The stage to compare with the reference stage: a name, a key, or an object from Get-OdcStage.</summary>
    [Parameter(Mandatory = true, Position = 2)]
    [Alias("DifferenceStage")]
    [Reference(typeof(OdcStage))]
    [Names]
    public ObjectReference Stage { get; set; } = null!;

    /// <summary>Only settings with these names or full names; wildcards are allowed. A name without wildcards that an asset does not have is an error.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Only these sections: Setting, Timer, Integration, Library or SystemConfiguration.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values(ConfigurationCommand.Sections)]
    [QueryParameter("fields", IsJoined = true)]
    public string[]? Section { get; set; }

    /// <summary>Writes settings with the same value too.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter IncludeEqual { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (string.Equals(ReferenceStage.Key, Stage.Key, StringComparison.OrdinalIgnoreCase))
            ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"Both stages are {Stage}.", "Specify two different stages."), target: null));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var (reference, difference) = (StageOf(ReferenceStage.Key!), StageOf(Stage.Key!));
        // Without their values, two binary settings look the same.
        var query = QueryBinder.Bind(this).Add("showBinaryValues", "true");
        foreach (var asset in Asset)
        {
            if (!HasEnough && KeyOf(asset) is not null)
                ReadFor(asset.Target, (caller, stopped) => CompareAsync(ConfigurationCommand.PlaceOf(asset, assetType: null, reference), difference, query, caller, stopped), rows => WriteRows(rows, asset));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (_secrets.Count > 0 && !IncludeEqual)
            WriteWarning($"Secrets can't be compared: {string.Join(", ", _secrets)}.");
    }

    private async Task<IReadOnlyList<OdcAssetSettingComparison>> CompareAsync(ConfigurationPlace place, OdcStage difference, Query query, ICaller caller, CancellationToken stopped)
    {
        var complete = await place.CompleteAsync(Client, [place.AssetKey!], caller, stopped);
        var reference = await ConfigurationReader.ReadAsync(Client, complete, revision: null, query, caller, stopped);
        var other = await ConfigurationReader.ReadAsync(Client, complete with { Stage = difference }, revision: null, query, caller, stopped);
        return [.. OdcAssetSettingComparison.Of(reference, other)];
    }

    private void WriteRows(IReadOnlyList<OdcAssetSettingComparison> rows, ObjectReference asset)
    {
        var patterns = Run(() => (Name ?? []).Select(n => new NamePattern(n)).ToList());
        var named = rows.Where(r => patterns.Count == 0 || patterns.Exists(p => p.Fits(r.Name) || p.Fits(r.FullName))).ToList();
        foreach (var row in named.Where(r => IncludeEqual || r.Change is not ("Same" or "Secret")))
            Write(row);
        _secrets.AddRange(named.Where(r => r.Change == "Secret").Select(r => $"{r.AssetName} {r.FullName}"));
        foreach (var name in (Name ?? []).Zip(patterns, (name, pattern) => (name, pattern)).Where(n => n.pattern.IsLiteral && !rows.Any(r => n.pattern.Fits(r.Name) || n.pattern.Fits(r.FullName))).Select(n => n.name))
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.NotFound, $"{asset} has no setting '{name}' in these stages.", "Check the spelling. Get-OdcAssetSetting lists the settings."), asset.Target));
    }
}
