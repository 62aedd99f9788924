using System.Text.RegularExpressions;

namespace OdcPowerShell.Emulator;

/// <summary>A custom domain of a stage. Guarded by <see cref="Store"/>.</summary>
internal sealed class CustomDomain(Guid key, string hostname, string? name)
{
    public Guid Key => key;
    public string Hostname => hostname;
    public string Name => name ?? hostname;
    public Guid? DefaultAsset { get; set; }
    public string Redirect { get; set; } = "Permanent";
    /// <summary>The issue of its certificate; null where there was one from the start.</summary>
    public TimedOperation? Issue { get; init; }
    public TimedOperation? Removal { get; set; }

    /// <summary>The domain that a stage has at its start: its default domain, if OutSystems does not provide that.</summary>
    public static List<CustomDomain> Seed(Derivation derive, EmulatedStage stage) =>
        stage.DefaultDomain == stage.BuiltInDomain ? [] : [new CustomDomain(KeyOf(derive, stage.DefaultDomain), stage.DefaultDomain, $"Apps of {stage.Name}")];

    /// <summary>The key of a domain that was there from the start.</summary>
    public static Guid KeyOf(Derivation derive, string hostname) => derive.Guid($"domain/{hostname}");

    public string StatusAt(DateTimeOffset now)
    {
        if (Removal?.StatusAt(now) is { } removing)
            return removing;
        return Issue?.StatusAt(now) is { } issuing and not "Finished" ? issuing : "Active";
    }

    public object Certificate(DateTimeOffset now)
    {
        var status = StatusAt(now);
        // The record is made before it is asked for.
        var isKnown = status != "Creating";
        var hasFailed = status == "Failed";
        return new
        {
            status, CNameKey = isKnown ? $"_{key.ToString("N")[..16]}.{hostname}." : null, CNameValue = isKnown ? $"_{key.ToString("N")[16..]}.validations.outsystems.app." : null,
            RenewalEligibility = status == "Active", StatusErrorCode = hasFailed ? "VALIDATION_TIMED_OUT" : null,
            StatusErrorMessage = !hasFailed ? null : (Removal ?? Issue)!.Plan.Messages is [var reason, ..] ? reason : "The validation record was not found within 72 hours.",
        };
    }
}

/// <summary>The domains of stages: those that OutSystems provides, and custom ones, whose certificates take time.</summary>
internal sealed partial class DomainsApi(Store store)
{
    private const string Domains = "/api/environment-configurations/v1/environments/{environmentKey}/domains";
    private static readonly string[] s_redirects = ["Permanent", "Temporary", "None"];

    public void Map(ApiMap map)
    {
        map.Get(Domains, Access.AnyPermission, List);
        map.Get($"{Domains}/{{domainKey}}", Access.AnyPermission, call =>
        {
            var (stage, network) = StageNetwork.Of(store, call, Permission.ViewConfigurations);
            var key = call.Key("domainKey");
            return network.BuiltIn.Find(builtIn => CustomDomain.KeyOf(store.Derive, builtIn.Domain) == key) is { } provided ? Body(network, provided) : Body(stage, network, Find(network, key));
        });
        map.Post<CreateBody>(Domains, Access.AnyPermission, Create);
        map.PatchAnswered<PatchBody>($"{Domains}/{{domainKey}}", Access.AnyPermission, Change);
        map.Delete($"{Domains}/{{domainKey}}", Access.AnyPermission, Remove);
    }

    private static CustomDomain Find(StageNetwork network, Guid key) => network.Custom.Find(domain => domain.Key == key) ?? throw ProblemException.NotFound("domain", key);

    private object List(ApiCall call)
    {
        var (stage, network) = StageNetwork.Of(store, call, Permission.ViewConfigurations);
        return Paging.Totals.Read<object, object>(call.Query, body => body)(
            [.. network.BuiltIn.Select(provided => Body(network, provided)), .. network.Custom.Select(domain => Body(stage, network, domain))]);
    }

    private object Create(ApiCall call, CreateBody body)
    {
        var (stage, network) = StageNetwork.Of(store, call, Permission.ManageDomains);
        var hostname = body.Hostname ?? throw ProblemException.Missing("hostname");
        if (!HostnamePattern().IsMatch(hostname))
            throw new ProblemException(400, 50, $"'{hostname}' is not a valid hostname.");
        if (store.Stages.All.Any(other => StageNetwork.Of(store, other).Custom.Exists(domain => domain.Hostname == hostname)))
            throw new ProblemException(409, 1, $"The hostname '{hostname}' is already in use.");
        var issue = new TimedOperation(EmulatedOperation.DomainCertificate, store.NewKey("domain"), call.By, stage: stage.Key);
        var domain = new CustomDomain(issue.Key, hostname, body.Name) { Issue = issue };
        store.Start(issue);
        network.Custom.Add(domain);
        return Body(stage, network, domain);
    }

    // A member that is missing counts as null, as in most services of this kind.
    private object Change(ApiCall call, PatchBody body)
    {
        var (stage, network) = StageNetwork.Of(store, call, Permission.ManageDomains);
        var domain = Find(network, call.Key("domainKey"));
        if (body.DefaultApplicationKey is { } asset && !store.Deployed.ContainsKey((asset, stage.Key)))
            throw new ProblemException(400, 51, $"The application '{asset}' is not deployed in the environment.");
        var redirect = body.RedirectOption ?? "Permanent";
        if (!s_redirects.Contains(redirect, StringComparer.Ordinal))
            throw new ProblemException(400, 52, $"'{redirect}' is not a redirect option.");
        (domain.DefaultAsset, domain.Redirect) = (body.DefaultApplicationKey, redirect);
        return new { Domain = Body(stage, network, domain) };
    }

    private void Remove(ApiCall call)
    {
        var (stage, network) = StageNetwork.Of(store, call, Permission.ManageDomains);
        var domain = Find(network, call.Key("domainKey"));
        if (domain.Removal is { HasEnded: false })
            return;
        domain.Removal = new TimedOperation(EmulatedOperation.DomainRemoval, domain.Key, call.By, stage: stage.Key)
        {
            Effect = () =>
            {
                network.Custom.Remove(domain);
                if (network.DefaultDomain == domain.Hostname)
                    network.DefaultDomain = network.BuiltIn.Find(builtIn => builtIn.IsPrimary)?.Domain ?? stage.BuiltInDomain;
            },
        };
        store.Start(domain.Removal);
    }

    private object Body(StageNetwork network, BuiltInDomain provided) => new
    {
        Id = CustomDomain.KeyOf(store.Derive, provided.Domain), Name = provided.Prefix, Hostname = provided.Domain, CNameValue = (string?)null, BuiltIn = true, Certificate = (object?)null,
        IsDefault = network.DefaultDomain == provided.Domain, DefaultApplicationKey = (Guid?)null, RedirectOption = "None",
    };

    private object Body(EmulatedStage stage, StageNetwork network, CustomDomain domain) => new
    {
        Id = domain.Key, domain.Name, domain.Hostname, CNameValue = stage.BuiltInDomain, BuiltIn = false, Certificate = domain.Certificate(store.Now),
        IsDefault = network.DefaultDomain == domain.Hostname, DefaultApplicationKey = domain.DefaultAsset, RedirectOption = domain.Redirect,
    };

    [GeneratedRegex(@"^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex HostnamePattern();

    private sealed record CreateBody(string? Hostname, string? Name);

    private sealed record PatchBody(Guid? DefaultApplicationKey, string? RedirectOption);
}
