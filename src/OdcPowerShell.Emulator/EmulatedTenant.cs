namespace OdcPowerShell.Emulator;

/// <summary>One tenant (organization) of the emulator: its addresses, API clients, data and switches.</summary>
public sealed class EmulatedTenant
{
    internal EmulatedTenant(string name, string organizationName, int[] ports, EmulatorOptions options, TakenDomains domains)
    {
        Domains = domains;
        var derive = Derive = new Derivation(options.Seed, name);
        var scheme = options.Certificate is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        Name = name;
        OrganizationName = organizationName;
        RealmId = derive.Guid("realm");
        Uri[] origins = Array.ConvertAll(ports, port => new Uri($"{scheme}://127.0.0.1:{port}/"));
        (Url, IdentityUrl, StorageUrl) = (origins[0], origins[1], origins[2]);
        Issuer = new Uri(IdentityUrl, $"auth/realms/{RealmId}");
        TokenEndpoint = new Uri($"{Issuer}/protocol/openid-connect/token");

        (TokenLifetime, EnforceLimits, LimitWindow) = (options.TokenLifetime, options.EnforceLimits, options.LimitWindow);
        (Latency, BulkDuration) = (options.Latency, options.BulkDuration);
        PortfolioKey = derive.Guid("portfolio");
        IsEmpty = options.IsEmpty;
        Stages = EmulatedStage.Seed(name, derive, PortfolioKey);
        if (IsEmpty)
            Stages = [.. Stages.Select(stage => stage with { DefaultDomain = stage.BuiltInDomain })];
        Store = new Store(derive, options);
        Store.OrganizationDomains.Add(BuiltInDomain.OfOrganization(name));
        Identity = new EmulatedIdentity(this, derive, options.Users);
        Delivery = new EmulatedDelivery(this, derive, options);
        CodeQuality = new EmulatedCodeQuality(Store, derive);
        Subscription = new EmulatedSubscription(this, derive);
        Documents = new Documents(this, derive);
        Clients = ApiClient.Seed(derive);
        ClientsById = Clients.Values.ToDictionary(client => client.ClientId, StringComparer.Ordinal);
    }

    /// <summary>The short name, "acme" or "globex".</summary>
    public string Name { get; }
    /// <summary>The portal: APIs, discovery document and control API.</summary>
    public Uri Url { get; }
    /// <summary>The identity server: issuer, keys and token endpoint, another origin than <see cref="Url"/>.</summary>
    public Uri IdentityUrl { get; }
    /// <summary>The storage of files, with signed URLs: a third origin.</summary>
    public Uri StorageUrl { get; }
    public Uri TokenEndpoint { get; }
    /// <summary>The realm in the issuer's path, also the organization's id.</summary>
    public Guid RealmId { get; }
    public string OrganizationName { get; }
    /// <summary>The API clients by friendly name: admin, auditor, endusers, deployer, empty, special.</summary>
    public IReadOnlyDictionary<string, ApiClient> Clients { get; }
    public TimeSpan TokenLifetime { get; set; }
    public TimeSpan LimitWindow { get; set; }
    public bool EnforceLimits { get; set; }
    public TimeSpan Latency { get; set; }
    public TimeSpan BulkDuration { get; set; }
    /// <summary>Whether all rejected credentials are described with the same words.</summary>
    public bool HideReasons { get; set; }
    /// <summary>The faults of requests; null: none.</summary>
    public FaultPlan? Faults { get; set; }
    public EmulatorStatistics Statistics { get; } = new();
    public IReadOnlyList<EmulatedUser> Users => Identity.Users;
    public EmulatedIdentity Identity { get; }
    public IReadOnlyList<EmulatedStage> Stages { get; }
    public EmulatedDelivery Delivery { get; }
    /// <summary>The findings of code analyses, and which revisions were analysed.</summary>
    public EmulatedCodeQuality CodeQuality { get; }
    /// <summary>What the organization is entitled to, and what it uses of it.</summary>
    public EmulatedSubscription Subscription { get; }
    /// <summary>Whether it has only what its administrators can't remove.</summary>
    internal bool IsEmpty { get; }
    internal Uri Issuer { get; }
    internal Guid PortfolioKey { get; }
    internal Derivation Derive { get; }
    internal Store Store { get; }
    internal Documents Documents { get; }
    internal TakenDomains Domains { get; }
    internal IReadOnlyDictionary<string, ApiClient> ClientsById { get; }
    internal CannedAnswers Canned { get; } = new();
    internal RequestWindows Windows { get; } = new();

    /// <summary>
    /// Lets another client of the organization use so many requests of each window of an API, such as "identity", evenly spread and as
    /// if it had always done so; 0 stops it.
    /// </summary>
    public void StealBudget(string domain, int perWindow) => Windows.Steal(ApiDomain.Named(domain), perWindow);

    /// <summary>The valid token of the private gateway of a stage; empty before one was issued.</summary>
    public string GatewayToken(Guid stage) => Store.Use(() => Store.Networks.GetValueOrDefault(stage)?.Gateway.Token ?? "");

    public void Answer(string path, CannedAnswer answer) => Canned.Set(path, answer);
    public void ClearAnswers() => Canned.Clear();
}
