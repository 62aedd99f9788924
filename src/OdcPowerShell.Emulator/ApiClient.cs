using System.Security.Cryptography;
using System.Text;

namespace OdcPowerShell.Emulator;

/// <summary>An API client of a tenant, as the portal shows it.</summary>
public sealed class ApiClient
{
    private readonly Derivation _derive;
    private readonly string _name;
    private volatile HashSet<string> _permissions;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<Guid, HashSet<string>> _permissionsByStage = new();
    private volatile bool _suspended;
    private volatile SecretInForce _secret;
    private int _rotations;

    internal ApiClient(string name, Derivation derive, IEnumerable<string> permissions, Func<string, string>? decorate = null)
    {
        _name = name;
        _derive = derive;
        _permissions = new HashSet<string>(permissions, StringComparer.Ordinal);
        ClientId = IdOf(name, derive);
        var secret = derive.Text($"secret/{name}/0");
        _secret = new SecretInForce(decorate is null ? secret : decorate(secret), NinetyDays());
    }

    /// <summary>The client id, which outlives every secret.</summary>
    public string ClientId { get; }

    /// <summary>The secret in force.</summary>
    public string Secret => _secret.Text;

    /// <summary>When the secret ends; issued tokens live on.</summary>
    public DateTimeOffset SecretExpiresOn
    {
        get => _secret.ExpiresOn;
        set => _secret = _secret with { ExpiresOn = value };
    }

    /// <summary>Whether the client is suspended: no new tokens, and issued ones are refused.</summary>
    public bool Suspended => _suspended;

    /// <summary>The permissions by the names of the API documentation, such as "Stage > View stage".</summary>
    public IReadOnlyCollection<string> Permissions
    {
        get => _permissions;
        set => _permissions = new HashSet<string>(value, StringComparer.Ordinal);
    }

    /// <summary>Gives the client other permissions in one stage than elsewhere.</summary>
    public void SetPermissions(Guid stage, params IEnumerable<string> permissions) => _permissionsByStage[stage] = new HashSet<string>(permissions, StringComparer.Ordinal);

    /// <summary>Puts a new secret, good for 90 days, in the place of the old one, and returns it.</summary>
    public string RotateSecret(string? newSecret = null)
    {
        _secret = new SecretInForce(newSecret ?? _derive.Text($"secret/{_name}/{Interlocked.Increment(ref _rotations)}"), NinetyDays());
        return _secret.Text;
    }

    /// <summary>Lets the secret end now.</summary>
    public void ExpireSecret() => SecretExpiresOn = DateTimeOffset.UtcNow.AddSeconds(-1);

    /// <summary>Refuses the client's token requests and issued tokens until <see cref="Resume"/>.</summary>
    public void Suspend() => _suspended = true;

    /// <summary>Ends a suspension; issued tokens work again.</summary>
    public void Resume() => _suspended = false;
    internal bool Has(string permission) => _permissions.Contains(permission);
    internal bool Has(string permission, Guid stage) => (_permissionsByStage.GetValueOrDefault(stage) ?? _permissions).Contains(permission);
    internal bool Accepts(string secret) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(Secret));

    /// <summary>The client id of an API client, before the client is made.</summary>
    internal static string IdOf(string name, Derivation derive) => derive.Guid($"client/{name}").ToString();

    /// <summary>The API clients every tenant starts with.</summary>
    internal static IReadOnlyDictionary<string, ApiClient> Seed(Derivation derive)
    {
        var clients = new Dictionary<string, ApiClient>(StringComparer.OrdinalIgnoreCase);
        void Add(string name, IEnumerable<string> permissions, Func<string, string>? decorate = null) =>
            clients.Add(name, new ApiClient(name, derive, permissions, decorate));

        Add("admin", Permission.All);
        Add("auditor", [Permission.ViewEndUsers, Permission.ViewMembers, Permission.ViewStage]);
        Add("endusers", [Permission.ViewEndUsers]);
        Add("deployer", [Permission.DeployAssets, Permission.ViewStage]);
        Add("empty", []);
        // Every character that a form body, a URL or a command line could spoil.
        Add("special", Permission.All, secret => $"{secret[..20]} +/=&%25 \"ü\" {secret[20..]}");
        return clients;
    }

    private static DateTimeOffset NinetyDays() => new(DateTime.UtcNow.Date.AddDays(90).AddHours(23).AddMinutes(59), TimeSpan.Zero);

    private sealed record SecretInForce(string Text, DateTimeOffset ExpiresOn);
}
