namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>A cmdlet that lists users: all, those of a group or role, or those with some keys, which are gathered for few requests.</summary>
public abstract class UserListCmdlet : ListCmdlet
{
    private protected const string ListSet = "List";
    private readonly List<string> _keys = [];
    private readonly HashSet<string> _missing = new(StringComparer.OrdinalIgnoreCase);

    private protected UserListCmdlet()
    {
    }

    /// <summary>Only users whose e-mail is of one of these domains, for example acme.com.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    [QueryParameter("domains")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? Domain { get; set; }

    /// <summary>Only users who have signed in to any of these stages: names, keys, or objects from Get-OdcStage. With -LastLoginSince or -LastLoginTo, in that time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [References(typeof(OdcStage))]
    [Names]
    [QueryParameter("loggedInEnvironmentKeys")]
    public ObjectReference[]? LoggedInStage { get; set; }

    /// <summary>Only users who have signed in to a stage of any of these portfolios: names, keys, or objects from Get-OdcPortfolio. With -LastLoginSince or -LastLoginTo, in that time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("LoggedInPortfolioKey")]
    [References(typeof(OdcPortfolio))]
    [Names]
    [QueryParameter("loggedInPortfolioKeys")]
    public ObjectReference[]? LoggedInPortfolio { get; set; }

    /// <summary>The name or e-mail to search for, with wildcards or without; null for all.</summary>
    private protected abstract NamePattern? Named { get; }

    /// <summary>Whether further filters apply to the specified keys, so that a missing user is not an error.</summary>
    private protected virtual bool IsFiltered => false;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        WriteGathered();
        base.EndProcessing();
    }

    private protected void WriteOf<T>(IEnumerable<ObjectReference> owners, Operation<Page<T>> operation, IReadOnlyList<Query> queries, Action<T, ObjectReference> stamp)
        where T : OdcResource
    {
        foreach (var owner in owners.Where(o => !HasEnough && KeyOf(o) is not null))
        {
            foreach (var query in queries)
            {
                var window = Named is { IsLiteral: false } ? new ListWindow(PageSize: PageSize) : WindowOfInput;
                var users = IdentityReaders.WithRoleNames(Client, new OffsetPages<T>(Client, operation, query, window, owner.Key!));
                WriteAll(Fitting(users, Named).Do(user => stamp(user, owner)), owner.Target);
            }
        }
    }

    private protected static IPagedList<T> Fitting<T>(IPagedList<T> users, NamePattern? named) => named is null or { IsLiteral: true } ? users : users.Where(user => user switch
    {
        OdcUserSummary one => named.Fits(one.Name) || named.Fits(one.Email),
        OdcGroupUser one => named.Fits(one.Name) || named.Fits(one.Email),
        _ => true,
    });

    private protected void Gather(IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            _keys.Add(key);
            if (_keys.Count == IdentityApi.KeysPerRequest)
                WriteGathered();
        }
    }

    /// <summary>Writes the users in the order of the keys, and an error for each key without a user.</summary>
    private protected void WriteGathered()
    {
        var query = QueryBinder.Bind(this);
        var keys = HasEnough ? [] : _keys.ToArray();
        _keys.Clear();
        if (keys.Length == 1 && !IsFiltered)
            ReadFor(keys[0], (caller, stopped) => IdentityReaders.UserAsync(Client, keys[0], query, caller, stopped), Write);
        else if (keys.Length > 0)
            ReadFor<IReadOnlyList<(string, OdcUser?)>>(keys, (caller, stopped) => UserLookup.FindAsync(Client, keys, query, caller, stopped), found => found.ToList().ForEach(WriteFound));
    }

    private protected void WriteFound((string Key, OdcUser? User) found)
    {
        if (found.User is { } user)
            Write(user);
        else if (!IsFiltered && _missing.Add(found.Key))
            WriteError(ErrorRecords.From(UserLookup.NotFound(found.Key), found.Key));
    }
}
