using System.Net.Mail;

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

/// <summary>A user to create; null for a flag is wrong.</summary>
internal sealed record CreateUserBody(
    string? Name = null, string? Email = null, bool IsActive = true, string? PhotoUrl = null, bool AddToBuiltInIdentityProvider = false,
    Guid? IdentityProviderKey = null, string? Subject = null, string? Username = null);

internal sealed class UsersApi(EmulatedTenant tenant, UserLists lists)
{
    private const string Users = IdentityAccess.Base + "/users";
    private readonly EmulatedIdentity _identity = tenant.Identity;

    public void Map(ApiMap map)
    {
        var all = map.List(Users, IdentityAccess.ReadUsers, Paging.Totals, call => lists.Sorted(call))
            .KeyList("userKeys", user => user.Key, 20)
            .WithNames();
        lists.WithProfile(all, isCount: false).AsFor(lists.User);
        var counted = map.List(
            $"{Users}/count", IdentityAccess.ReadUsers, Paging.CountAs("userCount"), call => _identity.UserTable.All.Where(call.Client.Sees));
        lists.WithProfile(counted, isCount: true);
        map.Get($"{Users}/{{key}}", IdentityAccess.ReadUsers, call => lists.User(call)(lists.Visible(call)));
        map.Post<CreateUserBody>(Users, IdentityAccess.ManageUsers, (_, body) => new { Key = Create(body) });
        map.Patch<PatchBody>($"{Users}/{{key}}", IdentityAccess.ManageUsers, (call, body) =>
        {
            var user = _identity.UserTable[call.Key("key")];
            // The service takes null as absent: the value stays.
            _identity.Set(user with
            {
                Name = body.Name ?? user.Name,
                PhotoUrl = body.PhotoUrl ?? user.PhotoUrl,
                Status = StatusAfter(user, body.IsActive),
            });
        });
        map.Delete($"{Users}/{{key}}", IdentityAccess.ManageUsers, call => _identity.Remove(_identity.UserTable[call.Key("key")]));
    }

    public Guid Create(CreateUserBody body)
    {
        var email = IdentityCause.Required("email", body.Email);
        if (!IsAddress(email))
            throw IdentityCause.Invalid("email", $"'{email}' is not a valid e-mail address.", 11);
        if (body.IdentityProviderKey is { } provider && provider != _identity.BuiltInProviderKey && provider != _identity.OpenIdConnectProviderKey)
            throw IdentityCause.Unknown("identityProviderKey", "identity provider", provider);
        if (_identity.HasEmail(email))
        {
            _identity.Refuse(email);
            throw IdentityCause.Invalid("email", $"A user with the e-mail address '{email}' already exists.", 12);
        }

        var key = tenant.Store.NewKey("created-user");
        return _identity.Add(new EmulatedUser(key, email, body.Username ?? email)
        {
            Name = body.Name,
            PhotoUrl = body.PhotoUrl,
            Status = body.IsActive ? "Invited" : "Inactive",
            Providers = [.. Profiles(body, key)],
        });
    }

    private IEnumerable<ProviderProfile> Profiles(CreateUserBody body, Guid key)
    {
        if (body.AddToBuiltInIdentityProvider)
            yield return new ProviderProfile(_identity.BuiltInProviderKey, key.ToString("N"), body.Username ?? body.Email);
        if (body.IdentityProviderKey is { } provider && !(body.AddToBuiltInIdentityProvider && provider == _identity.BuiltInProviderKey))
            yield return new ProviderProfile(provider, body.Subject, body.Username);
    }

    private static bool IsAddress(string email) =>
        MailAddress.TryCreate(email, out var address) && address.Address == email && address.Host.Trim('.') == address.Host;

    // A user who is activated again and has never signed in has not accepted the invitation yet.
    private static string StatusAfter(EmulatedUser user, bool? isActive) => isActive switch
    {
        false => "Inactive",
        true when !user.IsActive => user.LastLoginAt is null ? "Invited" : "Active",
        _ => user.Status,
    };

    private sealed record PatchBody(string? Name = null, bool? IsActive = null, string? PhotoUrl = null);
}
