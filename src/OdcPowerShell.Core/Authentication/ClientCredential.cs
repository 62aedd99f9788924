namespace OdcPowerShell.Authentication;

/// <summary>What an API client signs in with, and what is known about it where it is kept.</summary>
internal sealed record ClientCredential(string? ClientId, Secret Secret)
{
    internal string? Tenant { get; init; }

    internal DateTimeOffset? SecretExpiresOn { get; init; }
}
