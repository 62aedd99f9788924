namespace OdcPowerShell.Authentication;

/// <summary>The tenant's host, taken from a host name or from any URL of the tenant, portal pages included.</summary>
internal sealed record TenantAddress(Uri Origin)
{
    /// <summary>Host, with the port where it is not the usual one.</summary>
    internal string Host => Origin.Authority;

    /// <summary>As it is kept beside a secret: the host, or the whole address where that is not plain https.</summary>
    internal string Stored => Origin.Scheme == Uri.UriSchemeHttps ? Host : Origin.GetLeftPart(UriPartial.Authority);

    /// <summary>The first label of the host: what a connection is called unless it is given a name.</summary>
    internal string Label => Origin.HostNameType == UriHostNameType.Dns ? Origin.Host.Split('.')[0] : Host;

    /// <exception cref="OdcException">Not an address, or not https.</exception>
    internal static TenantAddress Parse(string? text)
    {
        var trimmed = text?.Trim();
        if (string.IsNullOrEmpty(trimmed))
        {
            throw new OdcException(
                OdcErrorCause.TenantMissing, "No tenant was given.",
                "Give -Tenant (for example acme.outsystems.dev), or store it with the secret: Register-OdcCredential -Tenant.");
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
                "Give the host name of the ODC Portal, or any of its URLs: acme.outsystems.dev, https://acme.outsystems.dev/.");
        }

        RequireHttps(uri, OdcErrorCause.TenantNotHttps, "the tenant", "Give the address with https.");
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
