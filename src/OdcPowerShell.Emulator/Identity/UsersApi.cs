using System.Net.Mail;

namespace OdcPowerShell.Emulator;

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
                StatusCode = StatusAfter(user, body.IsActive),
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
            StatusCode = body.IsActive ? UserStatus.Invited : UserStatus.Inactive,
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
    private static UserStatus StatusAfter(EmulatedUser user, bool? isActive) => isActive switch
    {
        false => UserStatus.Inactive,
        true when !user.IsActive => user.LastLoginAt is null ? UserStatus.Invited : UserStatus.Active,
        _ => user.StatusCode,
    };

    private sealed record PatchBody(string? Name = null, bool? IsActive = null, string? PhotoUrl = null);
}
