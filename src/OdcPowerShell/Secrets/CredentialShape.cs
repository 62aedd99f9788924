using System.Collections;
using System.Management.Automation;
using System.Security;
using OdcPowerShell.Authentication;

namespace OdcPowerShell.Secrets;

/// <summary>Reads an API client's credential from the shapes in which people keep it.</summary>
internal static class CredentialShape
{
    /// <summary>PSCredential, SecureString, text, or a hashtable with Tenant, ClientId and ClientSecret.</summary>
    /// <exception cref="OdcException">Another type, or nothing in it.</exception>
    internal static ClientCredential Read(object? value, string where) => EntryMetadata.Bare(value) switch
    {
        PSCredential credential => new ClientCredential(credential.UserName, NotEmpty(Secret.From(credential.Password), where)),
        SecureString secret => new ClientCredential(ClientId: null, NotEmpty(Secret.From(secret), where)),
        string secret => new ClientCredential(ClientId: null, NotEmpty(new Secret(secret), where)),
        IDictionary table => FromTable(table, where),
        var other => throw WrongType(where, other is null ? "nothing" : $"a {other.GetType().Name}"),
    };

    private static ClientCredential FromTable(IDictionary table, string where)
    {
        var secret = EntryMetadata.Bare(table["ClientSecret"]) switch
        {
            SecureString text => Secret.From(text),
            string text => new Secret(text),
            _ => throw WrongType(where, "a hashtable without ClientSecret"),
        };
        return new ClientCredential(Plain(table, EntryMetadata.ClientId), NotEmpty(secret, where))
        {
            Tenant = Plain(table, EntryMetadata.Tenant),
            SecretExpiresOn = EntryMetadata.Date(table, EntryMetadata.ExpiresOn),
        };
    }

    // A vault may give the text members of a hashtable back as SecureString.
    private static string? Plain(IDictionary table, string name) =>
        EntryMetadata.Bare(table[name]) is SecureString text ? Secret.From(text).Reveal() : EntryMetadata.Text(table, name);

    private static Secret NotEmpty(Secret secret, string where) => secret.IsEmpty ? throw WrongType(where, "an empty secret") : secret;

    private static OdcException WrongType(string where, string what) => new(
        OdcErrorCause.SecretWrongType, $"{Vault.Capital(where)} holds {what}, not the credential of an API client.",
        "Store a PSCredential (user name = client id), a SecureString, or a hashtable with Tenant, ClientId and ClientSecret; Register-OdcCredential does it.");
}
