using OdcPowerShell.Secrets;

namespace OdcPowerShell;

/// <summary>A vault entry with the credential of an API client, without its secret.</summary>
[Columns("Name 20", "DaysLeft 8", "VaultName 14", "Tenant 24", "ClientId 36")]
public sealed class OdcCredential
{
    internal OdcCredential(VaultEntry entry)
    {
        Name = entry.Name;
        VaultName = entry.VaultName;
        Tenant = EntryMetadata.Text(entry.Metadata, EntryMetadata.Tenant);
        ClientId = EntryMetadata.Text(entry.Metadata, EntryMetadata.ClientId);
        ExpiresOn = EntryMetadata.Date(entry.Metadata, EntryMetadata.ExpiresOn);
    }

    /// <summary>What <c>Connect-Odc -SecretName</c> takes.</summary>
    public string Name { get; }

    public string? VaultName { get; }

    public string? Tenant { get; }

    public string? ClientId { get; }

    /// <summary>When the secret ends, in UTC, where that was recorded.</summary>
    public DateTimeOffset? ExpiresOn { get; }

    /// <summary>Whole days until then, at the moment of reading; negative afterwards.</summary>
    public int? DaysLeft => ExpiresOn is { } end ? (int)Math.Floor((end - DateTimeOffset.UtcNow).TotalDays) : null;

    /// <summary>The same as <see cref="Name"/>: what Connect-Odc calls it.</summary>
    public string SecretName => Name;

    public override string ToString() => Name;
}
