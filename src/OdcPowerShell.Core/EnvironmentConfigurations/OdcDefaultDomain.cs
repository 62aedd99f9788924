using OdcPowerShell.Portfolios;

namespace OdcPowerShell.EnvironmentConfigurations;

/// <summary>The domain that new apps of a stage get.</summary>
[Columns("StageName 24", "DefaultDomain")]
public sealed class OdcDefaultDomain : OdcResource, IOfStage
{
    public string? DefaultDomain { get; set; }

    [JsonIgnore]
    public string? StageKey { get; set; }

    [JsonIgnore]
    public string? StageName { get; set; }

    public override string ToString() => DefaultDomain ?? "";
}

/// <summary>What a search for a domain of a stage brought: the domains among which it was not found, or the domain itself if it was read.</summary>
internal sealed record HostnameSearch(IReadOnlyList<string>? Missing = null, OdcDomain? Found = null);

/// <summary>Finds out whether a stage has a domain.</summary>
internal static class StageHostnames
{
    /// <summary>
    /// Looks for a domain among those of a stage. Nothing is missing if the stage has it, or if the API client may not see its domains. The domains in
    /// the list of stages are known already. Any other takes one request: for a built-in domain the list of those, else the list of all.
    /// </summary>
    internal static async Task<HostnameSearch> SearchAsync(OdcClient client, OdcStage stage, string hostname, ICaller caller, CancellationToken cancellationToken)
    {
        if (Is(stage.BuiltinDomain) || Is(stage.DefaultDomain))
            return new HostnameSearch();
        try
        {
            if (BuiltInPrefix.IsUnder(hostname, BuiltInPrefix.SuffixOf(stage.BuiltinDomain)))
            {
                var builtIn = (await new BuiltInDomainScope(stage.StageKey, stage.Name).ReadAsync(client, caller, cancellationToken).ConfigureAwait(false)).Select(d => d.Domain).OfType<string>().ToList();
                return new HostnameSearch(builtIn.Any(Is) ? null : builtIn);
            }

            var all = await StageParts.Domains(client, stage.StageKey!).ReadAllAsync(caller, cancellationToken).ConfigureAwait(false);
            return all.FirstOrDefault(d => Is(d.Hostname)) is { } found ? new HostnameSearch(Found: found) : new HostnameSearch([.. all.Select(d => d.Hostname).OfType<string>()]);
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.AccessDenied)
        {
            caller.Verbose($"Whether the stage has the domain {hostname} was not checked: {Permission.Lacks(e.RequiredPermission)}.");
            return new HostnameSearch();
        }

        bool Is(string? domain) => string.Equals(domain, hostname, StringComparison.OrdinalIgnoreCase);
    }
}
