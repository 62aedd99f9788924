using System.Net.Mail;

namespace OdcPowerShell.Emulator;

/// <summary>Creates users, one by one.</summary>
internal sealed class UserCreation(EmulatedTenant tenant)
{
    private readonly EmulatedIdentity _identity = tenant.Identity;

    /// <summary>The key of the new user; what is wrong with the body ends the request.</summary>
    public Guid Create(CreateUserBody body)
    {
        var key = Guid.Empty;
        _identity.Change(state =>
        {
            if (Fault(body, state) is { } cause)
                throw new ProblemException(cause);
            var (created, number) = _identity.Created.Add(body.Email!);
            key = created;
            return state with { Users = state.Users.Add(New(body, key, state.Users.Generated + number - 1)) };
        });
        return key;
    }

    private Cause? Fault(CreateUserBody body, IdentityState state)
    {
        if (string.IsNullOrWhiteSpace(body.Email))
            return IdentityCause.Missing("email");
        if (!IsAddress(body.Email))
            return IdentityCause.EmailInvalid(body.Email);
        if (body.IdentityProviderKey is { } provider && _identity.Providers.Find(provider) is null)
            return IdentityCause.Unknown("identityProviderKey", "identity provider", provider);
        if (!state.Users.HasEmail(body.Email))
            return null;
        _identity.Created.Refuse(body.Email);
        return IdentityCause.EmailTaken(body.Email);
    }

    private EmulatedUser New(CreateUserBody body, Guid key, int index)
    {
        var profiles = new List<ProviderProfile>();
        if (body.AddToBuiltInIdentityProvider)
            profiles.Add(new ProviderProfile(_identity.Providers.BuiltIn.Key, key.ToString("N"), body.Username ?? body.Email));
        if (body.IdentityProviderKey is { } provider && profiles.TrueForAll(profile => profile.ProviderKey != provider))
            profiles.Add(new ProviderProfile(provider, body.Subject, body.Username));
        var details = new ChangedDetails(body.Name, body.Email!, body.Username ?? body.Email!, body.PhotoUrl, 0, [], [], [.. profiles]);
        return new EmulatedUser(details, index, key).With(details, 0, body.IsActive ? UserStatus.Invited : UserStatus.Inactive);
    }

    private static bool IsAddress(string email) =>
        MailAddress.TryCreate(email, out var address) && address.Address == email && address.Host.Trim('.') == address.Host;
}
