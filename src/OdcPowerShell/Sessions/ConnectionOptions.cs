using System.Management.Automation.Host;
using System.Net;

namespace OdcPowerShell.Sessions;

/// <summary>How a connection talks to its tenant, from the parameters of a command.</summary>
internal static class ConnectionOptions
{
    /// <summary>The options with the module's name and the proxy.</summary>
    /// <exception cref="OdcException">The address of the proxy is none, or two sign-ins are specified.</exception>
    internal static ClientOptions Of(ClientOptions options, Uri? proxy, PSCredential credential, bool usesDefault)
    {
        var (address, inAddress) = proxy is null ? (null, null) : ((Uri?, NetworkCredential?))ProxyAddress.Parse(proxy);
        var given = ReferenceEquals(credential, PSCredential.Empty) || credential is null ? null : credential.GetNetworkCredential();
        if (usesDefault && (given ?? inAddress) is not null)
        {
            throw new OdcException(
                OdcErrorCause.InvalidRequest, "-ProxyUseDefaultCredentials can't be combined with another credential for the proxy.", "Use one of them.");
        }

        return options with { UserAgent = UserAgent(), Proxy = address, ProxyCredential = given ?? inAddress, UsesDefaultProxyCredential = usesDefault };
    }

    /// <summary>How the module names itself to the service.</summary>
    private static string UserAgent()
    {
        var module = typeof(ConnectionOptions).Assembly.GetName().Version!.ToString(3);
        var engine = typeof(PSHost).Assembly.GetName().Version!;
        return $"OdcPowerShell/{module} PowerShell/{engine.Major}.{engine.Minor}";
    }
}
