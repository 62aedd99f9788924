namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Creates an IP filter group in a stage: a list of addresses that may, or may not, reach apps.</summary>
/// <remarks>
/// <para>With -AccessType Allow, only the addresses of the active rules reach the apps; with Deny, all others do. The type can't be changed later. Modern systems prefer IPv6: specify the IPv4 and the IPv6 addresses of each network.</para>
/// <para>A filter can lock people out. The command asks first, and the question says which apps can then be reached from where. It warns when this machine would be locked out, as far as its public address is known: from its network interfaces, or from -MyAddress. It asks no other service for the address.</para>
/// <para>An app is in one group of a stage. An app that is in another group is an error, with the command that takes it out. Agents stay in the stage's default group.</para>
/// <para>Pipe a group of another stage to it to copy name, description, type and rules.</para>
/// </remarks>
/// <example>
/// <code>New-OdcIpFilterGroup Partners -Stage QA -AccessType Allow -Rule (New-OdcIpFilterRule 'Partner A' 203.0.113.0/24, 2001:db8:2::/48) -Asset 'Supplier Hub' -Confirm:$false</code>
/// <para>Lets only a partner's networks reach an app.</para>
/// </example>
/// <example>
/// <code>Get-OdcIpFilterGroup Production -Name Office | New-OdcIpFilterGroup -Stage QA -Name 'Office copy' -WhatIf</code>
/// <para>Shows the request that would copy a group with its rules to another stage.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "OdcIpFilterGroup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.PostIpFilterGroup))]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.GetIpFilterGroup))]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListIpFilterGroups), With = "Asset", When = "for apps in other groups", IsOptional = true)]
[OutputType(typeof(OdcIpFilterGroup))]
public sealed class NewOdcIpFilterGroupCommand : ChangeCmdlet
{
    private IpFilterGuard? _guard;
    private IpFilterStage? _stage;
    private IReadOnlyList<OdcIpFilterRule>? _typedRules;

    /// <summary>Name of the group. It must be unique in the stage.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [BodyParameter("name")]
    public string Name { get; set; } = "";

    /// <summary>The stage of the group, by name or key. Piped rows have it in a column Stage or StageName.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment", "StageName")]
    [Reference(typeof(OdcStage))]
    [Names]
    public ObjectReference Stage { get; set; } = null!;

    /// <summary>Allow, for a list of the only addresses that reach the apps; or Deny, for a list of addresses that don't.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Values("Allow=ALLOWLIST", "Deny=DENYLIST")]
    [BodyParameter("accessType")]
    public string AccessType { get; set; } = "";

    /// <summary>What the group is for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BodyParameter("description")]
    public string? Description { get; set; }

    /// <summary>The rules, at most 20: objects of New-OdcIpFilterRule, the rules of a group, or hashtables with Name, Ranges and IsActive.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Rules", "IpRules")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public object[]? Rule { get; set; }

    /// <summary>The apps that get this filter: names, keys, or objects from Get-OdcAsset. They may be deployed to the stage later. Piped rows can have them in a column Asset, AssetKey, AssetKeys or AssetNames, with semicolons between them. The apps of a piped group are not used.</summary>
    [Parameter]
    [Alias("AssetKey", "ApplicationKey")]
    [References(typeof(OdcAsset))]
    [Names]
    [BodyParameter("appKeys")]
    public ObjectReference[]? Asset { get; set; }

    /// <summary>The public addresses by which others see this machine, to check that it is not locked out. Only these are checked then.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? MyAddress { get; set; }

    /// <summary>The row with the values of the other parameters. Of this module's objects, only IP filter groups are accepted.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // What is wrong with the rules is found before any name is looked up.
        _typedRules = Rule is null ? null : Run(() => Read());
        base.BeginProcessing();
        (_guard, _stage) = (new IpFilterGuard(this, MyAddress), new IpFilterStage(this));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject?.BaseObject is OdcResource and not OdcIpFilterGroup)
        {
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"An IP filter group can't be created from this {InputObject.BaseObject.GetType().Name}.", "Pipe rows with a Name, a Stage and an AccessType."), InputObject));
            return;
        }

        if (RunFor(Name, () => IpFilterRules.AccessTypeOf(AccessType)) is not { } type || (_typedRules ?? RunFor(Name, () => Read())) is not { } rules || KeyOf(Stage) is not { } stageKey)
            return;
        var assets = Asset ?? OfRow();
        if (!assets.All(a => KeyOf(a) is not null))
            return;
        List<string> keys = [.. assets.Select(a => a.Key!).Distinct(StringComparer.OrdinalIgnoreCase)];
        Client.Names.AssetNames.Keep(assets.Select(a => a.Resource).OfType<OdcAsset>());
        _guard!.Learn(keys);
        if (RunFor(Name, stopped => CheckedAsync(stageKey, assets, keys, stopped)) is null)
            return;
        var reach = new IpFilterReach(type, rules);
        var label = $"IP filter group {Name} in {Stage}";
        _guard.Warn(reach, label, keys.Count == 0 ? [] : [_stage!.DefaultReach(stageKey)]);
        var body = RequestBody.Bind(this, skipsEmpty: true).Add("accessType", type);
        if (keys.Count > 0)
            body.Add("appKeys", keys.ToArray());
        if (rules.Count > 0)
            body.Add("ipRules", IpFilterRuleReader.ToBodies(rules));
        if (Send($"{label}: {_guard.Describe(reach, keys, isDefault: false)}", Name, EnvironmentConfigurationsApi.PostIpFilterGroup, [stageKey], body, about: label) is not { } created)
            return;
        var now = ReadNew(created.RequiredKey, stopped => StageParts.IpFilterGroupAsync(Client, stageKey, created.RequiredKey, Caller, stopped), key => new OdcIpFilterGroup
        {
            IpFilterGroupKey = key, Name = Name, AccessType = type, Rules = rules, AssetKeys = keys, StageKey = stageKey,
        });
        now.StageName ??= Stage.Name;
        now.AssetNames = now.AssetKeys?.Select(_guard.NameOf).ToList();
        Write(now);
    }

    private IReadOnlyList<OdcIpFilterRule> Read()
    {
        var rules = IpFilterRuleReader.Read(Rule ?? [], WriteWarning);
        IpFilterRules.Check(rules, WriteWarning);
        return rules;
    }

    // What the file of a list or of a user has: names or keys, in one cell.
    private ObjectReference[] OfRow()
    {
        if (InputObject is null || PipedObject.Of(InputObject) is not { IsRow: true } row)
            return [];
        string[] columns = ["Asset", "AssetKey", "AssetKeys", "AssetNames"];
        var found = columns.Select(name => Parts(row.Value(name)).ToArray()).FirstOrDefault(parts => parts.Length > 0);
        return found is null ? [] : (ObjectReference[])new ReferencesAttribute(typeof(OdcAsset)).Transform(null!, found)!;
    }

    private static IEnumerable<object> Parts(object? cell) => cell switch
    {
        null => [],
        string text => text.Split(';').Select(part => part.Trim()).Where(part => part.Length > 0),
        PSObject { BaseObject: string text } => Parts(text),
        System.Collections.IEnumerable list => list.Cast<object?>().SelectMany(Parts),
        _ => [cell],
    };

    private async Task<object?> CheckedAsync(string stageKey, ObjectReference[] assets, List<string> keys, CancellationToken stopped)
    {
        _stage!.CheckTypes(keys);
        await _stage.CheckNameAsync(stageKey, Stage.ToString(), ownKey: null, Name, Caller, stopped);
        return await _guard!.CheckOthersAsync(stageKey, Stage.ToString(), ownKey: null, assets, Caller, stopped);
    }
}
