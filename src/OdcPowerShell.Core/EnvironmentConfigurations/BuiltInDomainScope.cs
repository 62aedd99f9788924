using OdcPowerShell.Organization;

namespace OdcPowerShell.EnvironmentConfigurations;

/// <summary>What has built-in domains: a stage or, without a stage, the organization. Both have the same operations.</summary>
internal sealed record BuiltInDomainScope(string? StageKey = null, string? StageName = null)
{
    internal bool IsOrganization => StageKey is null;

    internal Operation<OdcBuiltInDomainAvailability> Check => IsOrganization ? OrganizationApi.CheckBuiltInDomain : EnvironmentConfigurationsApi.CheckBuiltInDomain;

    internal Operation Post => IsOrganization ? OrganizationApi.PostBuiltInDomain : EnvironmentConfigurationsApi.PostBuiltInDomain;

    internal Operation Patch => IsOrganization ? OrganizationApi.PatchBuiltInDomain : EnvironmentConfigurationsApi.PatchBuiltInDomain;

    internal Operation Delete => IsOrganization ? OrganizationApi.DeleteBuiltInDomain : EnvironmentConfigurationsApi.DeleteBuiltInDomain;

    internal string[] Keys => StageKey is null ? [] : [StageKey];

    /// <summary>The parameter of commands that messages suggest.</summary>
    internal string Parameter => IsOrganization ? "-Organization" : $"-Stage {MessageText.Quoted(StageName ?? StageKey)}";

    private Operation<Page<OdcBuiltInDomain>> ListOperation => IsOrganization ? OrganizationApi.ListBuiltInDomains : EnvironmentConfigurationsApi.ListBuiltInDomains;

    /// <summary>All built-in domains, in one request. The service names a next page, but has no way to ask for it.</summary>
    internal async Task<IReadOnlyList<OdcBuiltInDomain>> ReadAsync(OdcClient client, ICaller caller, CancellationToken cancellationToken)
    {
        var page = await client.GetAsync(ListOperation, Keys, query: null, caller, cancellationToken).ConfigureAwait(false);
        var domains = page.Results ?? [];
        foreach (var domain in domains)
            Complete(domain);
        if (page.Info?.NextPageOffset is not null && !(page.Info.TotalResults <= domains.Count))
            caller.Warning($"The list of the built-in domains of {this} is not complete: the service has more than these {domains.Count}, and no way to ask for them. The ODC Portal shows all.");
        return domains;
    }

    /// <summary>
    /// The built-in domains as far as the API client may see them. A list that was kept is read again if it does not fit: another client may have
    /// changed something since.
    /// </summary>
    internal async Task<VisibleDomains> ReadVisibleAsync(OdcClient client, Func<VisibleDomains, bool> fits, ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            var wasKept = client.Kept.Find(ListOperation.Request(Keys)) is not null;
            var domains = new VisibleDomains(await ReadAsync(client, caller, cancellationToken).ConfigureAwait(false));
            if (!wasKept || fits(domains))
                return domains;
            client.Kept.Forget();
            return new VisibleDomains(await ReadAsync(client, caller, cancellationToken).ConfigureAwait(false));
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.AccessDenied)
        {
            caller.Verbose($"The built-in domains of {this} were not checked: {Permission.Lacks(e.RequiredPermission)}.");
            return new VisibleDomains(All: null);
        }
    }

    /// <summary>The same as a list.</summary>
    internal IPagedList<OdcBuiltInDomain> List(OdcClient client) => new OffsetPages<OdcBuiltInDomain>(
        async (_, _, caller, stopped) => new Page<OdcBuiltInDomain> { Results = await ReadAsync(client, caller, stopped).ConfigureAwait(false) }, new ListWindow());

    /// <summary>Whether the prefix in a body is available.</summary>
    internal async Task<OdcBuiltInDomainAvailability> CheckAsync(OdcClient client, ApiBody body, ICaller caller, CancellationToken cancellationToken)
    {
        var availability = await client.SendAsync(Check.Request(Keys, body: body), Check, caller, cancellationToken).ConfigureAwait(false);
        Complete(availability);
        return availability;
    }

    /// <summary>The same stage, whether its name is known or not.</summary>
    public bool Equals(BuiltInDomainScope? other) => other is not null && string.Equals(StageKey, other.StageKey, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(StageKey ?? "");

    public override string ToString() => IsOrganization ? "the organization" : $"stage {StageName ?? StageKey}";

    private void Complete(IOfStage part) => (part.StageKey, part.StageName) = (StageKey, StageName);
}

/// <summary>The built-in domains of a stage or of the organization; null where the API client may not see them.</summary>
internal sealed record VisibleDomains(IReadOnlyList<OdcBuiltInDomain>? All)
{
    internal OdcBuiltInDomain? Primary => All?.FirstOrDefault(d => d.IsPrimary == true);

    /// <summary>The domain of a prefix, or of a whole domain.</summary>
    internal OdcBuiltInDomain? Find(string? text) =>
        All?.FirstOrDefault(d => string.Equals(d.Prefix, text, StringComparison.OrdinalIgnoreCase) || string.Equals(d.Domain, text, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The prefix of a built-in domain: one label of a host name, which users may also write as the whole domain.</summary>
internal static class BuiltInPrefix
{
    private const int LongestLabel = 63;
    private const string Rules = "Use from 1 to 63 characters: letters a to z, digits and hyphens, and no hyphen at either end. Letters of other alphabets are not possible.";

    /// <summary>The part of a built-in domain after its prefix, with the dot before it.</summary>
    internal static string? SuffixOf(string? domain) => domain?.IndexOf('.') is > 0 and var dot ? domain.Substring(dot) : null;

    /// <summary>Whether a host name is one label before the suffix.</summary>
    internal static bool IsUnder(string hostname, string? suffix) =>
        suffix is not null && hostname.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) && hostname.IndexOf('.') == hostname.Length - suffix.Length;

    /// <summary>The prefix as it is sent, of a prefix or of a whole built-in domain.</summary>
    /// <param name="text">What the user specified.</param>
    /// <param name="suffix">The suffix of the built-in domains there; null if it is not known.</param>
    /// <param name="scope">Whose domain it is.</param>
    /// <exception cref="OdcException">It can't be one.</exception>
    internal static string Of(string text, string? suffix, BuiltInDomainScope scope)
    {
        var prefix = IsUnder(text, suffix) ? text.Substring(0, text.Length - suffix!.Length) : text;
        if (prefix.IndexOf('.') >= 0)
        {
            throw new OdcException(
                OdcErrorCause.InvalidRequest,
                $"'{Redactor.Excerpt(text)}' is a whole domain{(suffix is null ? "." : $", and not a built-in one of {scope}: those end with {suffix}.")}",
                $"Specify only the part before the first dot, such as {prefix.Split('.')[0]}. New-OdcDomain adds a domain of your own to a stage.");
        }

        if (!prefix.All(IsAllowed))
            throw Wrong(text, $"it contains {Shown(prefix.First(c => !IsAllowed(c)))}.", Rules);
        return prefix.Length is > 0 and <= LongestLabel && prefix[0] != '-' && prefix[prefix.Length - 1] != '-'
            ? prefix.ToLowerInvariant()
            : throw Wrong(text, prefix.Length > LongestLabel ? $"it has {prefix.Length} characters." : prefix.Length == 0 ? "it is empty." : "it begins or ends with a hyphen.", Rules);
    }

    private static bool IsAllowed(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-';

    private static string Shown(char c) => char.IsControl(c) || char.IsSurrogate(c) ? FormattableString.Invariant($"the character U+{(int)c:X4}") : $"'{c}'";

    private static OdcException Wrong(string text, string why, string action) =>
        new(OdcErrorCause.InvalidRequest, $"'{Redactor.Excerpt(text)}' is not the prefix of a built-in domain: {why}", action);
}
