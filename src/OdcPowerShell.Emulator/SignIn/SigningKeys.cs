using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace OdcPowerShell.Emulator;

/// <summary>A tenant's own keys, made at its start and never written down; an elliptic curve because that takes a millisecond.</summary>
internal sealed class SigningKeys : IDisposable
{
    private readonly ECDsa _signing = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    // A cache of its own: the library's shared one would keep the keys of every emulator of the process.
    private readonly CryptoProviderFactory _factory = new(new InMemoryCryptoProviderCache());

    public SigningKeys()
    {
        Signing = new ECDsaSecurityKey(_signing) { KeyId = Guid.NewGuid().ToString("N"), CryptoProviderFactory = _factory };
    }

    public ECDsaSecurityKey Signing { get; }

    /// <summary>Asked for by the sign-in library, though access tokens are signed only.</summary>
    public SymmetricSecurityKey Encryption { get; } = new(RandomNumberGenerator.GetBytes(32));

    public void Dispose()
    {
        (_factory.CryptoProviderCache as IDisposable)?.Dispose();
        _signing.Dispose();
    }
}
