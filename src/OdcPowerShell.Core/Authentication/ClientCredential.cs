namespace OdcPowerShell.Authentication;

/// <summary>What an API client signs in with, and what is known about it where it is kept.</summary>
internal sealed record ClientCredential(string? ClientId, Secret Secret)
{
    internal string? Tenant { get; init; }

    internal DateTimeOffset? SecretExpiresOn { get; init; }

    /// <summary>What the user should know of it, such as an expiry date that can't be read.</summary>
    internal string? Remark { get; init; }
}
