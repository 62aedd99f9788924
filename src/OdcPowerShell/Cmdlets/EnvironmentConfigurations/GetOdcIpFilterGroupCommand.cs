namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Gets the IP filter groups of stages: lists of addresses that may, or may not, reach apps.</summary>
/// <remarks>
/// <para>An allow list (ALLOWLIST) has the only addresses that reach its apps, a deny list (DENYLIST) those that don't. Only active rules count. An app is in one group of a stage; without one, it has the stage's default group. A blocked address gets the status 403 with the text "RBAC: access denied". The filters apply to deployed assets and not to the ODC Portal; they need the add-on Sentry of the subscription.</para>
/// <para>It takes one request for each stage, and one for the names of the apps, which are left out when the API client may not see them. A list that was read in the last five minutes is used again, unless this process changed a filter of the stage: the API allows 10 requests a minute to the whole organization. -Refresh reads it now, and so does -IpFilterGroup.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcIpFilterGroup Production</code>
/// <para>Gets the groups of a stage.</para>
/// </example>
/// <example>
/// <code>(Get-OdcIpFilterGroup Production -Name Office).Rules</code>
/// <para>Shows the rules of a group with their addresses.</para>
/// </example>
/// <example>
/// <code>Get-OdcStage | Get-OdcIpFilterGroup -Asset 'HR Self Service'</code>
/// <para>Gets the group that an app was put into, in each stage. Where it is in none, it has the stage's default group, which a warning names.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcIpFilterGroup", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListIpFilterGroups))]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.GetIpFilterGroup), With = "IpFilterGroup")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), When = "for the names of apps", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[OutputType(typeof(OdcIpFilterGroup))]
public sealed class GetOdcIpFilterGroupCommand : KeptStageCommand
{
    private const string ListSet = "List";
    private const string KeySet = "ByKey";
    private readonly List<string?> _names = [];
    private NamePattern? _pattern;
    private bool _hasFound;
    private bool _hasRead;
    private readonly HashSet<string> _appsInGroups = new(StringComparer.OrdinalIgnoreCase);
    private OdcIpFilterGroup? _default;

    /// <summary>The stages: objects from Get-OdcStage or with a property StageKey, names or keys.</summary>
    [Parameter(ParameterSetName = ListSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = KeySet, Position = 0)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage), Follows = true, Besides = [typeof(OdcIpFilterGroup)])]
    [Names]
    public override ObjectReference[] Stage { get; set; } = [];

    /// <summary>The groups to read now: objects from Get-OdcIpFilterGroup, or keys or names with -Stage.</summary>
    [Parameter(ParameterSetName = KeySet, Mandatory = true, ValueFromPipeline = true)]
    [Alias("IpFilterGroupKey")]
    [References(typeof(OdcIpFilterGroup), IsChoice = true)]
    [Names]
    public ObjectReference[] IpFilterGroup { get; set; } = [];

    /// <summary>Name of the groups; wildcards are allowed. A name without wildcards that no group of the stages has is an error.</summary>
    [Parameter(ParameterSetName = ListSet, Position = 1)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Names(typeof(OdcIpFilterGroup))]
    public string? Name { get; set; }

    /// <summary>Only groups with one of these apps: names, keys, or objects from Get-OdcAsset. It takes no further request. A warning names the apps that are in no group of their own: they have the stage's default group.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("AssetKey", "ApplicationKey")]
    [References(typeof(OdcAsset), Follows = true)]
    [Names]
    public ObjectReference[]? Asset { get; set; }

    private protected override bool IsLookedUp(ObjectReference reference) => reference.Type != ResourceTypes.IpFilterGroup;

    private protected override NameScope Within => new([.. Stage.Select(s => s.Key).OfType<string>()]);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _pattern = Name is null ? null : Run(() => new NamePattern(Name));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == KeySet)
            Array.ForEach(IpFilterGroup, WriteOne);
        else
            base.ProcessRecord();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (_pattern is { IsLiteral: true } && _hasRead && !_hasFound && PagingParameters.First > 0)
            WriteError(ErrorRecords.From(NotFound(ResourceTypes.IpFilterGroup.Noun, Name!, _names), Name));
    }

    private protected override void WriteOf(OdcStage stage, ObjectReference input)
    {
        // The row of a group also has the key of its stage.
        if (input.Column(nameof(OdcIpFilterGroup.IpFilterGroupKey)) is { } key)
        {
            WriteOne(input.Target, stage.StageKey!, key, stage.Name);
            return;
        }

        _hasRead = true;
        _default = null;
        _appsInGroups.Clear();
        var wanted = StageParts.IpFilterGroups(Client, stage.StageKey!).Do(group => group.StageName ??= stage.Name);
        if (_pattern is not null || Asset is not null)
            wanted = wanted.Where(IsWanted);
        WriteAll(wanted.Do((groups, caller, stopped) => groups.NameAppsAsync(Client, caller, stopped)).Window(WindowOfInput), input.Target);
        WarnOfDefault(stage);
    }

    private void WarnOfDefault(OdcStage stage)
    {
        // With a name, or when enough was found, not all groups were looked at.
        var others = _pattern is not null || HasEnough ? [] : (Asset ?? []).Where(a => !_appsInGroups.Contains(a.Key!)).ToList();
        if (others.Count == 0)
            return;
        var (isOne, group) = (others.Count == 1, _default is null ? "the stage's default group" : $"the stage's default group, {_default}");
        WriteWarning($"In {stage}, {string.Join(", ", others)} {(isOne ? "is" : "are")} in no group of {(isOne ? "its" : "their")} own and {(isOne ? "has" : "have")} {group}.");
    }

    private bool IsWanted(OdcIpFilterGroup group)
    {
        _names.Add(group.Name);
        _appsInGroups.UnionWith(group.AssetKeys ?? []);
        _default = group.IsUsualDefault ? group : _default;
        if (_pattern?.Fits(group.Name) == false || Asset?.Any(a => group.AssetKeys?.Contains(a.Key, StringComparer.OrdinalIgnoreCase) == true) == false)
            return false;
        return _hasFound = true;
    }

    private void WriteOne(ObjectReference group)
    {
        if (HasEnough)
            return;
        var own = (group.Resource as IOfStage)?.StageKey;
        if (Stage.Length == 0 ? own is null : Stage.Length > 1)
        {
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"The stage of {group.Label} is not specified.", "Specify one stage with -Stage."), group.Target));
            return;
        }

        if ((Stage.Length == 0 ? own : KeyOf(Stage[0])) is { } stageKey && KeyOf(group) is { } key)
            WriteOne(group.Target, stageKey, key, (group.Resource as IOfStage)?.StageName);
    }

    private void WriteOne(object target, string stageKey, string key, string? stageName) => ReadFor(
        target,
        async (caller, stopped) =>
        {
            var read = await StageParts.IpFilterGroupAsync(Client, stageKey, key, caller, stopped);
            await new[] { read }.NameAppsAsync(Client, caller, stopped);
            read.StageName ??= stageName;
            return read;
        },
        Write);
}
