namespace OdcPowerShell.Http;

/// <summary>Paths that a user wrote.</summary>
internal static class RawPath
{
    /// <summary>Path and query on the tenant; a whole URL is taken when it is the tenant's own.</summary>
    /// <exception cref="OdcException">It leads elsewhere: the token must not go there.</exception>
    internal static string On(Uri origin, string text)
    {
        var relative = text.Trim();
        var isWhole = !relative.StartsWith("/", StringComparison.Ordinal) && relative.Contains("://");
        var isAddress = Uri.TryCreate(isWhole ? relative : origin.GetLeftPart(UriPartial.Authority) + "/" + relative.TrimStart('/'), UriKind.Absolute, out var uri);
        if (!isAddress || uri!.UserInfo.Length > 0 || uri.GetLeftPart(UriPartial.Authority) != origin.GetLeftPart(UriPartial.Authority))
        {
            throw new OdcException(
                OdcErrorCause.InvalidRequest, $"'{Redactor.Excerpt(relative)}' is not a path of {origin.Authority}.",
                "Give a path such as /api/identity/v1/users: requests with the access token go to the connection's tenant only.");
        }

        return uri.PathAndQuery;
    }

    /// <summary>The path with another offset in its query.</summary>
    internal static string WithOffset(string path, string offset)
    {
        var parts = path.Split(['?'], 2);
        var pairs = parts.Length == 1 ? [] : parts[1].Split(['&'], StringSplitOptions.RemoveEmptyEntries)
            .Where(p => !p.StartsWith("offset=", StringComparison.OrdinalIgnoreCase));
        // The code quality API spells its query in capitals.
        var name = parts[0].StartsWith("/api/code-quality/", StringComparison.OrdinalIgnoreCase) ? "Offset" : "offset";
        return parts[0] + "?" + string.Join("&", pairs.Concat([name + "=" + Uri.EscapeDataString(offset)]));
    }
}
