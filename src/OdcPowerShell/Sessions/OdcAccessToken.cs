using OdcPowerShell.Authentication;

namespace OdcPowerShell;

/// <summary>An access token for other tools; it is not shown by any view.</summary>
[Columns("Tenant 30", "ClientId 36", "TokenType 9",
    "ExpiresOn 20 {if ($_.ExpiresOn) { $_.ExpiresOn.ToString('yyyy-MM-dd HH:mm:ss') + 'Z' }}",
    """ValidFor 12 {if ($_.ValidFor) { $_.ValidFor.ToString($(if ($_.ValidFor.Days) { 'd\.hh\:mm\:ss' } else { 'hh\:mm\:ss' })) }}""")]
public sealed class OdcAccessToken
{
    internal OdcAccessToken(AccessToken token, OdcConnection connection)
    {
        Token = new OdcSecretText(token.Value.ToSecureString());
        ExpiresOn = token.ExpiresOn;
        Tenant = connection.Tenant;
        ClientId = connection.ClientId;
    }

    /// <summary>The token; fits <c>Invoke-RestMethod -Authentication Bearer -Token</c>. No copy of the object outside this process has it.</summary>
    public OdcSecretText Token { get; }

    /// <summary>How it is sent: Bearer.</summary>
    public string TokenType { get; } = "Bearer";

    /// <summary>Its end, in UTC; null when a token from elsewhere does not say.</summary>
    public DateTimeOffset? ExpiresOn { get; }

    /// <summary>Time until then, at the moment of reading.</summary>
    public TimeSpan? ValidFor => ExpiresOn - DateTimeOffset.UtcNow;

    /// <summary>Host name of the tenant it is for.</summary>
    public string Tenant { get; }

    /// <summary>The API client it was issued to.</summary>
    public string ClientId { get; }

    public override string ToString() => $"access token for {Tenant}";
}
