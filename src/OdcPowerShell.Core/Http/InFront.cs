namespace OdcPowerShell.Http;

/// <summary>
/// Errors that do not come from the service that was asked: a proxy, a firewall, an IP filter or a captive portal answered in its place. They
/// are reported as that, and never as a missing permission or a wrong secret.
/// </summary>
internal static class InFront
{
    private const string NotThePermission = "It is not the API client's permissions or secret that it objects to.";
    internal const string AccessFilter = "RBAC: access denied";

    /// <summary>What to do about a proxy that wants a sign-in.</summary>
    internal const string ProxySignIn = "Specify the proxy's credential with Connect-Odc -ProxyCredential, or -ProxyUseDefaultCredentials for the Windows sign-in.";

    /// <summary>Why, in words, and what to do.</summary>
    /// <param name="what">What was asked, such as a method and a path.</param>
    /// <param name="service">Who should have answered.</param>
    /// <param name="response">The answer.</param>
    /// <param name="excerpt">The first characters of its body, redacted.</param>
    internal static (OdcErrorCause Cause, string Message, string Action) Explain(string what, string service, HttpResponseMessage response, string excerpt)
    {
        var status = (int)response.StatusCode;
        var type = response.Content.Headers.ContentType?.MediaType ?? "no content type";
        var leads = response.Headers.Location is { } location ? $", leading to {Redactor.Whole(location)}" : "";
        var (cause, action) = Judge(status, excerpt, service);
        return (cause, $"{what}: something in front of {service} answered ({status}, {type}{leads}){(excerpt.Length == 0 ? "." : ": " + excerpt)}", action);
    }

    private static (OdcErrorCause Cause, string Action) Judge(int status, string excerpt, string service) => status switch
    {
        407 => (OdcErrorCause.ProxyRefused, "The proxy wants a sign-in. " + ProxySignIn),
        429 => (OdcErrorCause.Throttled, "Wait a minute, then try again."),
        408 or >= 500 => (OdcErrorCause.Unavailable, $"Try again later. If it stays so, check the proxy or gateway between this machine and {service}."),
        _ when excerpt.StartsWith(AccessFilter, StringComparison.OrdinalIgnoreCase) => (OdcErrorCause.UnexpectedResponse,
            "An IP filter of ODC, or a gateway, denies this machine's address: have it allowed (ODC Portal: IP filters), or run from an address that is. " + NotThePermission),
        >= 300 and < 400 => (OdcErrorCause.UnexpectedResponse,
            "A sign-in page of the network or a proxy may have answered, or the tenant's address is wrong: open the address in a browser on this machine, and check -Tenant."),
        404 or 410 => (OdcErrorCause.UnexpectedResponse,
            "No API answers there. Has the organization's domain changed (then connect with the new one), or is this API not available to the tenant?"),
        _ => (OdcErrorCause.UnexpectedResponse, $"Show this text to the administrator of the proxy, firewall or IP filter between this machine and {service}. " + NotThePermission),
    };
}
