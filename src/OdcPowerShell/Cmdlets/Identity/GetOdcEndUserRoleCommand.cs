namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Gets end-user roles, which the API calls application roles.</summary>
/// <remarks>
/// <para>A role belongs to an asset in a stage; the same role in another stage has another key and the same ExternalKey. Each row has the names of stage and asset.</para>
/// <para>With -User, gets the roles that users have, one row for each user and role, from all sources: granted directly, through groups that they were added to, or through groups that claims are mapped to. Source shows which. With many users, the command reads groups instead of each user, if that takes fewer requests.</para>
/// <para>With -Group, gets the roles of groups, which their users have.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcEndUserRole -Stage Production</code>
/// <para>Gets the end-user roles of a stage.</para>
/// </example>
/// <example>
/// <code>Get-OdcUser -Status Active | Get-OdcEndUserRole | Select-Object UserEmail, Name, AssetName, StageName, Source</code>
/// <para>Lists who has which role, and where it comes from.</para>
/// </example>
/// <example>
/// <code>Get-OdcGroup -Stage QA | Get-OdcEndUserRole</code>
/// <para>Gets the roles of all groups of a stage.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcEndUserRole", DefaultParameterSetName = RoleSet, SupportsPaging = true)]
[Alias("Get-OdcApplicationRole")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryEndUserRoles), Without = "User, Group")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryEndUserRolesOfUser), With = "User")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryEndUserRolesOfGroup), With = "Group")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsers), When = "for many users", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryGroups), When = "for many users", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsersOfGroup), When = "for many users", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), When = "for the names of stages", IsOptional = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), When = "for the names of assets", IsOptional = true)]
[OutputType(typeof(OdcEndUserRole), ParameterSetName = [RoleSet, ListSet, GroupSet])]
[OutputType(typeof(OdcUserEndUserRole), ParameterSetName = [UserSet])]
public sealed class GetOdcEndUserRoleCommand : ListCmdlet
{
    // The default, so that a piped text is the key of a role and not of a user.
    private const string RoleSet = "ByEndUserRole";
    private const string ListSet = "List";
    private const string UserSet = "ByUser";
    private const string GroupSet = "ByGroup";
    private readonly List<ObjectReference> _users = [];

    /// <summary>The roles to read again: keys, or objects with a property EndUserRoleKey such as roles. With -User or -Group, only those of these roles that the user or group has.</summary>
    [Parameter(ParameterSetName = RoleSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = UserSet)]
    [Parameter(ParameterSetName = GroupSet)]
    [Alias("EndUserRoleKey", "ApplicationRoleKey")]
    [References(typeof(OdcEndUserRole), Follows = true, Besides = [typeof(OdcUser), typeof(OdcGroup)])]
    [Names]
    public ObjectReference[] EndUserRole { get; set; } = [];

    /// <summary>The users whose roles to get: objects from Get-OdcUser, keys or e-mails.</summary>
    [Parameter(ParameterSetName = UserSet, Mandatory = true, ValueFromPipeline = true)]
    [Alias("UserKey")]
    [References(typeof(OdcUser), IsChoice = true, Follows = true, Besides = [typeof(OdcEndUserRole), typeof(OdcGroup)])]
    [Names]
    public ObjectReference[] User { get; set; } = [];

    /// <summary>The groups whose roles to get: objects from Get-OdcGroup, names that stand for one group, or keys. With -User, only roles that the user has through these groups.</summary>
    [Parameter(ParameterSetName = GroupSet, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = UserSet)]
    [Alias("GroupKey")]
    [References(typeof(OdcGroup), IsChoice = true, Also = [typeof(OdcUserGroup), typeof(OdcGroupClaimMapping)])]
    [Names]
    public ObjectReference[] Group { get; set; } = [];

    /// <summary>Name of the roles; wildcards are allowed. Without -User and -Group, a name without wildcards that no role has is an error.</summary>
    [Parameter(ParameterSetName = ListSet, Position = 0)]
    [Parameter(ParameterSetName = UserSet)]
    [Parameter(ParameterSetName = GroupSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Names(typeof(OdcEndUserRole))]
    public string? Name { get; set; }

    /// <summary>Only roles of these assets, by name or key. Only -User takes several.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = UserSet)]
    [Parameter(ParameterSetName = GroupSet)]
    [Alias("AssetKey", "ApplicationKey")]
    [References(typeof(OdcAsset))]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>Only roles of these stages: names, keys, or objects from Get-OdcStage.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = UserSet)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage))]
    [Names]
    [QueryParameter("environmentKeys")]
    public ObjectReference[]? Stage { get; set; }

    /// <summary>Only roles of these portfolios: names, keys, or objects from Get-OdcPortfolio.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = UserSet)]
    [Alias("PortfolioKey")]
    [References(typeof(OdcPortfolio))]
    [Names]
    [QueryParameter("portfolioKeys")]
    public ObjectReference[]? Portfolio { get; set; }

    /// <summary>Only roles from these sources: Direct, GroupAssigned, GroupMapped. Without it, from all.</summary>
    [Parameter(ParameterSetName = UserSet)]
    [Values("Direct", "GroupAssigned", "GroupMapped")]
    public string[] AssignmentSource { get; set; } = RoleSources.All;

    /// <summary>The field to sort by: name (the default), environmentKey or assetKey.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = UserSet)]
    [Parameter(ParameterSetName = GroupSet)]
    [Values("name", "environmentKey", "assetKey")]
    public string? Sort { get; set; }

    /// <summary>Sorts in descending order; by name unless -Sort is specified.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = UserSet)]
    [Parameter(ParameterSetName = GroupSet)]
    [ValueRequired]
    public SwitchParameter Descending { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case UserSet:
                Gather();
                break;
            case GroupSet:
                Array.ForEach(Group, WriteOfGroup);
                break;
            case RoleSet when EndUserRole.Length > 0:
                Array.ForEach(EndUserRole, WriteOne);
                break;
            default:
                WriteNamed(Name, "end-user role", FilterQuery("assetKey", OneAsset()), (query, window) => IdentityReaders.EndUserRoles(Client, query, window));
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        WriteGathered();
        base.EndProcessing();
    }

    private Query FilterQuery(string assetName, IEnumerable<ObjectReference> assets) =>
        QueryBinder.Bind(this).AddEach(assetName, assets.Select(a => a.Key!)).AddSort(Sort, Descending);

    private ObjectReference[] OneAsset()
    {
        if (Asset.Length > 1)
            ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, "Only one asset can be specified here.", "Run the command for each asset."), target: null));
        return Asset;
    }

    private void WriteOne(ObjectReference role)
    {
        if (HasEnough || KeyOf(role) is not { } key)
            return;
        ReadFor(role.Target, (caller, stopped) => IdentityReaders.EndUserRoles(Client, new Query().Add("key", key), new ListWindow()).ReadAllAsync(caller, stopped), found =>
        {
            if (found.Count == 0)
                WriteError(ErrorRecords.From(ResourceTypes.EndUserRole.NotFoundKey(key), role.Target));
            foreach (var one in found)
                Write(one);
        });
    }

    private void WriteOfGroup(ObjectReference group)
    {
        if (HasEnough || KeyOf(group) is not { } key)
            return;
        if (IsLeftWithout(EndUserRole))
            return;
        var queries = FilterQuery("assetKey", OneAsset()).AddInParts("applicationRoleKeys", KeysOf(EndUserRole));
        WriteParts(
            queries,
            (query, window) => IdentityReaders.Named(Client, new OffsetPages<OdcEndUserRole>(Client, IdentityApi.QueryEndUserRolesOfGroup, query, window, key))
                .Do(role => (role.GroupKey, role.GroupName) = (key, (group.Resource as INamed)?.Name)),
            role => role.EndUserRoleKey, group.Target);
    }

    private void Gather()
    {
        foreach (var user in User)
        {
            if (KeyOf(user) is not null)
                _users.Add(user);
            if (_users.Count == UserRoleAudit.UsersAtOnce)
                WriteGathered();
        }
    }

    private void WriteGathered()
    {
        if (_users.Count == 0)
            return;
        if (IsLeftWithout(Group) || IsLeftWithout(EndUserRole))
        {
            _users.Clear();
            return;
        }

        var query = FilterQuery("assetKeys", []);
        var isWhole = query.ToString().Length == 0 && (Asset.Length, Group.Length, EndUserRole.Length) == (0, 0, 0) && Name is null && IsWhole;
        var queries = query.AddEach("assignmentSources", AssignmentSource).AddInParts("assetKeys", [.. Asset.Select(a => a.Key!)])
            .SelectMany(q => q.AddInParts("groupKeys", KeysOf(Group))).SelectMany(q => q.AddInParts("applicationRoleKeys", KeysOf(EndUserRole))).ToList();
        var users = _users.ConvertAll(u => new RoleOwner(u.Key!, u.Person.Name, u.Person.Email));
        var audit = new UserRoleAudit(Client, users, AssignmentSource);
        if (isWhole && Try(stopped => audit.TryReadByGroupsAsync(Caller, stopped)).Result is { } rows)
            WriteRows(rows, audit.Missing);
        else
            (RunFor(_users.Select(u => u.Target).ToArray(), stopped => audit.LearnNamesAsync(Caller, stopped)) ?? users).ToList().ForEach(user => WriteOfUser(audit, user, queries));
        _users.Clear();
    }

    private List<string> KeysOf(ObjectReference[] references) => [.. references.Select(KeyOf).OfType<string>()];

    // None of the specified objects was found. Without this check, the list would contain everything.
    private bool IsLeftWithout(ObjectReference[] references) => references.Length > 0 && KeysOf(references).Count == 0;

    private void WriteOfUser(UserRoleAudit audit, RoleOwner user, IReadOnlyList<Query> queries) =>
        WriteParts(queries, (query, window) => audit.OfUser(user, query, window), role => role.EndUserRoleKey, user.Key);

    // A role that several lists contain, such as those of several groups, is written once.
    private void WriteParts<T>(IReadOnlyList<Query> queries, Func<Query, ListWindow, IPagedList<T>> read, Func<T, string?> key, object target)
        where T : OdcResource, INamed => WriteNamed(
        Name, "end-user role",
        (contained, window) =>
        {
            var asked = queries.Select(q => contained is null ? q.Copy() : q.Copy().Add("nameContains", contained)).ToList();
            return asked.Count == 1
                ? read(asked[0], window)
                : asked.ConvertAll(q => read(q, new ListWindow(PageSize: PageSize))).JoinedBy(key).Window(window);
        },
        target);

    private void WriteRows(IEnumerable<OdcUserEndUserRole> rows, IEnumerable<string> missing)
    {
        foreach (var row in rows)
            Write(row);
        foreach (var key in missing)
            WriteError(ErrorRecords.From(UserLookup.NotFound(key), key));
    }
}
