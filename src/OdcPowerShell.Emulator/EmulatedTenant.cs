namespace OdcPowerShell.Emulator;

/// <summary>One tenant (organization) of the emulator: its addresses, API clients, data and switches.</summary>
public sealed class EmulatedTenant
{
    internal EmulatedTenant(string name, string organizationName, int port, int identityPort, int storagePort, EmulatorOptions options)
    {
        var derive = new Derivation(options.Seed, name);
        var scheme = options.Certificate is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        Name = name;
        OrganizationName = organizationName;
        RealmId = derive.Guid("realm");
        Url = new Uri($"{scheme}://127.0.0.1:{port}/");
        IdentityUrl = new Uri($"{scheme}://127.0.0.1:{identityPort}/");
        StorageUrl = new Uri($"{scheme}://127.0.0.1:{storagePort}/");
        Issuer = new Uri(IdentityUrl, $"auth/realms/{RealmId}");
        TokenEndpoint = new Uri($"{Issuer}/protocol/openid-connect/token");

        TokenLifetime = options.TokenLifetime;
        EnforceLimits = options.EnforceLimits;
        LimitWindow = options.LimitWindow;
        Latency = options.Latency;
        BulkDuration = options.BulkDuration;

        PortfolioKey = derive.Guid("portfolio");
        Stages = EmulatedStage.Seed(name, derive, PortfolioKey);
        Store = new Store(derive);
        Identity = new EmulatedIdentity(this, derive, options.Users);
        Delivery = new EmulatedDelivery(this, derive, options);
        Subscription = new EmulatedSubscription(this, derive);
        Documents = new Documents(this, derive);
        Clients = ApiClient.Seed(derive);
        ClientsById = Clients.Values.ToDictionary(client => client.ClientId, StringComparer.Ordinal);
    }

    /// <summary>The short name, "acme" or "globex".</summary>
    public string Name { get; }
    /// <summary>Where the portal stands: APIs, discovery document and control API.</summary>
    public Uri Url { get; }
    /// <summary>Where the identity server stands: issuer, keys and token endpoint, another origin than <see cref="Url"/>.</summary>
    public Uri IdentityUrl { get; }
    /// <summary>Where files stand: signed addresses, a third origin.</summary>
    public Uri StorageUrl { get; }
    /// <summary>The identity server's token endpoint.</summary>
    public Uri TokenEndpoint { get; }
    /// <summary>The realm in the issuer's path, also the organization's id.</summary>
    public Guid RealmId { get; }
    /// <summary>The organization's display name.</summary>
    public string OrganizationName { get; }
    /// <summary>The API clients by friendly name: admin, auditor, endusers, deployer, empty, special.</summary>
    public IReadOnlyDictionary<string, ApiClient> Clients { get; }
    /// <summary>The lifetime of access tokens issued from now on.</summary>
    public TimeSpan TokenLifetime { get; set; }
    /// <summary>The length of the window in which requests are counted.</summary>
    public TimeSpan LimitWindow { get; set; }
    /// <summary>Whether requests above the documented limits are answered with 429.</summary>
    public bool EnforceLimits { get; set; }
    /// <summary>Time added to every API answer.</summary>
    public TimeSpan Latency { get; set; }
    /// <summary>How long a bulk operation on users takes.</summary>
    public TimeSpan BulkDuration { get; set; }
    /// <summary>Whether refused credentials are all described with the same words.</summary>
    public bool HideReasons { get; set; }
    /// <summary>What goes wrong with requests; null and <see cref="FaultPlan.None"/> stand for nothing.</summary>
    public FaultPlan? Faults { get; set; }
    /// <summary>What the tenant was asked for.</summary>
    public EmulatorStatistics Statistics { get; } = new();
    /// <summary>All users in the order of their creation.</summary>
    public IReadOnlyList<EmulatedUser> Users => Identity.Users;
    /// <summary>The users created by requests, in the order of their addresses' first use; deleted ones stay here.</summary>
    public IReadOnlyList<CreatedUser> CreatedUsers => Identity.CreatedUsers;
    /// <summary>Users, groups and roles as requests have left them.</summary>
    public EmulatedIdentity Identity { get; }
    /// <summary>The names of the assets that have end-user roles, by key.</summary>
    public IReadOnlyDictionary<Guid, string> AssetNames => Identity.AssetNames;
    /// <summary>The stages in pipeline order.</summary>
    public IReadOnlyList<EmulatedStage> Stages { get; }
    /// <summary>The assets and their way through the stages, and the stages as requests have left them.</summary>
    public EmulatedDelivery Delivery { get; }
    /// <summary>What the organization is entitled to, and what it uses of it.</summary>
    public EmulatedSubscription Subscription { get; }
    internal Uri Issuer { get; }
    internal Guid PortfolioKey { get; }
    internal Store Store { get; }
    internal Documents Documents { get; }
    internal IReadOnlyDictionary<string, ApiClient> ClientsById { get; }
    internal CannedAnswers Canned { get; } = new();
    internal RequestWindows Windows { get; } = new();

    /// <summary>Gives an API, such as "/api/identity/v1", another limit than the documented one; all its versions share it.</summary>
    public void SetLimit(string domainPath, int perWindow) => Windows.SetLimit(ApiDomain.Named(domainPath), perWindow);

    /// <summary>
    /// Has another client of the organization use so many requests of each window of an API, such as "identity", evenly spread and as
    /// if it had always done so; 0 ends it.
    /// </summary>
    public void StealBudget(string domain, int perWindow) => Windows.Steal(ApiDomain.Named(domain), perWindow);

    /// <summary>Answers a path on any port with this instead of the real thing.</summary>
    public void Answer(string path, CannedAnswer answer) => Canned.Set(path, answer);

    /// <summary>Takes all canned answers back.</summary>
    public void ClearAnswers() => Canned.Clear();
}
