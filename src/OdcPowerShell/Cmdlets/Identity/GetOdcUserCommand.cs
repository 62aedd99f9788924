using System.Management.Automation;
using OdcPowerShell.Http;
using OdcPowerShell.Identity;
using OdcPowerShell.Parameters;
using OdcPowerShell.Pipeline;

namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Gets users of the organization.</summary>
/// <remarks>
/// <para>Without parameters all users that the API client may see, as the service's pages come. Filters are combined with "and". With keys, those users; piped keys are asked for 20 in one request.</para>
/// <para>An API client with only "View end users" sees only end users, and one with only "View members" only members: the list is shorter then, without a word from the service.</para>
/// <para type="operation">GET /api/identity/v1/users</para>
/// <para type="operation">GET /api/identity/v1/users/{key}</para>
/// </remarks>
/// <example>
/// <code>Get-OdcUser -HasEndUserRole -First 10</code>
/// <para>The first ten users, by name, that have an end-user role.</para>
/// </example>
/// <example>
/// <code>Get-OdcUser -Status Active -LastLoginTo (Get-Date).AddDays(-90)</code>
/// <para>Active users who have not signed in for 90 days.</para>
/// </example>
/// <example>
/// <code>Get-OdcUser -NameOrEmail ana -Stage Production -Sort lastLoginAt -Descending</code>
/// <para>Users with "ana" in name or e-mail and a role in Production, latest sign-in first.</para>
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

    /// <summary>Keys of the users to get, as text, as objects with a UserKey, or as pasted portal URLs.</summary>
    [Parameter(ParameterSetName = KeySet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [UserKey]
    public string[] UserKey { get; set; } = [];

    /// <summary>Part of the name or e-mail.</summary>
    [Parameter(ParameterSetName = ListSet, Position = 0)]
    [ValidateNotNullOrEmpty]
    [QueryParameter("nameOrEmailContains")]
    public string? NameOrEmail { get; set; }

    /// <summary>Part of the name, e-mail or user name.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    [QueryParameter("nameOrEmailOrUsernameContains")]
    public string? NameEmailOrUsername { get; set; }

    /// <summary>Active, Inactive, Invited or PendingRegistration.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(UserStatusCompleter))]
    [QueryParameter("status")]
    public string? Status { get; set; }

    /// <summary>Only users with at least one end-user role, which the API calls application role.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("HasApplicationRole")]
    [QueryParameter("hasApplicationRoles")]
    public SwitchParameter HasEndUserRole { get; set; }

    /// <summary>Only users with at least one organization role.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("hasOrganizationRoles")]
    public SwitchParameter HasOrganizationRole { get; set; }

    /// <summary>Only users with roles in any of these stages, by name, key or object.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [Stage]
    [ArgumentCompleter(typeof(StageCompleter))]
    [QueryParameter("environmentKeys")]
    public string[]? Stage { get; set; }

    /// <summary>Only users with roles for this asset.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("assetKey")]
    public Guid? AssetKey { get; set; }

    /// <summary>Only users with roles in any of these portfolios.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("portfolioKeys")]
    public Guid[]? PortfolioKey { get; set; }

    /// <summary>Only users whose e-mail is of one of these domains, for example acme.com.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    [QueryParameter("domains")]
    public string[]? Domain { get; set; }

    /// <summary>Only users who have signed in to any of these stages; with a date range, in that range.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Stage]
    [ArgumentCompleter(typeof(StageCompleter))]
    [QueryParameter("loggedInEnvironmentKeys")]
    public string[]? LoggedInStage { get; set; }

    /// <summary>Only users who have signed in to a stage of any of these portfolios; with a date range, in that range.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("loggedInPortfolioKeys")]
    public Guid[]? LoggedInPortfolioKey { get; set; }

    /// <summary>Only users whose last sign-in was then or later.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("lastLoginAtSince")]
    public DateTime? LastLoginSince { get; set; }

    /// <summary>Only users whose last sign-in was then or earlier.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("lastLoginAtTo")]
    public DateTime? LastLoginTo { get; set; }

    /// <summary>What else to read of each user: ApplicationRoles, UserIdentityProviders. It is found under Embedded.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(UserEmbedCompleter))]
    [QueryParameter("embed")]
    public string[]? Embed { get; set; }

    /// <summary>The field to sort by: name (the default), email, status, lastLoginAt or key.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(UserSortCompleter))]
    public string? Sort { get; set; }

    /// <summary>Sorts from the end.</summary>
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
