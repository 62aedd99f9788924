using OdcPowerShell.Operations;

namespace OdcPowerShell.EnvironmentConfigurations;

/// <summary>Reads and creates domains, with the names that their answers lack.</summary>
internal static class DomainReader
{
    /// <summary>The domains of a stage.</summary>
    internal static IPagedList<OdcDomain> List(OdcClient client, string stageKey, ListWindow window) =>
        StageParts.Domains(client, stageKey, window).Do((page, caller, stopped) => NameAssetsAsync(client, page, caller, stopped));

    /// <summary>Reads one domain now.</summary>
    internal static async Task<OdcDomain> GetAsync(OdcClient client, string stageKey, string domainKey, ICaller caller, CancellationToken cancellationToken) =>
        await CompleteAsync(client, stageKey, await client.GetAsync(EnvironmentConfigurationsApi.GetDomain, [stageKey, domainKey], query: null, caller, cancellationToken).ConfigureAwait(false), caller, cancellationToken)
            .ConfigureAwait(false);

    /// <summary>Adds the stage and the name of the default app.</summary>
    internal static async Task<OdcDomain> CompleteAsync(OdcClient client, string stageKey, OdcDomain domain, ICaller caller, CancellationToken cancellationToken)
    {
        await NameAssetsAsync(client, [domain.In(client, stageKey)], caller, cancellationToken).ConfigureAwait(false);
        return domain;
    }

    /// <summary>Whether a hostname can be a new custom domain, as far as it is known without a request. Returns it.</summary>
    /// <exception cref="OdcException">OutSystems provides it, or another stage has it.</exception>
    internal static async Task<string> CheckNewAsync(OdcClient client, string stageKey, string hostname, ICaller caller, CancellationToken cancellationToken)
    {
        var stages = client.Names.Stages.Loaded ?? [];
        var suffixes = stages.Select(s => BuiltInPrefix.SuffixOf(s.BuiltinDomain)).OfType<string>();
        if (suffixes.FirstOrDefault(suffix => hostname.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) is { } provided)
        {
            throw new OdcException(
                OdcErrorCause.InvalidRequest, $"{hostname} can't be a custom domain: OutSystems provides the domains that end with {provided}.",
                $"To add a built-in domain: New-OdcBuiltInDomain {hostname.Split('.')[0]} {new BuiltInDomainScope(stageKey, client.Names.Stages.NameOf(stageKey)).Parameter}.");
        }

        foreach (var other in stages.Where(s => s.StageKey is { } key && !string.Equals(key, stageKey, StringComparison.OrdinalIgnoreCase) && StageParts.IsListKept(client, ResourceTypes.Domain, key)))
        {
            var domains = await StageParts.Domains(client, other.StageKey!).ReadAllAsync(caller, cancellationToken).ConfigureAwait(false);
            if (domains.Any(d => string.Equals(d.Hostname, hostname, StringComparison.OrdinalIgnoreCase)))
            {
                throw new OdcException(
                    OdcErrorCause.Conflict, $"The hostname {hostname} is already in use: it is a domain of stage {other.Name ?? other.StageKey}.",
                    "Specify another hostname, or remove the domain there with Remove-OdcDomain. If it was removed in the last minutes: Get-OdcDomain -Refresh.");
            }
        }

        return hostname;
    }

    /// <summary>Creates a domain. A rejection because the stage has the hostname says so.</summary>
    /// <exception cref="OdcException">It was not created.</exception>
    internal static async Task<OdcDomain> CreateAsync(OdcClient client, string stageKey, string hostname, ApiRequest request, ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.SendAsync(request, EnvironmentConfigurationsApi.PostDomain, caller, cancellationToken).ConfigureAwait(false)).In(client, stageKey);
        }
        catch (OdcApiException e) when (e.Cause is OdcErrorCause.InvalidRequest or OdcErrorCause.Conflict)
        {
            if (await FindAsync(client, stageKey, hostname, caller, cancellationToken).ConfigureAwait(false) is not { } existing)
                throw;
            throw new OdcException(
                OdcErrorCause.Conflict, $"The stage {existing.StageName ?? stageKey} already has a domain {hostname}{(existing.CertificateStatus is { } status ? $", whose certificate is {status}" : "")}.",
                $"Get-OdcDomain shows it and its DNS records. To create it anew, remove it first with Remove-OdcDomain.", e);
        }
    }

    /// <summary>What a domain is called: its hostname as it is sent and as people write it, and its name.</summary>
    internal static IEnumerable<string?> NamesOf(OdcDomain domain) => new[] { domain.Hostname, Hostnames.Readable(domain.Hostname), domain.Name }.Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>The certificates of the domains of a stage, as long-running operations. They share the list of their stage.</summary>
    internal static OperationDescriptor CertificatesIn(string? stageKey) => new OperationDescriptor<OdcDomain>(
        "certificate",
        $"Get-OdcDomain -Stage {stageKey} -Domain",
        (client, domain, caller, cancellationToken) => client.GetAsync(EnvironmentConfigurationsApi.GetDomain, [stageKey!, domain.DomainKey!], query: null, caller, cancellationToken),
        (_, domain, _, _) => Task.FromResult<IReadOnlyList<string>>(Reasons(domain)))
    {
        IsScarce = true,
        Advice = "Correct the DNS records (Test-OdcDomain checks them), then remove the domain and create it again.",
        About = (_, domain) => domain.Hostname,
        Awaited = domain => domain.NextSteps,
        NewestFirst = client => StageParts.Domains(client, stageKey!),
        Complete = (before, now) => (now.StageKey, now.StageName, now.DefaultAssetName) =
            (before.StageKey, before.StageName, string.Equals(before.DefaultAssetKey, now.DefaultAssetKey, StringComparison.OrdinalIgnoreCase) ? before.DefaultAssetName : null),
    };

    /// <summary>Why there is no certificate, as the service says it.</summary>
    internal static string? ReasonOf(OdcDomainCertificate? certificate) => (certificate?.StatusErrorCode, certificate?.StatusErrorMessage) switch
    {
        ({ Length: > 0 } code, { Length: > 0 } message) => $"{code}: {message}",
        ({ Length: > 0 } code, _) => code,
        (_, { Length: > 0 } message) => message,
        _ => null,
    };

    private static IReadOnlyList<string> Reasons(OdcDomain domain) => ReasonOf(domain.Certificate) is { } reason ? [reason] : [];

    private static async Task NameAssetsAsync(OdcClient client, IReadOnlyList<OdcDomain> domains, ICaller caller, CancellationToken cancellationToken)
    {
        await client.Names.AssetNames.LearnAsync(domains.Select(d => d.DefaultAssetKey), caller, cancellationToken).ConfigureAwait(false);
        foreach (var domain in domains)
            domain.DefaultAssetName = client.Names.AssetNames.Of(domain.DefaultAssetKey);
    }

    private static async Task<OdcDomain?> FindAsync(OdcClient client, string stageKey, string hostname, ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            return (await StageParts.Domains(client, stageKey).ReadAllAsync(caller, cancellationToken).ConfigureAwait(false)).FirstOrDefault(d => string.Equals(d.Hostname, hostname, StringComparison.OrdinalIgnoreCase));
        }
        catch (OdcException e)
        {
            // The service's own error is written then.
            caller.Verbose($"The domains of the stage can't be read: {e.Message}");
            return null;
        }
    }
}
