using OdcPowerShell.Authentication;

namespace OdcPowerShell;

/// <summary>An access token for other tools; it is not shown by any view.</summary>
[Columns("Tenant 35", "ExpiresOn 20 second", "ValidFor 12", "TokenType 9", "ClientId")]
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

    /// <summary>When it expires, in UTC; null when a token from elsewhere does not say.</summary>
    public DateTimeOffset? ExpiresOn { get; }

    /// <summary>Time until then, at the moment of reading, in whole seconds.</summary>
    public TimeSpan? ValidFor => ExpiresOn is { } end ? TimeSpan.FromSeconds(Math.Floor((end - DateTimeOffset.UtcNow).TotalSeconds)) : null;

    /// <summary>Host name of the tenant it is for.</summary>
    public string Tenant { get; }

    /// <summary>The API client it was issued to.</summary>
    public string ClientId { get; }

    public override string ToString() => $"access token for {Tenant}";
}

/// <summary>Asks a CI runner to hide a value in its log. The command is for the runner alone, so it goes to the process's output and not to the host.</summary>
internal static class RunnerMask
{
    internal static void Register(string value, Func<string, string?> environment, TextWriter output)
    {
        if (environment("GITHUB_ACTIONS") == "true")
            output.WriteLine("::add-mask::" + value);
        if (string.Equals(environment("TF_BUILD"), "true", StringComparison.OrdinalIgnoreCase))
            output.WriteLine("##vso[task.setsecret]" + value);
    }
}
