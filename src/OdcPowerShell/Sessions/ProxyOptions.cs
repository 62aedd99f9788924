using System.Management.Automation;
using System.Net;
using OdcPowerShell.Http;

namespace OdcPowerShell.Sessions;

/// <summary>What a command was told about the proxy.</summary>
internal static class ProxyOptions
{
    /// <exception cref="OdcException">The address is none, or two sign-ins are specified.</exception>
    internal static ClientOptions Add(ClientOptions options, Uri? proxy, PSCredential credential, bool usesDefault)
    {
        var (address, inAddress) = proxy is null ? (null, null) : ((Uri?, NetworkCredential?))ProxyAddress.Parse(proxy);
        var given = ReferenceEquals(credential, PSCredential.Empty) || credential is null ? null : credential.GetNetworkCredential();
        if (usesDefault && (given ?? inAddress) is not null)
        {
            throw new OdcException(
                OdcErrorCause.InvalidRequest, "-ProxyUseDefaultCredentials can't be combined with another credential for the proxy.", "Use one of them.");
        }

        return options with { Proxy = address, ProxyCredential = given ?? inAddress, UsesDefaultProxyCredential = usesDefault };
    }
}
