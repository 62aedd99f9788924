using System.Globalization;

namespace OdcPowerShell.Cmdlets.Subscription;

/// <summary>Changes which e-mail domains the subscription counts as internal.</summary>
/// <remarks>
/// <para>This changes who counts as an internal and who as an external user, and so the usage of both entitlements. It asks before it is sent.</para>
/// <para>-InternalEmailDomain replaces the whole list, and users of other domains become external. -AllDomainsInternal makes all users internal and keeps the list: it reads the configuration first, because the service expects both values. -AllDomainsInternal:$false makes the list count again.</para>
/// </remarks>
/// <example>
/// <code>Set-OdcSubscriptionConfiguration -InternalEmailDomain acme.com, acme.example -WhatIf</code>
/// <para>Shows the request that would make the users of two domains internal.</para>
/// </example>
/// <example>
/// <code>Set-OdcSubscriptionConfiguration -InternalEmailDomain ((Get-OdcSubscriptionConfiguration).InternalEmailDomains + 'new.example') -PassThru -Confirm:$false</code>
/// <para>Adds a domain without asking, and writes the changed configuration.</para>
/// </example>
/// <example>
/// <code>Set-OdcSubscriptionConfiguration -AllDomainsInternal -WhatIf</code>
/// <para>Shows the request that would make all users internal.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "OdcSubscriptionConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.PatchOrganizationConfigurations))]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.GetOrganizationConfigurations), With = "AllDomainsInternal or PassThru")]
[OutputType(typeof(OdcSubscriptionConfiguration))]
public sealed class SetOdcSubscriptionConfigurationCommand : ChangeCmdlet
{
    /// <summary>The e-mail domains whose users are internal, for example acme.com. They replace the list.</summary>
    [Parameter(Position = 0)]
    [BodyParameter("internalEmailDomains")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? InternalEmailDomain { get; set; }

    /// <summary>Makes all users internal, whatever the domain of their e-mail; $false makes the list of domains count again.</summary>
    [Parameter]
    [BodyParameter("areAllEmailDomainsInternal")]
    [ValueRequired]
    public SwitchParameter AllDomainsInternal { get; set; }

    /// <summary>Writes the changed configuration.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    private bool IsForAll => IsTyped(nameof(AllDomainsInternal));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var domains = Run(ReadDomainsAsync);
        var body = new RequestBody().Add("areAllEmailDomainsInternal", AllDomainsInternal).Add("internalEmailDomains", domains);
        var what = AllDomainsInternal ? "All users become internal" : $"Users of {(domains.Length == 0 ? "no domain" : string.Join(", ", domains))} become internal, all others external";
        if (SendChange(what, Client.Origin.Host, SubscriptionApi.PatchOrganizationConfigurations, [], body) && PassThru)
            Write(Run(stopped => Client.GetAsync(SubscriptionApi.GetOrganizationConfigurations, [], query: null, Caller, stopped)));
    }

    // The list as it will be: the service expects it also when it does not change.
    private async Task<string[]> ReadDomainsAsync(CancellationToken stopped)
    {
        if (InternalEmailDomain is not null && IsForAll)
            throw new OdcException(OdcErrorCause.InvalidRequest, "-InternalEmailDomain and -AllDomainsInternal exclude each other: either some domains are internal, or all.", "Leave one out.");
        if (InternalEmailDomain is not null)
            return [.. InternalEmailDomain.Select(EmailDomain.Check).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (!IsForAll)
            throw RequestBody.Nothing("-InternalEmailDomain or -AllDomainsInternal");
        var now = await Client.GetAsync(SubscriptionApi.GetOrganizationConfigurations, [], query: null, Caller, stopped);
        return [.. now.InternalEmailDomains ?? (AllDomainsInternal ? [] : throw new OdcException(
            OdcErrorCause.UnexpectedResponse, "The service did not return the list of internal domains, without which all users would become external.", "Specify the domains with -InternalEmailDomain."))];
    }
}

/// <summary>The domain of e-mail addresses.</summary>
internal static class EmailDomain
{
    private const int LongestLabel = 63;
    private const int Longest = 253;

    /// <summary>The domain without spaces around it.</summary>
    /// <exception cref="OdcException">It is not a domain.</exception>
    internal static string Check(string text)
    {
        var domain = text.Trim();
        var labels = domain.Split('.');
        if (domain.Length <= Longest && labels.Length > 1 && labels.All(IsLabel))
            return domain;
        var found = domain.Substring(domain.LastIndexOf('@') + 1);
        var isAddress = found != domain && found.Split('.') is { Length: > 1 } parts && parts.All(IsLabel);
        throw new OdcException(
            OdcErrorCause.InvalidRequest, $"'{Redactor.Excerpt(domain)}' is not the domain of an e-mail address.", isAddress ? $"Specify the part behind the @: {found}." : "Specify a domain such as acme.com, without @, address or wildcards.");
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel && label[0] != '-' && label[label.Length - 1] != '-' && label.All(c => c == '-' || char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark);
}
