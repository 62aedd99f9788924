namespace OdcPowerShell.Emulator;

/// <summary>Why the identity API refuses a body.</summary>
internal static class IdentityCause
{
    public static Cause EmailInvalid(string email) => Of(11, "email", $"'{email}' is not a valid e-mail address.");

    public static Cause EmailTaken(string email) => Of(12, "email", $"A user with the e-mail address '{email}' already exists.");

    public static Cause GroupHasUsers { get; } = new(400, 15, "A group that has users can't be deleted.");

    public static Cause RoleReadOnly { get; } = new(400, 16, "The organization role is read-only.");

    public static Cause OrganizationRoleTaken(string name) =>
        Of(1, "name", $"An organization role with the name '{name}' already exists.") with { Status = StatusCodes.Status409Conflict };

    public static Cause GroupTaken(string name) => Of(14, "name", $"The stage already has a group with the name '{name}'.");

    public static Cause Missing(string member) => Of(10, member, $"The member '{member}' is required.");

    public static Cause Unknown(string member, string what, Guid key) => Of(13, member, $"The {what} '{key}' doesn't exist.");

    public static Cause Invalid(string member, string detail) => Of(17, member, detail);

    public static Cause NotGranted(Guid role) => new(404, 2, $"The user was not granted the role '{role}'.");

    private static Cause Of(int number, string member, string detail) =>
        new(400, number, detail) { Errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { [member] = [detail] } };
}
