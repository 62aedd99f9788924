namespace OdcPowerShell.Emulator;

/// <summary>The ways by which a user has a role, as far as they were asked for.</summary>
internal sealed record RoleAssignment(bool IsDirect, IReadOnlyList<GroupOfRole> Groups)
{
    public static string[] Sources => ["Direct", "GroupAssigned", "GroupMapped"];
}

internal sealed record GroupOfRole(Guid Key, string Name, string MembershipType);

/// <summary>What the lists of users, groups and roles have in common: orders, filters and bodies.</summary>
internal sealed class UserLists(EmulatedTenant tenant)
{
    private static readonly (string Name, Func<EmulatedUser, object?> Value)[] s_fields =
    [
        ("Name", user => user.Name),
        ("Key", user => user.Key),
        ("Email", user => user.Email),
        ("Status", user => user.Status),
        ("LastLoginAt", user => user.LastLoginAt),
    ];

    private readonly EmulatedIdentity _identity = tenant.Identity;

    /// <summary>The user of the path, if the client may see it: otherwise it is as if there were none.</summary>
    public EmulatedUser Visible(ApiCall call) => _identity.UserTable[call.Key("key")] is var user && call.Client.Sees(user)
        ? user
        : throw ProblemException.NotFound("user", user.Key);

    /// <summary>The users that the client may see, in the order of the query; some lists have another name for the key.</summary>
    public IEnumerable<EmulatedUser> Sorted(ApiCall call, string key = "Key")
    {
        var (name, isDescending) = call.Query.Sort([.. s_fields.Select(field => field.Name == "Key" ? key : field.Name)]);
        var field = Array.Find(s_fields, field => field.Name == (name == key ? "Key" : name));
        var users = _identity.UserTable.Sorted(field.Name, users => Sort.By(users, [(field.Value, false)]));
        var ordered = isDescending ? Enumerable.Reverse(users) : users;
        return call.Client.Has(Permission.ManageUsers) ? ordered : ordered.Where(call.Client.Sees);
    }

    /// <summary>The filters by profile, stages and sign-ins that the list of users and its count share.</summary>
    public ListEndpoint<EmulatedUser> WithProfile(ListEndpoint<EmulatedUser> list, bool isCount) => list
        .Choice("status", user => user.Status, "Active", "Inactive", "Invited", "PendingRegistration")
        .Where(call => call.Query.Texts("domains") is { Count: > 0 } domains
            ? user => domains.Contains(user.Email[(user.Email.LastIndexOf('@') + 1)..], StringComparer.OrdinalIgnoreCase)
            : null)
        // False is the default and filters nothing.
        .Where(call => call.Query.Flag("hasOrganizationRoles") ? user => user.HasOrganizationRoles : null)
        .Where(call => call.Query.Flag("hasApplicationRoles") ? user => user.HasApplicationRoles : null)
        .Where(call => ByRole(call.Query, isCount))
        .Where(call => ByLogin(call.Query));

    // Any role of the asset that is also a role of one of the stages: one role must fit both.
    private Predicate<EmulatedUser>? ByRole(QueryReader query, bool isCount)
    {
        var asset = isCount ? null : query.Guid("assetKey");
        var stages = StageFilter(query, isCount ? null : "environmentKey");
        return asset is null && stages is null ? null : user => user.Roles.Any(role =>
            (asset is null || role.AssetKey == asset) && stages?.Contains(role.StageKey) != false);
    }

    // With a stage the dates are those of the sign-in to that stage.
    private Predicate<EmulatedUser>? ByLogin(QueryReader query)
    {
        var fits = query.Range("lastLoginAtSince", "lastLoginAtTo");
        if (Stages(query.Guids("loggedInEnvironmentKeys"), query.Guids("loggedInPortfolioKeys")) is not { } stages)
            return fits is null ? null : user => fits(user.LastLoginAt);
        int[] places = [.. stages.Select(stage => stage.Order)];
        return user => Array.Exists(places, place => user.LoginAt(place) is { } login && fits?.Invoke(login) != false);
    }

    /// <summary>The stages of a query's stage and portfolio filters; null when it has none.</summary>
    public HashSet<Guid>? StageFilter(QueryReader query, string? one = "environmentKey")
    {
        var keys = one is null ? query.Guids("environmentKeys") : query.OneOrMany(one, "environmentKeys") ?? [];
        return Stages(keys, query.Guids("portfolioKeys")) is { } stages ? [.. stages.Select(stage => stage.Key)] : null;
    }

    private IEnumerable<EmulatedStage>? Stages(IReadOnlyList<Guid> keys, IReadOnlyList<Guid> portfolios) =>
        keys.Count == 0 && portfolios.Count == 0 ? null : tenant.Stages.Where(stage =>
            (keys.Count == 0 || keys.Contains(stage.Key)) && (portfolios.Count == 0 || portfolios.Contains(stage.PortfolioKey)));

    /// <summary>A user with what the query wants embedded.</summary>
    public Func<EmulatedUser, object> User(ApiCall call)
    {
        var embedded = Embedded(call, (user, role) => UserRole(role, Assignment(user, role, RoleAssignment.Sources)));
        return user => new
        {
            user.Key, user.Name, user.Email, user.Status, Access = new { user.HasOrganizationRoles, user.HasApplicationRoles },
            LastLoginAt = user.LastLoginAt?.UtcDateTime, user.IsActive, user.PhotoUrl,
            IsEmailVerified = user.Status == "PendingRegistration" ? (bool?)null : user.Status != "Invited",
            IsTermsAndConditionsAccepted = user.LastLoginAt is not null, _embedded = embedded(user),
        };
    }

    /// <summary>A user in the list of a role's users.</summary>
    public Func<EmulatedUser, object> UserOfRole(ApiCall call)
    {
        var brief = Brief(call);
        return user => brief(user, user.LastLoginAt);
    }

    /// <summary>A user in the list of a group's users. Null is not allowed there: without a sign-in the date is the first of all.</summary>
    public Func<EmulatedUser, object> UserOfGroup(ApiCall call)
    {
        var group = call.Key("key");
        var brief = Brief(call);
        return user => new { MembershipTypes = user.MembershipIn(group)!.Types, User = brief(user, user.LastLoginAt ?? DateTimeOffset.MinValue) };
    }

    private Func<EmulatedUser, DateTimeOffset?, object> Brief(ApiCall call)
    {
        var embedded = Embedded(call, (_, role) => Role(role));
        return (user, login) => new
        {
            user.Key, user.Name, user.Email, user.Status, user.PhotoUrl, LastLoginAt = login?.UtcDateTime, _embedded = embedded(user),
        };
    }

    public object Role(EmulatedRole role) => new
    {
        role.Key, role.Name, EnvironmentKey = role.StageKey, role.AssetKey, role.ExternalKey, Claim = Claim(role), tenant.PortfolioKey,
    };

    public object UserRole(EmulatedRole role, RoleAssignment assignment) => new
    {
        role.Key, role.Name, EnvironmentKey = role.StageKey, role.AssetKey, role.ExternalKey, Claim = Claim(role), tenant.PortfolioKey,
        IsDirectlyAssigned = assignment.IsDirect, AssignedGroups = assignment.Groups,
    };

    /// <summary>How a user has a role, of the ways that are asked for; a group that is both assigned and mapped comes twice.</summary>
    public RoleAssignment Assignment(EmulatedUser user, EmulatedRole role, IReadOnlyList<string> sources)
    {
        var groups = from membership in user.Memberships
                     let @group = tenant.Store.Groups[membership.GroupKey]
                     where @group.Roles.Contains(role)
                     from type in membership.Types
                     where sources.Contains($"Group{type}", StringComparer.Ordinal)
                     select new GroupOfRole(@group.Key, @group.Name, type);
        return new RoleAssignment(sources.Contains("Direct", StringComparer.Ordinal) && user.DirectRoles.Contains(role), [.. groups]);
    }

    private static string Claim(EmulatedRole role) => role.Name.Replace(" ", "", StringComparison.Ordinal);

    private static Func<EmulatedUser, Dictionary<string, object>?> Embedded(ApiCall call, Func<EmulatedUser, EmulatedRole, object> roleBody)
    {
        var embed = call.Query.Choices("embed", "applicationRoles", "userIdentityProviders");
        return user => embed.Count == 0 ? null : embed.Distinct(StringComparer.Ordinal).ToDictionary(
            detail => detail,
            detail => detail == "applicationRoles"
                ? (object)user.Roles.Select(role => roleBody(user, role)).ToArray()
                : user.Providers.Select(profile => Provider(user, profile)).ToArray(),
            StringComparer.Ordinal);
    }

    private static object Provider(EmulatedUser user, ProviderProfile profile) => new
    {
        UserKey = user.Key, IdentityProviderKey = profile.ProviderKey, profile.Subject, profile.Username, user.Name, user.Email,
        PhotoUrl = (string?)null, FirstLoginAt = user.LastLoginAt?.UtcDateTime.AddDays(-30), LastLoginAt = user.LastLoginAt?.UtcDateTime,
        IsEmailVerified = user.LastLoginAt is not null,
    };
}

internal static class UserFilters
{
    public static ListEndpoint<EmulatedUser> WithNames(this ListEndpoint<EmulatedUser> list) => list
        .Contains("nameOrEmailContains", user => user.Name, user => user.Email)
        .Contains("nameOrEmailOrUsernameContains", user => user.Name, user => user.Email, user => user.Username);
}
