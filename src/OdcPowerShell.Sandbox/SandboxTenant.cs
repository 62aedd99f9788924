using System.Management.Automation;
using System.Security;
using OdcPowerShell.Emulator;

namespace OdcPowerShell.Sandbox;

/// <summary>The emulated tenant as PowerShell sees it: a variable with credentials, and environment variables.</summary>
internal static class SandboxTenant
{
    /// <summary>An object with the tenant's URL and a PSCredential per API client, under the client's friendly name.</summary>
    public static PSObject ToVariable(this EmulatedTenant tenant)
    {
        var variable = new PSObject();
        variable.Properties.Add(new PSNoteProperty("Url", tenant.Url.ToString()));
        foreach (var (name, client) in tenant.Clients)
            variable.Properties.Add(new PSNoteProperty(name, new PSCredential(client.ClientId, Secure(client.Secret))));
        return variable;
    }

    /// <summary>Sets what <c>Connect-Odc -EnvironmentVariable</c> reads, for this process and its children.</summary>
    public static void PublishToEnvironment(this EmulatedTenant tenant)
    {
        var client = tenant.Clients["admin"];
        Environment.SetEnvironmentVariable("ODC_TENANT_URL", tenant.Url.ToString());
        Environment.SetEnvironmentVariable("ODC_CLIENT_ID", client.ClientId);
        Environment.SetEnvironmentVariable("ODC_CLIENT_SECRET", client.Secret);
    }

    private static SecureString Secure(string secret)
    {
        var secure = new SecureString();
        foreach (var character in secret) secure.AppendChar(character);
        secure.MakeReadOnly();
        return secure;
    }
}
