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

/// <summary>Finds out whether a stage has a domain.</summary>
internal static class StageHostnames
{
    /// <summary>
    /// The domains among which one was looked for in vain; null if the stage has it, or if the API client may not see its domains. The domains in
    /// the list of stages are known already. Any other takes one request: for a built-in domain the list of those, else the list of all.
    /// </summary>
    internal static async Task<IReadOnlyList<string>?> MissingAmongAsync(OdcClient client, OdcStage stage, string hostname, ICaller caller, CancellationToken cancellationToken)
    {
        if (Is(stage.BuiltinDomain) || Is(stage.DefaultDomain))
            return null;
        try
        {
            IReadOnlyList<string> known = BuiltInPrefix.IsUnder(hostname, BuiltInPrefix.SuffixOf(stage.BuiltinDomain))
                ? [.. (await new BuiltInDomainScope(stage.StageKey, stage.Name).ReadAsync(client, caller, cancellationToken).ConfigureAwait(false)).Select(d => d.Domain).OfType<string>()]
                : [.. (await StageParts.Domains(client, stage.StageKey!).ReadAllAsync(caller, cancellationToken).ConfigureAwait(false)).Select(d => d.Hostname).OfType<string>()];
            return known.Any(Is) ? null : known;
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.AccessDenied)
        {
            caller.Verbose($"Whether the stage has the domain {hostname} was not checked: the API client lacks {e.RequiredPermission}.");
            return null;
        }

        bool Is(string? domain) => string.Equals(domain, hostname, StringComparison.OrdinalIgnoreCase);
    }
}
