namespace OdcPowerShell.Emulator;

/// <summary>Why the identity API rejects a body: which member, and what is wrong with it.</summary>
internal static class IdentityCause
{
    public static ProblemException Missing(string member) => Invalid(member, $"The member '{member}' is required.", 10);
    public static ProblemException Unknown(string member, string what, Guid key) => Invalid(member, $"The {what} '{key}' doesn't exist.", 13);

    public static ProblemException Invalid(string member, string detail, int number = 17, int status = 400) =>
        new(new Cause(status, number, detail) { Errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { [member] = [detail] } });

    public static ProblemException NotGranted(Guid role) => new(404, 2, $"The user was not granted the role '{role}'.");
    public static string Required(string member, string? value) => string.IsNullOrWhiteSpace(value) ? throw Missing(member) : value;
}

/// <summary>What the operations of the identity API ask of the client.</summary>
internal static class IdentityAccess
{
    public const string Base = "/api/identity/v1";

    public static Predicate<ApiClient> ReadUsers { get; } =
        Access.OneOf(Permission.ViewEndUsers, Permission.ViewMembers, Permission.ManageUsers);

    public static Predicate<ApiClient> ManageUsers { get; } = Access.OneOf(Permission.ManageUsers);
    public static Predicate<ApiClient> ViewEndUsers { get; } = Access.OneOf(Permission.ViewEndUsers);

    /// <summary>Whether a client sees a user; one that may see neither kind, but came so far, sees the members of its groups.</summary>
    public static bool Sees(this ApiClient client, EmulatedUser user)
    {
        var (endUsers, members) = (client.Has(Permission.ViewEndUsers), client.Has(Permission.ViewMembers));
        return client.Has(Permission.ManageUsers) || endUsers == members || (endUsers ? user.HasApplicationRoles : user.HasOrganizationRoles);
    }
}
