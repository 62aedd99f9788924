namespace OdcPowerShell.Emulator;

/// <summary>The filters of the user list: a user must pass all that were given.</summary>
internal sealed class UserFilter
{
    private readonly List<Predicate<EmulatedUser>> _conditions = [];

    /// <summary>Reads the query's filters; null when there is none.</summary>
    public static UserFilter? Read(QueryReader query, EmulatedTenant tenant)
    {
        var filter = new UserFilter();
        filter.ReadProfile(query);
        filter.ReadRoles(query, tenant);
        filter.ReadLogins(query, tenant);
        return filter._conditions.Count == 0 ? null : filter;
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

    private void ReadProfile(QueryReader query)
    {
        if (query.GuidList("userKeys", 20) is { Count: > 0 } keys)
            _conditions.Add(user => keys.Contains(user.Key));
        if (query.Choice<UserStatus>("status") is { } status)
            _conditions.Add(user => user.StatusCode == status);
        if (query.Texts("domains") is { Count: > 0 } domains)
            _conditions.Add(user => domains.Contains(UserGenerator.DomainOf(user.Email), StringComparer.OrdinalIgnoreCase));
        if (query.Text("nameOrEmailContains") is { } text)
            _conditions.Add(user => Contains(user.Name, text) || Contains(user.Email, text));
        if (query.Text("nameOrEmailOrUsernameContains") is { } any)
            _conditions.Add(user => Contains(user.Name, any) || Contains(user.Email, any) || Contains(user.Username, any));
    }

    private void ReadRoles(QueryReader query, EmulatedTenant tenant)
    {
        // False is the default and filters nothing.
        if (query.Flag("hasOrganizationRoles"))
            _conditions.Add(user => user.HasOrganizationRoles);
        if (query.Flag("hasApplicationRoles"))
            _conditions.Add(user => user.HasApplicationRoles);

        // Any role of the asset that is also a role of one of the stages: one role must fit both.
        var roles = ulong.MaxValue;
        if (query.Guid("assetKey") is { } asset)
            roles &= tenant.Roles.OfAsset(asset);
        if (query.OneOrMany("environmentKey", "environmentKeys") is { } stages)
            roles &= tenant.Roles.OfStages(stages);
        if (query.Guids("portfolioKeys") is { Count: > 0 } portfolios)
            roles &= tenant.Roles.OfStages(StagesOf(portfolios, tenant).Select(stage => stage.Key));
        if (roles != ulong.MaxValue)
            _conditions.Add(user => (user.Roles & roles) != 0);
    }

    private void ReadLogins(QueryReader query, EmulatedTenant tenant)
    {
        var since = query.Date("lastLoginAtSince");
        var to = query.Date("lastLoginAtTo");
        bool Fits(DateTimeOffset? login) => login is { } at && (since is null || at >= since) && (to is null || at <= to);

        var keys = query.Guids("loggedInEnvironmentKeys");
        var portfolios = query.Guids("loggedInPortfolioKeys");
        if (keys.Count == 0 && portfolios.Count == 0)
        {
            if (since is not null || to is not null)
                _conditions.Add(user => Fits(user.LastLoginAt));
            return;
        }

        // With a stage the dates speak of the sign-in to that stage.
        int[] stages = [.. tenant.Stages
            .Where(stage => (keys.Count == 0 || keys.Contains(stage.Key))
                && (portfolios.Count == 0 || portfolios.Contains(stage.PortfolioKey)))
            .Select(stage => stage.Order)];
        _conditions.Add(user => Array.Exists(stages, stage => Fits(user.LoginAt(stage))));
    }

    private static IEnumerable<EmulatedStage> StagesOf(IReadOnlyList<Guid> portfolios, EmulatedTenant tenant) =>
        tenant.Stages.Where(stage => portfolios.Contains(stage.PortfolioKey));

    private static bool Contains(string? value, string text) => value?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}
