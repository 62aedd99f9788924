namespace OdcPowerShell.Emulator;

/// <summary>An API client of a tenant, as the portal shows it.</summary>
public sealed class ApiClient
{
    private readonly Derivation _derive;
    private readonly string _name;
    private readonly ConcurrentDictionary<Guid, HashSet<string>> _permissionsByStage = new();
    private HashSet<string> _permissions;
    private int _rotations;

    internal ApiClient(string name, Derivation derive, IEnumerable<string> permissions, Func<string, string>? decorate = null)
    {
        _name = name;
        _derive = derive;
        _permissions = new HashSet<string>(permissions, StringComparer.Ordinal);
        ClientId = IdOf(name, derive);
        Secret = (decorate ?? (secret => secret))(derive.Text($"secret/{name}/0"));
        SecretExpiresOn = NinetyDays();
    }

    /// <summary>The client id, which a new secret does not change.</summary>
    public string ClientId { get; }
    public string Secret { get; private set; }
    /// <summary>When the secret expires; tokens that were issued stay valid.</summary>
    public DateTimeOffset SecretExpiresOn { get; set; }
    /// <summary>Whether the client is suspended: it gets no new tokens, and its tokens are rejected.</summary>
    public bool Suspended { get; private set; }

    /// <summary>The permissions by the names of the API documentation, such as "Stage > View stage".</summary>
    public IReadOnlyCollection<string> Permissions
    {
        get => _permissions;
        set => _permissions = new HashSet<string>(value, StringComparer.Ordinal);
    }

    /// <summary>Replaces the secret by a new one, valid for 90 days, and returns it.</summary>
    public string RotateSecret()
    {
        SecretExpiresOn = NinetyDays();
        return Secret = _derive.Text($"secret/{_name}/{Interlocked.Increment(ref _rotations)}");
    }

    public void ExpireSecret() => SecretExpiresOn = DateTimeOffset.UtcNow.AddSeconds(-1);

    /// <summary>Rejects the client's token requests and tokens until <see cref="Resume"/>, after which the same tokens are valid again.</summary>
    public void Suspend() => Suspended = true;
    public void Resume() => Suspended = false;

    /// <summary>Sets permissions of the client in one stage that differ from those elsewhere.</summary>
    public void SetPermissions(Guid stage, params IEnumerable<string> permissions) => _permissionsByStage[stage] = new HashSet<string>(permissions, StringComparer.Ordinal);

    internal bool Has(string permission) => _permissions.Contains(permission);

    internal bool Has(string permission, Guid stage) => (_permissionsByStage.GetValueOrDefault(stage) ?? _permissions).Contains(permission);
    internal bool Accepts(string secret) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(Secret));

    /// <summary>The client id of an API client, before the client is made.</summary>
    internal static string IdOf(string name, Derivation derive) => derive.Guid($"client/{name}").ToString();

    internal static IReadOnlyDictionary<string, ApiClient> Seed(Derivation derive)
    {
        ApiClient[] clients =
        [
            new("admin", derive, Permission.All),
            new("auditor", derive, [Permission.ViewEndUsers, Permission.ViewMembers, Permission.ViewStage]),
            new("endusers", derive, [Permission.ViewEndUsers]),
            new("deployer", derive, [Permission.DeployAssets, Permission.ViewStage]),
            new("empty", derive, []),
            // Every character that a form body, a URL or a command line could spoil.
            new("special", derive, Permission.All, secret => $"{secret[..20]} +/=&%25 \"ü\" {secret[20..]}"),
        ];
        return clients.ToDictionary(client => client._name, StringComparer.OrdinalIgnoreCase);
    }

    private static DateTimeOffset NinetyDays() => new(DateTime.UtcNow.Date.AddDays(90).AddHours(23).AddMinutes(59), TimeSpan.Zero);
}
