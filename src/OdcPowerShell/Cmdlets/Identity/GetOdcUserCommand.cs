using System.Management.Automation;
using OdcPowerShell.Http;
using OdcPowerShell.Identity;
using OdcPowerShell.Parameters;
using OdcPowerShell.Pipeline;

namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Gets users of the organization.</summary>
/// <remarks>
/// <para>Without parameters, gets all users that the API client may see, and writes them page by page as the service sends them. Several filters must all apply.</para>
/// <para>With -UserKey, gets the users with these keys. Up to 20 keys are asked for in one request, so piping many keys is cheap. A key that no user has is an error of its own, and the others are still written.</para>
/// <para>An API client with only "View end users" sees only end users, and one with only "View members" only members: the list is shorter then, and the service does not say so.</para>
/// <para type="operation">GET /api/identity/v1/users</para>
/// <para type="operation" when="for a single key">GET /api/identity/v1/users/{key}</para>
/// <para type="operation" when="to look up stages given by name">GET /api/portfolios/v2/environments</para>
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
/// <code>Get-OdcUser -HasEndUserRole -First 50 | Get-OdcUser -Embed ApplicationRoles</code>
/// <para>Reads 50 users again by their keys, now with their end-user roles, in three more requests.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcUser", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsers))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetUser))]
[OutputType(typeof(OdcUser))]
public sealed class GetOdcUserCommand : ListCmdlet
{
    private const string ListSet = "List";
    private const string KeySet = "ByKey";
    private readonly List<string> _keys = [];

    /// <summary>Keys of the users to get: GUIDs, objects with a property UserKey such as users, or URLs pasted from the ODC Portal.</summary>
    [Parameter(ParameterSetName = KeySet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [UserKey]
    public string[] UserKey { get; set; } = [];

    /// <summary>Only users with this text in their name or e-mail.</summary>
    [Parameter(ParameterSetName = ListSet, Position = 0)]
    [ValidateNotNullOrEmpty]
    [QueryParameter("nameOrEmailContains")]
    public string? NameOrEmail { get; set; }

    /// <summary>Only users with this text in their name, e-mail or user name.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    [QueryParameter("nameOrEmailOrUsernameContains")]
    public string? NameEmailOrUsername { get; set; }

    /// <summary>Only users in this state: Active, Inactive, Invited, PendingRegistration, or one that the service knows and this module does not.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(UserStatusCompleter))]
    [QueryParameter("status")]
    public string? Status { get; set; }

    /// <summary>Only users with at least one end-user role. The API calls these application roles.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("HasApplicationRole")]
    [QueryParameter("hasApplicationRoles")]
    public SwitchParameter HasEndUserRole { get; set; }

    /// <summary>Only users with at least one organization role.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("hasOrganizationRoles")]
    public SwitchParameter HasOrganizationRole { get; set; }

    /// <summary>Only users with a role in any of these stages: names, keys, or objects from Get-OdcStage.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [Stage]
    [ArgumentCompleter(typeof(StageCompleter))]
    [QueryParameter("environmentKeys")]
    public string[]? Stage { get; set; }

    /// <summary>Only users with a role for the asset with this key.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("assetKey")]
    public Guid? AssetKey { get; set; }

    /// <summary>Only users with a role in any of the portfolios with these keys.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("portfolioKeys")]
    public Guid[]? PortfolioKey { get; set; }

    /// <summary>Only users whose e-mail is of one of these domains, for example acme.com.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    [QueryParameter("domains")]
    public string[]? Domain { get; set; }

    /// <summary>Only users who have signed in to any of these stages: names, keys, or objects from Get-OdcStage. With -LastLoginSince or -LastLoginTo, in that time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Stage]
    [ArgumentCompleter(typeof(StageCompleter))]
    [QueryParameter("loggedInEnvironmentKeys")]
    public string[]? LoggedInStage { get; set; }

    /// <summary>Only users who have signed in to a stage of any of the portfolios with these keys. With -LastLoginSince or -LastLoginTo, in that time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("loggedInPortfolioKeys")]
    public Guid[]? LoggedInPortfolioKey { get; set; }

    /// <summary>Only users whose last sign-in was then or later. A time without a zone is local time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("lastLoginAtSince")]
    public DateTime? LastLoginSince { get; set; }

    /// <summary>Only users whose last sign-in was then or earlier. A time without a zone is local time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("lastLoginAtTo")]
    public DateTime? LastLoginTo { get; set; }

    /// <summary>What else to read of each user: ApplicationRoles, UserIdentityProviders, or both. It is in the property Embedded of each user.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(UserEmbedCompleter))]
    [QueryParameter("embed")]
    public string[]? Embed { get; set; }

    /// <summary>The field to sort by: name (the default), email, status, lastLoginAt or key.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(UserSortCompleter))]
    public string? Sort { get; set; }

    /// <summary>Sorts from the last to the first; by name unless -Sort is given.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter Descending { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ListSet)
            WriteAll(new OffsetPageReader<OdcUser>(Client, IdentityApi.QueryUsers, ListQuery(), Window));
        else
            Gather();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_keys.Count > 0)
            WriteGathered(_keys);
    }

    private Query ListQuery()
    {
        Stage = Keys(Stage);
        LoggedInStage = Keys(LoggedInStage);
        var query = QueryBinder.Bind(this);
        return Sort is null && !Descending ? query : query.Add("sort", (Descending ? "-" : "") + (Sort ?? "name"));
    }

    private string[]? Keys(string[]? stages) =>
        stages is null ? null : Run(stopped => StageNames.ToKeysAsync(stages, Client, Caller, stopped));

    private void Gather()
    {
        foreach (var key in UserKey)
        {
            _keys.Add(key);
            if (_keys.Count < IdentityApi.KeysPerRequest)
                continue;
            WriteGathered(_keys);
            _keys.Clear();
        }
    }

    /// <summary>Writes the users in the order of their keys, and an error for each key that has no user.</summary>
    private void WriteGathered(List<string> keys)
    {
        var query = QueryBinder.Bind(this);
        if (keys.Count == 1)
        {
            if (RunFor(keys[0], stopped => Client.GetAsync(IdentityApi.GetUser, [keys[0]], query, Caller, stopped)) is { } only)
                Write(only);
            return;
        }

        foreach (var (key, user) in Run(stopped => UserLookup.FindAsync(Client, keys, query, Caller, stopped)))
        {
            if (user is null)
                WriteError(ErrorRecords.From(UserLookup.NotFound(key), key));
            else
                Write(user);
        }
    }
}
