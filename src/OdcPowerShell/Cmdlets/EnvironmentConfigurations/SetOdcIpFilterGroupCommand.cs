namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Changes IP filter groups: their rules, their apps, name and description.</summary>
/// <remarks>
/// <para>The service replaces whole lists. -Rule and -Asset are the whole new lists; -AddRule, -RemoveRule, -AddAsset and -RemoveAsset change the list that the command reads just before. A group that was changed by others since the piped object was read is an error that says what is different; -Force changes it as it is now. It is also read again when a question stayed open. No lock exists: what others change in the moment between reading and sending is lost.</para>
/// <para>A filter can lock people out. The command asks first, and the question says which apps can then be reached from where. It warns when this machine would be locked out, as far as its public address is known: from its network interfaces, or from -MyAddress. It asks no other service for the address.</para>
/// <para>It takes two requests for each group, one if only name or description change, and one more for apps that are added.</para>
/// </remarks>
/// <example>
/// <code>Set-OdcIpFilterGroup Office -Stage Production -AddRule (New-OdcIpFilterRule 'Branch' 192.0.2.0/25, 2001:db8:30::/48) -PassThru -Confirm:$false</code>
/// <para>Adds a rule and writes the changed group.</para>
/// </example>
/// <example>
/// <code>Get-OdcIpFilterGroup Production -Name Office | Set-OdcIpFilterGroup -RemoveRule VPN -AddAsset Expenses -WhatIf</code>
/// <para>Shows the request that would remove a rule and add an app.</para>
/// </example>
/// <example>
/// <code>Get-OdcStage | Get-OdcIpFilterGroup -Name Office | Set-OdcIpFilterGroup -Description 'Only from the offices' -Confirm:$false</code>
/// <para>Changes the description of a group in all stages.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "OdcIpFilterGroup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.PatchIpFilterGroup))]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.GetIpFilterGroup), When = "for changes of rules or apps, and for the changed group")]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListIpFilterGroups), When = "for names of groups, and for apps in other groups")]
[OutputType(typeof(OdcIpFilterGroup))]
public sealed class SetOdcIpFilterGroupCommand : StagePartCommand
{
    private const string OnlyDefault = "Only the default group of a stage can change its type. For another type, create a new group with New-OdcIpFilterGroup.";
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    private IpFilterGuard? _guard;
    private IpFilterStage? _stage;
    private IpFilterWishes? _wishes;

    /// <summary>The groups: objects from Get-OdcIpFilterGroup, or names or keys with -Stage.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("IpFilterGroupKey")]
    [References(typeof(OdcIpFilterGroup))]
    [Names]
    public ObjectReference[] IpFilterGroup { get; set; } = [];

    /// <summary>The new name. Piped rows can have it in a column Name; the name of a piped group is not used.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BodyParameter("name")]
    public string? Name { get; set; }

    /// <summary>The new description; $null clears it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowsNothing]
    [BodyParameter("description", IsClearedByEmpty = true)]
    public string? Description { get; set; }

    /// <summary>The new type, Allow or Deny, which only the default group of a stage can change. For other groups, create a new one.</summary>
    [Parameter]
    [Values("Allow=ALLOWLIST", "Deny=DENYLIST")]
    public string? AccessType { get; set; }

    /// <summary>The new list of rules, at most 20: objects of New-OdcIpFilterRule, the rules of a group, or hashtables with Name, Ranges and IsActive. An empty list removes all rules.</summary>
    [Parameter]
    [AllowsNothing]
    [Alias("Rules", "IpRules")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public object[]? Rule { get; set; }

    /// <summary>Rules to add to the present ones, in the same forms. A rule that is there already is not added again.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public object[]? AddRule { get; set; }

    /// <summary>Names of the rules to remove.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? RemoveRule { get; set; }

    /// <summary>The new list of apps: names, keys, or objects from Get-OdcAsset. An empty list takes all apps out; they get the stage's default group.</summary>
    [Parameter]
    [Alias("AssetKey", "ApplicationKey")]
    [References(typeof(OdcAsset), AllowsNone = true)]
    [Names]
    public ObjectReference[]? Asset { get; set; }

    /// <summary>Apps to add to the present ones: names, keys, or objects from Get-OdcAsset.</summary>
    [Parameter]
    [References(typeof(OdcAsset))]
    [Names]
    public ObjectReference[]? AddAsset { get; set; }

    /// <summary>Apps to take out: names, keys, or objects from Get-OdcAsset. They get the stage's default group.</summary>
    [Parameter]
    [References(typeof(OdcAsset))]
    [Names]
    public ObjectReference[]? RemoveAsset { get; set; }

    /// <summary>The public addresses by which others see this machine, to check that it is not locked out. Only these are checked then.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? MyAddress { get; set; }

    /// <summary>Changes the group as it is now, although others changed it since the piped object was read.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the changed groups.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    private bool NeedsLists => Rule is not null || AddRule is not null || RemoveRule is not null || Asset is not null || AddAsset is not null || RemoveAsset is not null || AccessType is not null;

    private IReadOnlyList<ObjectReference> NewAssets => Asset ?? AddAsset ?? [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // What is wrong with the rules is found before any name is looked up.
        var (rules, added) = Run(() => ReadRules());
        base.BeginProcessing();
        (_guard, _stage) = (new IpFilterGuard(this, MyAddress), new IpFilterStage(this));
        _wishes = new IpFilterWishes(
            rules, added, RemoveRule ?? [], Keys(Asset), Keys(AddAsset) ?? [], Keys(RemoveAsset) ?? [], AccessType is null ? null : Run(() => IpFilterRules.AccessTypeOf(AccessType)));
        Client.Names.AssetNames.Keep(new[] { Asset, AddAsset, RemoveAsset }.SelectMany(a => a ?? []).Select(a => a.Resource).OfType<OdcAsset>());
        if (_wishes.AddedKeys.Intersect(_wishes.RemovedKeys, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } both)
            Run<object>(_ => throw new OdcException(OdcErrorCause.InvalidRequest, $"-AddAsset and -RemoveAsset both have {_guard.NameOf(both)}, and exclude each other.", "Specify an app in one of them."));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var group in IpFilterGroup)
        {
            var body = NeedsLists ? RequestBody.Bind(this, IsTyped, takesRow: false)
                : Changes(group, "-Name, -Description, -AccessType, -Rule, -AddRule, -RemoveRule, -Asset, -AddAsset or -RemoveAsset");
            if (body is null || KeysOf(group) is not { } keys)
                continue;
            // Each row may have its own stage.
            var place = new IpFilterPlace(group, keys, $"{Label(group)} in {StageText}", StageText) { Name = New(nameof(Name), Name, group), Description = New(nameof(Description), Description, group) };
            Defer(() => Change(place, body));
        }
    }

    // What the body has: typed values for all input, or else the cells of a row.
    private string? New(string parameter, string? value, ObjectReference group) => IsTyped(parameter) ? value ?? ""
        : NeedsLists || IsTyped(nameof(Name)) || IsTyped(nameof(Description)) || (group.IsObject && !group.IsRow) || value is "" ? null : value;

    private void Change(IpFilterPlace place, RequestBody body)
    {
        if (place.Name is { } name && RunFor(place.Group.Target, stopped => _stage!.CheckNameAsync(place.Keys[0], place.Stage, place.Keys[1], name, Caller, stopped), place.Label) is null)
            return;
        var isSent = NeedsLists ? ChangeLists(place, body) : SendChange($"{place.Label}: {string.Join(", ", place.Steps)}", place.Group.Target, EnvironmentConfigurationsApi.PatchIpFilterGroup, place.Keys, body, about: place.Label);
        if (isSent && PassThru && Read(place) is { } now)
            Write(Named(now, place));
    }

    // Whether the group should be read again: it was changed.
    private bool ChangeLists(IpFilterPlace place, RequestBody body)
    {
        if (Read(place) is not { } now)
            return false;
        var readAt = Client.Time.GetTimestamp();
        if (!Force && place.Group is { IsObject: true, Resource: OdcIpFilterGroup before } && HasChanged(before, now, place, "it was read"))
            return false;
        _guard!.Learn([.. now.AssetKeys ?? [], .. _wishes!.AddedKeys], always: _wishes.RemovedKeys.Count > 0);
        if (RunFor(place.Group.Target, () => IpFilterEdit.Of(now, _wishes, _guard.NameOf), place.Label) is not { } edit)
            return false;
        if (edit.IsEmpty && !IsTyped(nameof(Name)) && !IsTyped(nameof(Description)))
        {
            WriteWarning($"{place.Label} is so already: nothing is sent.");
            if (PassThru)
                Write(Named(now, place));
            return false;
        }

        var added = NewAssets.Where(a => edit.NewKeys.Contains(a.Key, StringComparer.OrdinalIgnoreCase)).ToList();
        var isDefault = _stage!.IsDefault(now, place.Keys[0]);
        if (RunFor(place.Group.Target, _ => Done(CheckAsync(edit, isDefault)), place.Label) is null || RunFor(place.Group.Target, stopped => Done(_guard.CheckOthersAsync(place.Keys[0], place.Stage, place.Keys[1], added, Caller, stopped))) is null)
            return false;
        var reach = new IpFilterReach(edit.AccessType, edit.Rules);
        _guard.Warn(reach, place.Label, Before(place, now, edit, isDefault));
        var request = EnvironmentConfigurationsApi.PatchIpFilterGroup.Request(place.Keys, body: Body(body, edit).ToContent());
        return ShouldSend(Question(place, edit, reach, isDefault), request)
            && IsStillSame(now, place, readAt)
            && RunFor(place.Group.Target, stopped => SendAsync(request, edit, stopped), place.Label) is not null;
    }

    private static RequestBody Body(RequestBody body, IpFilterEdit edit)
    {
        if (edit.ChangesRules)
            body.Add("ipRules", IpFilterRuleReader.ToBodies(edit.Rules));
        if (edit.ChangesType)
            body.Add("accessType", edit.AccessType);
        return edit.ChangesAssets ? body.Add("appKeys", edit.AssetKeys.ToArray()) : body;
    }

    // The apps that the change concerns are those that stay, those that come, or those of the default group.
    private List<IpFilterReach?> Before(IpFilterPlace place, OdcIpFilterGroup now, IpFilterEdit edit, bool? isDefault)
    {
        var before = new List<IpFilterReach?>();
        if (edit.AssetKeys.Count > edit.NewKeys.Count || isDefault != false)
            before.Add(new IpFilterReach(now.AccessType, now.Rules ?? []));
        if (edit.NewKeys.Count > 0)
            before.Add(_stage!.DefaultReach(place.Keys[0]));
        return before;
    }

    private string Question(IpFilterPlace place, IpFilterEdit edit, IpFilterReach reach, bool? isDefault)
    {
        List<string> steps = [.. place.Steps, .. edit.RuleSteps];
        if (edit.NewKeys.Count > 0)
            steps.Add($"{_guard!.Apps(edit.NewKeys)} {(edit.NewKeys.Count == 1 ? "gets" : "get")} this filter");
        if (edit.LeavingKeys.Count > 0)
            steps.Add(_stage!.Leaving(_guard!.Apps(edit.LeavingKeys), edit.LeavingKeys.Count, "it", place.Keys[0]));
        if (edit.ChangesType)
            steps.Add($"it becomes {(reach.IsAllowList ? "an allow list" : "a deny list")}");
        return $"{place.Label}: {string.Join(", ", steps)}{(steps.Count == 0 ? "" : "; then ")}{_guard!.Describe(reach, edit.AssetKeys, isDefault)}";
    }

    private async Task<ApiAnswer> SendAsync(ApiRequest request, IpFilterEdit edit, CancellationToken stopped)
    {
        try
        {
            return await Client.ChangeAsync(request, Caller, stopped);
        }
        catch (OdcApiException e) when (edit.ChangesType && e.Cause is OdcErrorCause.InvalidRequest or OdcErrorCause.Conflict)
        {
            e.Note(OnlyDefault);
            throw;
        }
    }

    // A question may stay open for minutes.
    private bool IsStillSame(OdcIpFilterGroup now, IpFilterPlace place, long readAt) =>
        !IsAsking || Client.Time.GetElapsedTime(readAt) < Moment || (Read(place) is { } again && !HasChanged(now, again, place, "the question was asked"));

    private bool HasChanged(OdcIpFilterGroup before, OdcIpFilterGroup now, IpFilterPlace place, string since)
    {
        if (IpFilterRules.Differences(before, now, key => key).Count == 0)
            return false;
        _guard!.Learn([.. before.AssetKeys ?? [], .. now.AssetKeys ?? []], always: true);
        Client.Kept.Forget();
        WriteError(ErrorRecords.From(
            new OdcException(
                OdcErrorCause.Conflict, $"{place.Label} was changed by others since {since}, and nothing is sent: {string.Join(", ", IpFilterRules.Differences(before, now, _guard.NameOf))}.",
                "Read the group again with Get-OdcIpFilterGroup -Refresh and adapt the change, or change it as it is now with -Force."),
            place.Group.Target));
        return true;
    }

    private OdcIpFilterGroup? Read(IpFilterPlace place) => RunFor(place.Group.Target, stopped => StageParts.IpFilterGroupAsync(Client, place.Keys[0], place.Keys[1], Caller, stopped), place.Label);

    private OdcIpFilterGroup Named(OdcIpFilterGroup group, IpFilterPlace place)
    {
        group.StageName ??= place.Stage;
        _guard!.Learn(group.AssetKeys ?? [], always: true);
        group.AssetNames = group.AssetKeys?.Select(_guard.NameOf).ToList();
        return group;
    }

    private (IReadOnlyList<OdcIpFilterRule>? Rules, IReadOnlyList<OdcIpFilterRule> Added) ReadRules()
    {
        var isTyped = MyInvocation.BoundParameters.ContainsKey(nameof(Rule));
        if (isTyped && Rule is null)
            throw Typed.NothingIn(nameof(Rule));
        if (isTyped && (AddRule is not null || RemoveRule is not null))
            throw new OdcException(OdcErrorCause.InvalidRequest, "-Rule is the whole new list; -AddRule and -RemoveRule change the present one.", "Specify one or the other.");
        if (Asset is not null && (AddAsset is not null || RemoveAsset is not null))
            throw new OdcException(OdcErrorCause.InvalidRequest, "-Asset is the whole new list; -AddAsset and -RemoveAsset change the present one.", "Specify one or the other.");
        return (Rule is null ? null : IpFilterRuleReader.Read(Rule, WriteWarning), IpFilterRuleReader.Read(AddRule ?? [], WriteWarning));
    }

    private Task<bool> CheckAsync(IpFilterEdit edit, bool? isDefault)
    {
        if (edit.ChangesType && isDefault == false)
            throw new OdcException(OdcErrorCause.InvalidRequest, "This is not the default group of the stage, so its type can't be changed.", OnlyDefault);
        _stage!.CheckTypes(edit.NewKeys);
        if (edit.ChangesRules)
            IpFilterRules.Check(edit.Rules, WriteWarning);
        return Task.FromResult(true);
    }

    private static async Task<object?> Done(Task<bool> check) => await check;

    private static List<string>? Keys(ObjectReference[]? assets) => assets?.Select(a => a.Key!).ToList();
}
