namespace OdcPowerShell.Emulator;

/// <summary>A domain that the platform provides, of a stage or of the organization.</summary>
internal sealed record BuiltInDomain(string Prefix, string Domain, bool IsPrimary)
{
    /// <summary>The address of a tenant's portal at its start.</summary>
    public static BuiltInDomain OfOrganization(string tenant) => new(tenant, $"{tenant}.outsystems.dev", IsPrimary: true);
}

/// <summary>The built-in domains of all tenants: each is one tenant's.</summary>
internal sealed class TakenDomains(IEnumerable<string> tenants)
{
    private readonly ConcurrentDictionary<string, bool> _taken = new(
        tenants.SelectMany(tenant => EmulatedStage.BuiltInDomains(tenant).Append(BuiltInDomain.OfOrganization(tenant).Domain)).Select(domain => KeyValuePair.Create(domain, true)), StringComparer.OrdinalIgnoreCase);

    public bool IsTaken(string domain) => _taken.ContainsKey(domain);
    public bool TryTake(string domain) => _taken.TryAdd(domain, true);
    public void Free(string domain) => _taken.TryRemove(domain, out _);
}

/// <summary>The domains, IP filters and private gateway of one stage. Guarded by <see cref="Store"/>.</summary>
internal sealed class StageNetwork(Derivation derive, EmulatedStage stage)
{
    public List<BuiltInDomain> BuiltIn { get; } = [new(stage.BuiltInDomain.Split('.')[0], stage.BuiltInDomain, IsPrimary: true)];
    public List<CustomDomain> Custom { get; } = CustomDomain.Seed(derive, stage);
    /// <summary>The hostname that new apps get: that of a built-in or a custom domain of the stage.</summary>
    public string DefaultDomain { get; set; } = stage.DefaultDomain;
    /// <summary>The IP filter groups; empty until they are first looked at.</summary>
    public List<IpFilterGroup> IpFilterGroups { get; } = [];

    public Gateway Gateway { get; } = new(derive, stage);

    /// <summary>Whether a host name is one of the stage's domains.</summary>
    public bool HasHostname(string hostname) => Custom.Exists(domain => domain.Hostname == hostname) || BuiltIn.Exists(domain => domain.Domain == hostname);

    /// <summary>The stage of a path, for which the client needs a permission.</summary>
    public static (EmulatedStage Stage, StageNetwork Network) Of(Store store, ApiCall call, string permission)
    {
        var stage = store.Stages[call.Key("environmentKey")];
        if (!call.Client.Has(permission, stage.Key))
            throw new ProblemException(Cause.PermissionMissing);
        return (stage, Of(store, stage));
    }

    public static StageNetwork Of(Store store, EmulatedStage stage) =>
        store.Networks.TryGetValue(stage.Key, out var network) ? network : store.Networks[stage.Key] = new StageNetwork(store.Derive, stage);
}
