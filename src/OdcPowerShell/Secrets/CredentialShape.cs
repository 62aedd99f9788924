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

    private static ClientCredential FromTable(IDictionary given, string where)
    {
        // As PowerShell's own are; SecretManagement makes one whose keys have case.
        var table = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry member in given)
            table[member.Key] = member.Value;
        var secret = EntryMetadata.Bare(table["ClientSecret"]) switch
        {
            SecureString text => Secret.From(text),
            string text => new Secret(text),
            _ => throw WrongType(where, "a hashtable without ClientSecret"),
        };
        return new ClientCredential(EntryMetadata.Text(table, EntryMetadata.ClientId), NotEmpty(secret, where))
        {
            Tenant = EntryMetadata.Text(table, EntryMetadata.Tenant),
            SecretExpiresOn = EntryMetadata.Date(table, EntryMetadata.ExpiresOn),
            Remark = EntryMetadata.Unread(table, where),
        };
    }

    private static Secret NotEmpty(Secret secret, string where)
    {
        var whole = secret.WithoutLineEnd();
        return whole.IsEmpty ? throw WrongType(where, "an empty secret") : whole;
    }

    private static OdcException WrongType(string where, string what) => new(
        OdcErrorCause.SecretWrongType, $"{Vault.Capital(where)} contains {what}, not the credential of an API client.",
        "Store a PSCredential (user name = client id), a SecureString, or a hashtable with Tenant, ClientId and ClientSecret; Register-OdcCredential does it.");
}
