using System.Management.Automation;
using OdcPowerShell.Http;
using OdcPowerShell.Identity;
using OdcPowerShell.Parameters;
using OdcPowerShell.Pipeline;

namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Gets end-user groups.</summary>
/// <remarks>
/// <para>A group belongs to one stage, whose name each row carries. Without parameters, gets all groups.</para>
/// <para>With -User, gets the groups that users are in, one row for each user and group. Pipe users to it.</para>
/// <para type="operation">GET /api/identity/v1/groups</para>
/// <para type="operation" when="for groups given by key">GET /api/identity/v1/groups/{key}</para>
/// <para type="operation" when="with -User">GET /api/identity/v1/users/{key}/groups</para>
/// <para type="operation" when="for the names of stages">GET /api/portfolios/v2/environments</para>
/// <para type="operation" when="to look up portfolios given by name">GET /api/portfolios/v2/portfolios</para>
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
[Cmdlet(VerbsCommon.Get, "OdcGroup", DefaultParameterSetName = GroupSet, SupportsPaging = true)]
[Alias("Get-OdcEndUserGroup")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryGroups))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetGroup))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryGroupsOfUser))]
[OutputType(typeof(OdcGroup), ParameterSetName = [GroupSet, ListSet])]
[OutputType(typeof(OdcUserGroup), ParameterSetName = [UserSet])]
public sealed class GetOdcGroupCommand : ListCmdlet
{
    // The default, so that a text from the pipeline is a group's key and not a user's.
    private const string GroupSet = "ByGroup";
    private const string ListSet = "List";
    private const string UserSet = "ByUser";

    /// <summary>The groups to read again: keys, objects with a property GroupKey such as groups, or URLs pasted from the ODC Portal.</summary>
    [Parameter(ParameterSetName = GroupSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupKey")]
    [References(Kind.Group, Follows = true, Besides = [Kind.User])]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public ObjectReference[] Group { get; set; } = [];

    /// <summary>The users whose groups to get: objects from Get-OdcUser, keys or e-mails.</summary>
    [Parameter(ParameterSetName = UserSet, Mandatory = true, ValueFromPipeline = true)]
    [Alias("UserKey")]
    [References(Kind.User, IsChoice = true, Follows = true, Besides = [Kind.Group])]
    [ArgumentCompleter(typeof(UserCompleter))]
    public ObjectReference[] User { get; set; } = [];

    /// <summary>Name of the groups; wildcards are allowed. A name without wildcards that no group has is an error.</summary>
    [Parameter(ParameterSetName = ListSet, Position = 0)]
    [Parameter(ParameterSetName = UserSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string? Name { get; set; }

    /// <summary>Only groups of these stages: names, keys, or objects from Get-OdcStage.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = UserSet)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(Kind.Stage)]
    [ArgumentCompleter(typeof(StageCompleter))]
    [QueryParameter("environmentKeys")]
    public ObjectReference[]? Stage { get; set; }

    /// <summary>Only groups that claims of this identity provider are mapped to, by name or key.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("IdentityProviderKey")]
    [Reference(Kind.IdentityProvider)]
    [ArgumentCompleter(typeof(IdentityProviderCompleter))]
    [QueryParameter("identityProviderKey")]
    public ObjectReference? IdentityProvider { get; set; }

    /// <summary>Only groups of these portfolios: names, keys, or objects from Get-OdcPortfolio.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = UserSet)]
    [Alias("PortfolioKey")]
    [References(Kind.Portfolio)]
    [ArgumentCompleter(typeof(PortfolioCompleter))]
    [QueryParameter("portfolioKeys")]
    public ObjectReference[]? Portfolio { get; set; }

    /// <summary>Only groups that have roles of this asset, by name or key.</summary>
    [Parameter(ParameterSetName = UserSet)]
    [Alias("AssetKey", "ApplicationKey")]
    [Reference(Kind.Asset)]
    [ArgumentCompleter(typeof(AssetCompleter))]
    [QueryParameter("assetKey")]
    public ObjectReference? Asset { get; set; }

    /// <summary>Only groups that the user is in in this way: Assigned (put into it) or Mapped (by a claim of an identity provider).</summary>
    [Parameter(ParameterSetName = UserSet)]
    [ArgumentCompleter(typeof(MembershipTypeCompleter))]
    [QueryParameter("membershipType")]
    public string? MembershipType { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == UserSet)
            Array.ForEach(User, WriteOfUser);
        else if (Group.Length > 0)
            Array.ForEach(Group, WriteOne);
        else
            WriteNamed(Name, "end-user group", QueryBinder.Bind(this), (query, window) => IdentityReaders.Groups(Client, query, window));
    }

    private void WriteOne(ObjectReference reference)
    {
        if (!HasEnough && KeyOf(reference) is { } key)
            ReadFor(reference.Target, (caller, stopped) => IdentityReaders.GroupAsync(Client, key, caller, stopped), Write);
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
