namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Gets end-user groups.</summary>
/// <remarks>
/// <para>A group belongs to one stage, and each row has the stage's name. Without parameters, gets all groups.</para>
/// <para>With -User, gets the groups that users are in, one row for each user and group. Pipe users to it.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcGroup -Stage Production</code>
/// <para>Gets the groups of a stage.</para>
/// </example>
/// <example>
/// <code>Get-OdcGroup Order* -Stage QA, Production</code>
/// <para>Gets the groups of two stages whose name starts with Order.</para>
/// </example>
/// <example>
/// <code>Get-OdcUser -HasEndUserRole -First 5 | Get-OdcGroup</code>
/// <para>Gets the groups of five users.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcGroup", DefaultParameterSetName = KeySet, SupportsPaging = true)]
[Alias("Get-OdcEndUserGroup")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryGroups), Without = "Group, User")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetGroup), With = "Group")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryGroupsOfUser), With = "User")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), When = "for the names of stages", IsOptional = true)]
[OutputType(typeof(OdcGroup), ParameterSetName = [KeySet, ListSet])]
[OutputType(typeof(OdcUserGroup), ParameterSetName = [UserSet])]
public sealed class GetOdcGroupCommand : GetCommand<OdcGroup>
{
    private const string UserSet = "ByUser";

    /// <summary>The groups to read again: keys, objects with a property GroupKey such as groups, or URLs pasted from the ODC Portal.</summary>
    [Parameter(ParameterSetName = KeySet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupKey")]
    [References(typeof(OdcGroup), Follows = true, Besides = [typeof(OdcUser)])]
    [Names]
    public ObjectReference[] Group { get; set; } = [];

    /// <summary>The users whose groups to get: objects from Get-OdcUser, keys or e-mails.</summary>
    [Parameter(ParameterSetName = UserSet, Mandatory = true, ValueFromPipeline = true)]
    [Alias("UserKey")]
    [References(typeof(OdcUser), IsChoice = true, Follows = true, Besides = [typeof(OdcGroup)])]
    [Names]
    public ObjectReference[] User { get; set; } = [];

    /// <summary>Name of the groups; wildcards are allowed. A name without wildcards that no group has is an error.</summary>
    [Parameter(ParameterSetName = ListSet, Position = 0)]
    [Parameter(ParameterSetName = UserSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Names(typeof(OdcGroup))]
    public override string? Name { get; set; }

    /// <summary>Only groups of these stages: names, keys, or objects from Get-OdcStage.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = UserSet)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage))]
    [Names]
    [QueryParameter("environmentKeys")]
    public ObjectReference[]? Stage { get; set; }

    /// <summary>Only groups that claims of this identity provider are mapped to, by name or key.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("IdentityProviderKey")]
    [Reference(typeof(OdcIdentityProvider))]
    [Names]
    [QueryParameter("identityProviderKey")]
    public ObjectReference? IdentityProvider { get; set; }

    /// <summary>Only groups of these portfolios: names, keys, or objects from Get-OdcPortfolio.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = UserSet)]
    [Alias("PortfolioKey")]
    [References(typeof(OdcPortfolio))]
    [Names]
    [QueryParameter("portfolioKeys")]
    public ObjectReference[]? Portfolio { get; set; }

    /// <summary>Only groups that have roles of this asset, by name or key.</summary>
    [Parameter(ParameterSetName = UserSet)]
    [Alias("AssetKey", "ApplicationKey")]
    [Reference(typeof(OdcAsset))]
    [Names]
    [QueryParameter("assetKey")]
    public ObjectReference? Asset { get; set; }

    /// <summary>Only groups that the user is a member of in this way: Assigned (added to it) or Mapped (by a claim of an identity provider).</summary>
    [Parameter(ParameterSetName = UserSet)]
    [Values("Assigned", "Mapped")]
    [QueryParameter("membershipType")]
    public string? MembershipType { get; set; }

    private protected override ObjectReference[] Specified => Group;

    private protected override IPagedList<OdcGroup> List(Query query, ListWindow window) => IdentityReaders.Groups(Client, query, window);

    private protected override Task<OdcGroup> GetAsync(string key, ICaller caller, CancellationToken cancellationToken) => IdentityReaders.GroupAsync(Client, key, caller, cancellationToken);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == UserSet)
            Array.ForEach(User, WriteOfUser);
        else
            base.ProcessRecord();
    }

    private void WriteOfUser(ObjectReference user)
    {
        if (HasEnough || KeyOf(user) is not { } key)
            return;
        var (name, email) = user.Person;
        WriteNamed(Name, "end-user group", QueryBinder.Bind(this), (query, window) => IdentityReaders.GroupsOfUser(Client, key, query, window)
            .Do(row => (row.UserKey, row.UserName, row.UserEmail) = (key, name, email)), user.Target);
    }
}
