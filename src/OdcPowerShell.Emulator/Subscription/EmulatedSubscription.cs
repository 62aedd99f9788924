namespace OdcPowerShell.Emulator;

/// <summary>The subscription of a tenant: its limits, whose users are internal, and what is used of it.</summary>
public sealed class EmulatedSubscription
{
    private readonly Store _store;
    private readonly EmulatedTenant _tenant;

    internal EmulatedSubscription(EmulatedTenant tenant, Derivation derive)
    {
        (_tenant, _store) = (tenant, tenant.Store);
        InternalDomains = tenant.IsEmpty ? [] : [$"{tenant.Name}.example", "contractors.example"];
        ActivationCode = $"activation-code-{derive.Text("subscription/activation-code")}";
        Usage = new UsageMeter(tenant);
    }

    /// <summary>The activation code of the organization; easy to find wherever it should not be.</summary>
    public string ActivationCode { get; }

    /// <summary>Whether all users are internal, whatever their domain.</summary>
    public bool AreAllInternal { get; private set; }

    /// <summary>The domains whose users are internal, unless all are.</summary>
    public IReadOnlyList<string> InternalDomains { get; private set; }

    internal UsageMeter Usage { get; }

    /// <summary>What is used of an entitlement now, in a stage or in the organization.</summary>
    public double Used(string entitlement, Guid? stage = null) => _store.Use(() => Usage.At(Entitlement.Find(entitlement), stage, _store.Now));

    /// <summary>What an asset uses of an entitlement in a stage now.</summary>
    public double Used(string entitlement, Guid stage, Guid asset) => _store.Use(() =>
        Usage.Of(Entitlement.Find(entitlement), _store.Deployed[(asset, stage)], _store.Now));

    /// <summary>How many users are internal, or external; those with a role in a stage, or all.</summary>
    internal int Users(bool areInternal, Guid? stage) => _tenant.Identity.UserTable.All.Count(user =>
        IsInternal(user.Email) == areInternal && (stage is null || user.Roles.Any(role => role.StageKey == stage)));

    internal void Change(bool areAllInternal, IReadOnlyList<string> domains) => (AreAllInternal, InternalDomains) = (areAllInternal, domains);

    private bool IsInternal(string email) =>
        AreAllInternal || InternalDomains.Contains(email[(email.LastIndexOf('@') + 1)..], StringComparer.OrdinalIgnoreCase);
}

/// <summary>An entitlement: what it limits, and by how much in the organization and in each stage; null where it is none.</summary>
/// <param name="Id">The name in requests.</param>
/// <param name="Name">The name in the portal.</param>
/// <param name="Unit">What is counted; null for a plain number.</param>
/// <param name="Aggregation">How usage is counted when a request does not say.</param>
/// <param name="OfOrganization">The limit of the organization.</param>
/// <param name="OfStage">The limit of a stage.</param>
internal sealed record Entitlement(string Id, string Name, string? Unit, string Aggregation, string? OfOrganization, string? OfStage)
{
    public static IReadOnlyList<Entitlement> All { get; } =
    [
        new("applicationObjects", "Application Objects", null, "Total", "4500", "4500") { IsOfAssets = true },
        new("internalUsers", "Internal Users", "user", "Total", "200", "200"),
        new("externalUsers", "External Users", "user", "Total", "1000", "1000"),
        new("appAnalyticsStreamLimit", "App Analytics Streams", null, "Total", "2", null),
        new("maxComputeReplicas", "Compute Replicas", null, "Max", null, "64") { IsOfAssets = true },
        new("maxDbCompute", "Database Compute", "unit", "Max", null, "8"),
        new("maxDbStorage", "Database Storage", "gigabyte", "Max", null, "62.5") { DataType = "Float" },
        new("maxCustomCodeTotalDuration", "Custom Code Duration", "second", "Total", null, "360000") { IsOfAssets = true, IsSum = true },
        new("agentExecutions", "Agent Executions", null, "Total", null, null) { IsOfAssets = true, IsSum = true },
        new("privateGateway", "Private Gateway", null, "", "true", "true") { DataType = "Bool", Kind = "feature", IsMeasured = false },
        new("supportLevel", "Support Level", null, "", "Premium", null) { DataType = "Str", Kind = "other", IsMeasured = false },
    ];

    public string DataType { get; init; } = "Int";
    public string Kind { get; init; } = "limit";
    /// <summary>Whether usage is counted.</summary>
    public bool IsMeasured { get; init; } = true;
    /// <summary>Whether usage is that of assets, together.</summary>
    public bool IsOfAssets { get; init; }
    /// <summary>Whether the usage of a period is a sum, and not a level.</summary>
    public bool IsSum { get; init; }

    /// <summary>Those of the organization, or of stages. Agents have no limit, and are counted in stages.</summary>
    public static IEnumerable<Entitlement> Of(bool isStage) =>
        All.Where(entitlement => isStage ? entitlement.OfStage is not null || entitlement.Id == "agentExecutions" : entitlement.OfOrganization is not null);

    public static Entitlement Find(string id) => All.First(entitlement => entitlement.Id == id);
}
