namespace OdcPowerShell.Emulator;

/// <summary>The API clients every tenant starts with.</summary>
internal static class SeededClients
{
    /// <summary>The client id of an API client, before the client is made.</summary>
    public static string IdOf(string name, Derivation derive) => derive.Guid($"client/{name}").ToString();

    public static IReadOnlyDictionary<string, ApiClient> Create(Derivation derive)
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
}
