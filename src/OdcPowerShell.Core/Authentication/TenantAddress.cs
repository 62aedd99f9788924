using System.Text;
using System.Text.Json;

namespace OdcPowerShell.Authentication;

/// <summary>The tenant's host, taken from a host name or from any URL of the tenant, portal pages included.</summary>
internal sealed record TenantAddress(Uri Origin)
{
    /// <summary>Host, with the port where it is not the usual one.</summary>
    internal string Host => Origin.Authority;

    /// <summary>As it is kept beside a secret: the host, or the whole address where that is not plain https.</summary>
    internal string Stored => Origin.Scheme == Uri.UriSchemeHttps ? Host : Origin.GetLeftPart(UriPartial.Authority);

    /// <summary>The first label of the host: the name of a connection unless another one is specified.</summary>
    internal string Label => Origin.HostNameType == UriHostNameType.Dns ? Origin.Host.Split('.')[0] : Host;

    /// <exception cref="OdcException">Not an address, or not https.</exception>
    internal static TenantAddress Parse(string? text)
    {
        var trimmed = text?.Trim();
        if (string.IsNullOrEmpty(trimmed))
        {
            throw new OdcException(
                OdcErrorCause.TenantMissing, "No tenant was specified.",
                "Specify -Tenant (for example acme.outsystems.dev), or store it with the secret: Register-OdcCredential -Tenant.");
        }

        var address = trimmed!.Contains("://") ? trimmed : "https://" + trimmed;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || uri.HostNameType is UriHostNameType.Unknown or UriHostNameType.Basic
            || uri.UserInfo.Length > 0
            || uri.Scheme is not ("https" or "http")
            || !IsHost(uri)
            || !Uri.TryCreate(uri.GetLeftPart(UriPartial.Authority), UriKind.Absolute, out var origin))
        {
            throw new OdcException(
                OdcErrorCause.TenantInvalid, $"'{Http.Redactor.Excerpt(WithoutUserInfo(trimmed))}' is not the address of a tenant.",
                "Specify the host name of the ODC Portal, or any of its URLs: acme.outsystems.dev, https://acme.outsystems.dev/.");
        }

        RequireHttps(uri, OdcErrorCause.TenantNotHttps, "the tenant", "Specify the address with https.");
        return new TenantAddress(origin);
    }

    /// <summary>https, or http on this machine only: a secret or a token never crosses a network in the clear.</summary>
    internal static void RequireHttps(Uri uri, OdcErrorCause cause, string what, string action)
    {
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            throw new OdcException(cause, $"The address of {what}, {Http.Redactor.Whole(uri)}, is not https.", action);
    }

    // Some texts are taken for a host until its name is asked for.
    private static bool IsHost(Uri uri)
    {
        try
        {
            return uri.IdnHost.Length > 0 && uri.DnsSafeHost.Length > 0;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }

    private static string WithoutUserInfo(string text)
    {
        var bare = text.Split('?')[0];
        var at = bare.LastIndexOf('@');
        return at < 0 ? bare : "***" + bare.Substring(at);
    }
}

/// <summary>Reads the tenant's discovery document and takes the token endpoint from it, which may be on another host.</summary>
internal static class Discovery
{
    internal const string Path = "identity/.well-known/openid-configuration";

    private const string NotATenant = "Check -Tenant: it must be the host of the ODC Portal, not of an app or of a custom domain. Has the organization's domain changed? Then connect with the new one.";
    private const string Redirected = NotATenant + " If the address is right, a sign-in page of the network or a proxy answered: open it in a browser on this machine.";

    /// <exception cref="OdcException">There is no usable discovery document.</exception>
    internal static async Task<(Uri TokenEndpoint, DateTimeOffset? ServerTime)> ReadAsync(TenantAddress tenant, HttpMessageInvoker http, ICaller caller, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(tenant.Origin, Path));
        request.SetCaller(caller);
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var body = ((BufferedContent)response.Content).Bytes;
        if (!response.IsSuccessStatusCode)
            throw Refused(tenant, response, Redactor.Excerpt(Encoding.UTF8.GetString(body)));
        return (Endpoint(tenant, Parse(tenant, body, response.Content.Headers.ContentType?.MediaType)), response.Headers.Date);
    }

    private static OdcException Refused(TenantAddress tenant, HttpResponseMessage response, string excerpt)
    {
        var status = (int)response.StatusCode;
        var said = (response.Headers.Location is { } location ? $" It leads to {Redactor.Whole(location)}." : "") + (excerpt.Length is 0 or 2 ? "" : " It says: " + excerpt);
        switch (status)
        {
            case 407:
                return new OdcException(
                    OdcErrorCause.ProxyRefused, $"The proxy asks for a sign-in before it lets the connection to {tenant.Host} through (407).{said}", InFront.ProxySignIn);
            case 408 or 429 or >= 500:
                return new OdcException(OdcErrorCause.Unavailable, $"{tenant.Host} is not available: its discovery document answered {status}.{said}", "Try again later.");
            case 401 or 403:
                // Anybody may read the document of a tenant.
                var (cause, message, action) = InFront.Explain($"The discovery document of {tenant.Host}", "ODC", response, excerpt);
                return new OdcException(cause, message, action);
            default:
                return new OdcException(OdcErrorCause.TenantNotFound, $"{tenant.Host} is not an ODC tenant: its discovery document answered {status}.{said}", status is >= 300 and < 400 ? Redirected : NotATenant);
        }
    }

    private static JsonElement Parse(TenantAddress tenant, byte[] body, string? contentType)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { AllowTrailingCommas = true });
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Falls through to the error below, which says what came instead.
        }

        throw new OdcException(
            OdcErrorCause.DiscoveryNotJson,
            $"{tenant.Host} answered its discovery document with {contentType ?? "no content type"} that is not JSON: {Redactor.Excerpt(Encoding.UTF8.GetString(body))}",
            NotATenant);
    }

    private static Uri Endpoint(TenantAddress tenant, JsonElement document)
    {
        if (!document.TryGetProperty("token_endpoint", out var value) || value.ValueKind != JsonValueKind.String
            || !Uri.TryCreate(JsonText.Of(value), UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("https" or "http"))
        {
            throw new OdcException(
                OdcErrorCause.DiscoveryIncomplete, $"The discovery document of {tenant.Host} names no usable token_endpoint.", NotATenant);
        }

        TenantAddress.RequireHttps(
            endpoint, OdcErrorCause.TokenEndpointNotHttps, "the token endpoint",
            "The secret was not sent. Something between this machine and the tenant may have changed the discovery document: check the proxy.");
        return endpoint;
    }
}
