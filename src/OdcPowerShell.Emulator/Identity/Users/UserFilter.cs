namespace OdcPowerShell.Emulator;

/// <summary>The filters of lists of users: a user must pass all that were given.</summary>
internal sealed class UserFilter
{
    private readonly List<Predicate<EmulatedUser>> _conditions = [];

    /// <summary>Those of the user list; null when the query has none.</summary>
    public static UserFilter? OfList(QueryReader query, EmulatedTenant tenant)
    {
        var filter = new UserFilter();
        if (query.GuidList("userKeys", 20) is { Count: > 0 } keys)
            filter.Add(user => keys.Contains(user.Key));
        filter.ReadNames(query);
        filter.ReadProfile(query);
        filter.ReadRoles(query, tenant, query.Guid("assetKey"), query.OneOrMany("environmentKey", "environmentKeys"));
        filter.ReadLogins(query, tenant);
        return filter.OrNull();
    }

    /// <summary>Those of the count of users; null when the query has none.</summary>
    public static UserFilter? OfCount(QueryReader query, EmulatedTenant tenant)
    {
        var filter = new UserFilter();
        filter.ReadProfile(query);
        filter.ReadRoles(query, tenant, asset: null, query.Guids("environmentKeys") is { Count: > 0 } stages ? stages : null);
        filter.ReadLogins(query, tenant);
        return filter.OrNull();
    }

    /// <summary>Those of the users of an end-user role.</summary>
    public static UserFilter OfRole(QueryReader query, ulong role)
    {
        var filter = new UserFilter();
        filter.Add(user => (user.Roles & role) != 0);
        if (query.Guid("userKey") is { } key)
            filter.Add(user => user.Key == key);
        filter.ReadNames(query);
        filter.ReadLastLogin(query);
        return filter;
    }

    /// <summary>Those of the users in a group.</summary>
    public static UserFilter OfGroup(QueryReader query, EmulatedGroup group)
    {
        var type = query.Choice<MembershipType>("membershipType");
        var filter = new UserFilter();
        filter.Add(user => user.MembershipIn(group) is { } membership && membership.Is(type));
        if (query.OneOrMany("userKey", "userKeys") is { } keys)
            filter.Add(user => keys.Contains(user.Key));
        filter.ReadNames(query);
        filter.ReadLastLogin(query);
        return filter;
    }

    /// <summary>Those of the users of an organization role, whatever it was granted for.</summary>
    public static UserFilter OfOrganizationRole(QueryReader query, Guid role)
    {
        var filter = new UserFilter();
        filter.Add(user => user.HasOrganizationRoles && user.OrganizationGrants.Any(grant => grant.RoleKey == role));
        filter.ReadNames(query);
        return filter;
    }

    public bool Accepts(EmulatedUser user)
    {
        foreach (var condition in _conditions)
        {
            if (!condition(user))
                return false;
        }

        return true;
    }

    private void Add(Predicate<EmulatedUser> condition) => _conditions.Add(condition);

    private UserFilter? OrNull() => _conditions.Count == 0 ? null : this;

    private void ReadNames(QueryReader query)
    {
        if (query.Text("nameOrEmailContains") is { } text)
            Add(user => Contains(user.Name, text) || Contains(user.Email, text));
        if (query.Text("nameOrEmailOrUsernameContains") is { } any)
            Add(user => Contains(user.Name, any) || Contains(user.Email, any) || Contains(user.Username, any));
    }

    private void ReadProfile(QueryReader query)
    {
        if (query.Choice<UserStatus>("status") is { } status)
            Add(user => user.StatusCode == status);
        if (query.Texts("domains") is { Count: > 0 } domains)
            Add(user => domains.Contains(UserGenerator.DomainOf(user.Email), StringComparer.OrdinalIgnoreCase));

        // False is the default and filters nothing.
        if (query.Flag("hasOrganizationRoles"))
            Add(user => user.HasOrganizationRoles);
        if (query.Flag("hasApplicationRoles"))
            Add(user => user.HasApplicationRoles);
    }

    // Any role of the asset that is also a role of one of the stages: one role must fit both.
    private void ReadRoles(QueryReader query, EmulatedTenant tenant, Guid? asset, IReadOnlyList<Guid>? stages)
    {
        var roles = ulong.MaxValue;
        if (asset is { } key)
            roles &= tenant.Roles.OfAsset(key);
        if (stages is not null)
            roles &= tenant.Roles.OfStages(stages);
        if (query.Guids("portfolioKeys") is { Count: > 0 } portfolios)
            roles &= tenant.Roles.OfStages(StagesOf(portfolios, tenant).Select(stage => stage.Key));
        if (roles != ulong.MaxValue)
            Add(user => (user.Roles & roles) != 0);
    }

    private void ReadLastLogin(QueryReader query)
    {
        var since = query.Date("lastLoginAtSince");
        var to = query.Date("lastLoginAtTo");
        if (since is not null || to is not null)
            Add(user => Fits(user.LastLoginAt, since, to));
    }

    private void ReadLogins(QueryReader query, EmulatedTenant tenant)
    {
        var keys = query.Guids("loggedInEnvironmentKeys");
        var portfolios = query.Guids("loggedInPortfolioKeys");
        if (keys.Count == 0 && portfolios.Count == 0)
        {
            ReadLastLogin(query);
            return;
        }

        // With a stage the dates speak of the sign-in to that stage.
        var since = query.Date("lastLoginAtSince");
        var to = query.Date("lastLoginAtTo");
        int[] stages = [.. tenant.Stages
            .Where(stage => (keys.Count == 0 || keys.Contains(stage.Key))
                && (portfolios.Count == 0 || portfolios.Contains(stage.PortfolioKey)))
            .Select(stage => stage.Order)];
        Add(user => Array.Exists(stages, stage => Fits(user.LoginAt(stage), since, to)));
    }

    private static bool Fits(DateTimeOffset? login, DateTimeOffset? since, DateTimeOffset? to) =>
        login is { } at && (since is null || at >= since) && (to is null || at <= to);

    private static IEnumerable<EmulatedStage> StagesOf(IReadOnlyList<Guid> portfolios, EmulatedTenant tenant) =>
        tenant.Stages.Where(stage => portfolios.Contains(stage.PortfolioKey));

    private static bool Contains(string? value, string text) => value?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}
