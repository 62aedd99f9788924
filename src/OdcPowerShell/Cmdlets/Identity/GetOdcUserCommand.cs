namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Gets users of the organization.</summary>
/// <remarks>
/// <para>Without parameters, gets all users that the API client may see, and writes them page by page as the service sends them. With several filters, a user must match all of them.</para>
/// <para>With -User, gets these users. One request reads up to 20 keys, so piping many keys is cheap. A key without a user is an error, and the other users are still written.</para>
/// <para>With -Group, -EndUserRole or -OrganizationRole, gets the users of a group or of a role. You can pipe groups or roles; each row has the name of its group or role.</para>
/// <para>An API client with only "View end users" sees only end users, and one with only "View members" only members. The service does not report this; the command writes a warning after the last user. If the users in the list don't show whether the client can see all users, the command sends up to three more requests, and keeps the result for five minutes.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcUser -HasEndUserRole -First 10</code>
/// <para>Gets the first ten users, by name, who have an end-user role.</para>
/// </example>
/// <example>
/// <code>Get-OdcUser -Status Active -LastLoginTo (Get-Date).AddDays(-90)</code>
/// <para>Gets the active users who have not signed in for 90 days.</para>
/// </example>
/// <example>
/// <code>Get-OdcUser -NameOrEmail ana -Stage Production -Sort lastLoginAt -Descending</code>
/// <para>Gets the users with "ana" in their name or e-mail and a role in Production, latest sign-in first.</para>
/// </example>
/// <example>
/// <code>Get-OdcUser -HasEndUserRole -First 50 | Get-OdcUser -Embed EndUserRoles</code>
/// <para>Reads 50 users again by their keys, with their end-user roles, in three more requests.</para>
/// </example>
/// <example>
/// <code>Get-OdcOrganizationRole | Get-OdcUser | Group-Object OrganizationRoleName</code>
/// <para>Counts the members by organization role.</para>
/// </example>
/// <example>
/// <code>Get-OdcGroup 'Order Desk Approver Team' -Stage Production | Get-OdcUser</code>
/// <para>Gets the users of a group.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcUser", DefaultParameterSetName = UserSet, SupportsPaging = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsers), Without = "Group, EndUserRole, OrganizationRole", NotOneKey = "User or NameOrEmail")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetUser), OneKey = "User or NameOrEmail")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsersOfGroup), With = "Group")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsersOfEndUserRole), With = "EndUserRole")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsersOfOrganizationRole), With = "OrganizationRole")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryOrganizationRolesOfUser), When = "to check whether users are left out", IsOptional = true, IsTrial = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryEndUserRoles), When = "to check whether users are left out", IsOptional = true, IsTrial = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetBulkOperation), When = "to check whether users are left out", IsOptional = true, IsTrial = true)]
[OutputType(typeof(OdcUser), ParameterSetName = [UserSet, ListSet])]
[OutputType(typeof(OdcGroupUser), ParameterSetName = [GroupSet])]
[OutputType(typeof(OdcEndUserRoleUser), ParameterSetName = [EndUserRoleSet])]
[OutputType(typeof(OdcOrganizationRoleUser), ParameterSetName = [OrganizationRoleSet])]
public sealed class GetOdcUserCommand : UserListCmdlet
{
    // The default, so that a piped text is the key of a user and not of a group.
    private const string UserSet = "ByUser";
    private const string GroupSet = "ByGroup";
    private const string EndUserRoleSet = "ByEndUserRole";
    private const string OrganizationRoleSet = "ByOrganizationRole";
    private readonly List<string> _wanted = [];
    private bool _isGroupTyped;

    /// <summary>The users to get: keys, e-mails, objects with a property UserKey such as users, or URLs pasted from the ODC Portal. With -Group or -EndUserRole, only those who are in the group or have the role.</summary>
    [Parameter(ParameterSetName = UserSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = GroupSet, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = EndUserRoleSet)]
    [Alias("UserKey")]
    [References(typeof(OdcUser), Follows = true, Besides = [typeof(OdcGroup), typeof(OdcEndUserRole), typeof(OdcOrganizationRole)])]
    [Names]
    public ObjectReference[] User { get; set; } = [];

    /// <summary>The end-user groups whose users to get: objects from Get-OdcGroup, names or keys.</summary>
    [Parameter(ParameterSetName = GroupSet, Mandatory = true, ValueFromPipeline = true)]
    [Alias("GroupKey")]
    [References(typeof(OdcGroup), IsChoice = true, Also = [typeof(OdcUserGroup), typeof(OdcGroupClaimMapping)])]
    [Names]
    public ObjectReference[] Group { get; set; } = [];

    /// <summary>The end-user roles whose users to get: objects from Get-OdcEndUserRole, keys, or names that stand for one role.</summary>
    [Parameter(ParameterSetName = EndUserRoleSet, Mandatory = true, ValueFromPipeline = true)]
    [Alias("EndUserRoleKey", "ApplicationRoleKey")]
    [References(typeof(OdcEndUserRole), IsChoice = true, Also = [typeof(OdcUserEndUserRole)])]
    [Names]
    public ObjectReference[] EndUserRole { get; set; } = [];

    /// <summary>The organization roles whose users to get: objects from Get-OdcOrganizationRole, names or keys.</summary>
    [Parameter(ParameterSetName = OrganizationRoleSet, Mandatory = true, ValueFromPipeline = true)]
    [Alias("OrganizationRoleKey")]
    [References(typeof(OdcOrganizationRole), IsChoice = true, Also = [typeof(OdcUserOrganizationRole)])]
    [Names]
    public ObjectReference[] OrganizationRole { get; set; } = [];

    /// <summary>Only users with this text in their name or e-mail; with wildcards, users whose whole name or e-mail matches. A key gets the user with that key. A text that no user matches is an error, unless you use -Group, -EndUserRole or -OrganizationRole.</summary>
    [Parameter(ParameterSetName = ListSet, Position = 0)]
    [Parameter(ParameterSetName = GroupSet)]
    [Parameter(ParameterSetName = EndUserRoleSet)]
    [Parameter(ParameterSetName = OrganizationRoleSet)]
    [Alias("Name", "Email")]
    [ValidateNotNullOrEmpty, SupportsWildcards]
    public string? NameOrEmail { get; set; }

    /// <summary>Only users with this text in their name, e-mail or user name.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = GroupSet)]
    [Parameter(ParameterSetName = EndUserRoleSet)]
    [Parameter(ParameterSetName = OrganizationRoleSet)]
    [ValidateNotNullOrEmpty]
    [QueryParameter("nameOrEmailOrUsernameContains")]
    public string? NameEmailOrUsername { get; set; }

    /// <summary>Only users who are in the group in this way: Assigned (added to it) or Mapped (by a claim of an identity provider).</summary>
    [Parameter(ParameterSetName = GroupSet)]
    [Values("Assigned", "Mapped")]
    [QueryParameter("membershipType")]
    public string? MembershipType { get; set; }

    /// <summary>Only users in this state: Active, Inactive, Invited, PendingRegistration, or one that the service knows and this module does not.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = UserSet)]
    [Values("Active", "Inactive", "Invited", "PendingRegistration")]
    [QueryParameter("status")]
    public string? Status { get; set; }

    /// <summary>Only users with at least one end-user role. The API calls these application roles.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("HasApplicationRole")]
    [QueryParameter("hasApplicationRoles")]
    [ValueRequired]
    public SwitchParameter HasEndUserRole { get; set; }

    /// <summary>Only users with at least one organization role.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("hasOrganizationRoles")]
    [ValueRequired]
    public SwitchParameter HasOrganizationRole { get; set; }

    /// <summary>Only users with a role in any of these stages: names, keys, or objects from Get-OdcStage. With -Group or -EndUserRole, the stage of those that are specified by name.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = GroupSet)]
    [Parameter(ParameterSetName = EndUserRoleSet)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage))]
    [Names]
    [QueryParameter("environmentKeys")]
    public ObjectReference[]? Stage { get; set; }

    /// <summary>Only users with a role for this asset, by name or key. With -EndUserRole, the asset of roles that are specified by name.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = EndUserRoleSet)]
    [Alias("AssetKey", "ApplicationKey")]
    [Reference(typeof(OdcAsset))]
    [Names]
    [QueryParameter("assetKey")]
    public ObjectReference? Asset { get; set; }

    /// <summary>Only users with a role in any of these portfolios: names, keys, or objects from Get-OdcPortfolio.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("PortfolioKey")]
    [References(typeof(OdcPortfolio))]
    [Names]
    [QueryParameter("portfolioKeys")]
    public ObjectReference[]? Portfolio { get; set; }

    /// <summary>Only users whose last sign-in was then or later. A time without a zone is local time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = GroupSet)]
    [Parameter(ParameterSetName = EndUserRoleSet)]
    [QueryParameter("lastLoginAtSince")]
    [Date]
    public DateTimeOffset? LastLoginSince { get; set; }

    /// <summary>Only users whose last sign-in was then or earlier. A time without a zone is local time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = GroupSet)]
    [Parameter(ParameterSetName = EndUserRoleSet)]
    [Alias("LastLoginBefore")]
    [QueryParameter("lastLoginAtTo")]
    [Date]
    public DateTimeOffset? LastLoginTo { get; set; }

    /// <summary>What else to read of each user: EndUserRoles, IdentityProviders, or both. The API's words are ApplicationRoles and UserIdentityProviders. It is in the property Embedded of each user.</summary>
    [Parameter]
    [Values("EndUserRoles=ApplicationRoles", "IdentityProviders=UserIdentityProviders")]
    [QueryParameter("embed")]
    public string[]? Embed { get; set; }

    /// <summary>The field to sort by: name (the default), email, status, lastLoginAt or key.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = GroupSet)]
    [Parameter(ParameterSetName = EndUserRoleSet)]
    [Parameter(ParameterSetName = OrganizationRoleSet)]
    [Values("name", "email", "status", "lastLoginAt", "key")]
    public string? Sort { get; set; }

    /// <summary>Sorts in descending order; by name unless -Sort is specified.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = GroupSet)]
    [Parameter(ParameterSetName = EndUserRoleSet)]
    [Parameter(ParameterSetName = OrganizationRoleSet)]
    [ValueRequired]
    public SwitchParameter Descending { get; set; }

    private protected override bool IsFiltered => Status is not null;
    private bool IsList => ParameterSetName is ListSet or UserSet;

    // For lists of users, these parameters are filters.
    private protected override NameScope Within => IsList ? NameScope.None : new(Stage?.Select(s => s.Key!).ToList(), Asset?.Key);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _isGroupTyped = MyInvocation.BoundParameters.ContainsKey(nameof(Group));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case GroupSet when MyInvocation.BoundParameters.ContainsKey(nameof(User)):
                _wanted.AddRange(UserKeys);
                if (!_isGroupTyped)
                    WriteWanted();
                break;
            case GroupSet:
                WriteOf(Group, IdentityApi.QueryUsersOfGroup, [FilterQuery()], StampGroup);
                break;
            case EndUserRoleSet:
                WriteOf(EndUserRole, IdentityApi.QueryUsersOfEndUserRole, OnePerUser(), (user, role) => (user.EndUserRoleKey, user.EndUserRoleName) = (role.Key, (role.Resource as OdcEndUserRole)?.Name));
                break;
            case OrganizationRoleSet:
                WriteOf(OrganizationRole, IdentityApi.QueryUsersOfOrganizationRole, [FilterQuery()], (user, role) => (user.OrganizationRoleKey, user.OrganizationRoleName) = (role.Key, (role.Resource as INamed)?.Name));
                break;
            case UserSet when User.Length > 0:
                Gather(UserKeys);
                break;
            case ListSet when Guid.TryParse(NameOrEmail, out var key):
                Gather([key.ToString("D")]);
                break;
            default:
                WriteList();
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        WriteWanted();
        base.EndProcessing();
    }

    private Query FilterQuery(bool isNamed = true)
    {
        string[] except = IsList ? [] : [nameof(Stage), nameof(Asset)];
        return QueryBinder.Bind(this, except).Add("nameOrEmailContains", !isNamed ? null : Named is { IsLiteral: true } literal ? NameText.Composed(literal.Text) : Named?.Contained).AddSort(Sort, Descending);
    }

    private protected override NamePattern? Named => NameOrEmail is null ? null : Run(() => new NamePattern(NameOrEmail));

    private IEnumerable<string> UserKeys => User.Select(KeyOf).OfType<string>();

    // The service accepts one user there.
    private IReadOnlyList<Query> OnePerUser() => User.Length == 0 ? [FilterQuery()] : [.. UserKeys.Select(key => FilterQuery().Add("userKey", key))];

    private void WriteList()
    {
        var named = Named;
        var window = named is { IsLiteral: false } ? new ListWindow(PageSize: PageSize) : Window;
        var users = IsCountOnly
            ? new OffsetPages<OdcUser>(Client, IdentityApi.QueryUsers, FilterQuery(), window)
            : IdentityReaders.Users(Client, FilterQuery(), window, UserVisibility.Wanted(HasEndUserRole, HasOrganizationRole), PagingParameters.IncludeTotalCount);
        var hasFound = false;
        users = users.Do(_ => hasFound = true);
        WriteAll(named is { IsLiteral: false } ? Fitting(users, named).Window(Window) : users);
        if (!hasFound && named is { IsLiteral: true } && PagingParameters is { Skip: 0, First: > 0 })
            WriteError(ErrorRecords.From(NotFound("user", named.Text, FirstNames(near => new OffsetPages<OdcUser>(Client, IdentityApi.QueryUsers, FilterQuery(isNamed: false), near), user => [user.Name, user.Email])), named.Text));
    }

    /// <summary>Writes the specified users of the groups, several in each request. If none of the specified users was found, nothing is written.</summary>
    private void WriteWanted()
    {
        foreach (var chunk in _wanted.Distinct(StringComparer.OrdinalIgnoreCase).Select((key, i) => (key, i)).GroupBy(k => k.i / IdentityApi.KeysPerRequest, k => k.key))
            WriteOf(Group, IdentityApi.QueryUsersOfGroup, [FilterQuery().AddEach("userKeys", chunk)], StampGroup);
        _wanted.Clear();
    }

    private static void StampGroup(OdcGroupUser user, ObjectReference group) => (user.GroupKey, user.GroupName) = (group.Key, (group.Resource as INamed)?.Name);
}
