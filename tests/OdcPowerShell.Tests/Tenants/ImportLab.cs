using System.Text.Json.Nodes;
using OdcPowerShell.Authentication;
using OdcPowerShell.Http;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>Two emulated tenants, of which the second is empty, for imports without files: the content of one goes to the other.</summary>
internal sealed class ImportLab : IAsyncDisposable
{
    private readonly OdcEmulator _emulator;
    private readonly Dictionary<string, OdcClient> _clients = [];

    private ImportLab(OdcEmulator emulator) => _emulator = emulator;

    /// <summary>The kinds that an export has without users.</summary>
    internal static IReadOnlyList<TenantKind> Kinds { get; } = [.. TenantKinds.All.Where(k => k != TenantKinds.User)];

    /// <summary>An import of everything, also of what belongs to one tenant only.</summary>
    internal static ImportOptions Everything { get; } = new(IncludesSecrets: true, IncludesTenantSpecific: true);

    internal EmulatedTenant Acme => _emulator["acme"];

    internal EmulatedTenant Globex => _emulator["globex"];

    /// <summary>The secrets of the vault.</summary>
    internal Dictionary<string, Secret> Vault { get; } = new(StringComparer.Ordinal);

    internal static async Task<ImportLab> StartAsync(int users = 0, bool isEmpty = true, string client = "admin")
    {
        var emulator = await OdcEmulator.StartAsync(new EmulatorOptions { Users = users, IsGlobexEmpty = isEmpty, EnforceLimits = false });
        var lab = new ImportLab(emulator);
        foreach (var tenant in emulator.Tenants)
        {
            RateBudgets.Shared.Set(tenant.Url, TimeSpan.Zero);
            lab._clients[tenant.Name] = await SignInAsync(tenant, client);
        }

        return lab;
    }

    internal OdcClient Client(EmulatedTenant tenant) => _clients[tenant.Name];

    internal static async Task<OdcClient> SignInAsync(EmulatedTenant tenant, string name)
    {
        var client = tenant.Clients[name];
        var credential = new ClientCredential(client.ClientId, new Secret(client.Secret));
        var apiClient = new OdcPowerShell.Authentication.ApiClient(TenantAddress.Parse(tenant.Url.ToString()), new GivenSecretSource("a test", credential), credential);
        return (await new SignIn(new ClientOptions { FirstPause = TimeSpan.FromMilliseconds(1) }).RunAsync(apiClient, cache: null, new SilentCaller(), default)).Client;
    }

    internal Task<ImportSource> ExportAsync(EmulatedTenant tenant) => ExportAsync(tenant, Kinds);

    /// <summary>The content of a tenant, as its files would have it.</summary>
    internal async Task<ImportSource> ExportAsync(EmulatedTenant tenant, IReadOnlyList<TenantKind> kinds, params string[] stages)
    {
        var keys = tenant.Delivery.Stages.Where(s => stages.Contains(s.Name)).Select(s => s.Key.ToString()).ToList();
        var isWithUsers = kinds.Contains(TenantKinds.User);
        var content = await new TenantSnapshot(Reader(tenant), new SnapshotScope(kinds, keys, isWithUsers)).ReadAsync();
        return ImportSource.Of(content);
    }

    internal Task<TenantPlan> PlanAsync(EmulatedTenant tenant, ImportSource source, ImportOptions? options = null) =>
        new TenantPlanner(Reader(tenant), source, options ?? Everything).PlanAsync();

    /// <summary>Sends all steps. Returns each with its outcome.</summary>
    internal async Task<IReadOnlyList<(TenantStep Step, StepOutcome Outcome)>> SendAsync(EmulatedTenant tenant, TenantPlan plan)
    {
        var import = new TenantImport(new StepSender(Client(tenant), new SilentCaller(), ReadSecret, default));
        var outcomes = new List<(TenantStep, StepOutcome)>();
        for (var done = 0; done < plan.Steps.Count;)
        {
            var together = TenantImport.Next(plan.Steps, done);
            IReadOnlyList<StepOutcome> sent = together[0].IsSkipped ? [import.Skip(together[0])] : await import.SendAsync(together);
            outcomes.AddRange(together.Zip(sent));
            done += together.Count;
        }

        tenant.Delivery.SkipTime(TimeSpan.FromHours(1));
        return outcomes;
    }

    /// <summary>Plans and sends; fails if a step fails.</summary>
    internal async Task<TenantPlan> ImportAsync(EmulatedTenant tenant, ImportSource source, ImportOptions? options = null)
    {
        var plan = await PlanAsync(tenant, source, options);
        Assert.Empty(plan.Faults);
        Faults.None((await SendAsync(tenant, plan)).Where(s => !s.Step.IsSkipped && s.Outcome.Result != StepOutcome.Done).Select(s => $"{s.Step}: {s.Outcome.Result}: {s.Outcome.Reason}"));
        return plan;
    }

    /// <summary>The content as text, an object a line, without the kinds and properties that are one tenant's own.</summary>
    internal static IReadOnlyList<string> Text(ImportSource source, IEnumerable<TenantKind> without, params string[] properties) => [.. source.Content.Documents.Where(d => !without.Contains(d.Kind)).Select(d =>
    {
        var content = (JsonObject)d.Content.DeepClone();
        foreach (var property in properties)
            content.Remove(property);
        return $"{d}: {content.ToJsonString()}";
    })];

    /// <summary>Both are the same; otherwise shows only the lines that differ.</summary>
    internal static void Same(IReadOnlyList<string> expected, IReadOnlyList<string> actual, IEnumerable<string>? changes = null)
    {
        if (!expected.SequenceEqual(actual))
            Assert.Fail($"Expected:\n{string.Join('\n', expected.Except(actual))}\nActual:\n{string.Join('\n', actual.Except(expected))}\n{string.Join('\n', changes ?? [])}");
    }

    private TenantReader Reader(EmulatedTenant tenant)
    {
        Client(tenant).Kept.Forget();
        Client(tenant).Names.Forget();
        Client(tenant).Names.Stages.Forget();
        return new TenantReader(Client(tenant), new SilentCaller(), default);
    }

    private Task<Secret> ReadSecret(string name, CancellationToken cancellationToken) => Vault.TryGetValue(name, out var secret)
        ? Task.FromResult(secret)
        : throw new OdcException(OdcErrorCause.SecretNotFound, $"There is no secret named '{name}' in the default vault.", "Get-SecretInfo lists the secrets.");

    public async ValueTask DisposeAsync() => await _emulator.DisposeAsync();

    internal sealed class SilentCaller : ICaller
    {
        public bool IsWaiting => true;

        public void Verbose(string message)
        {
        }

        public void Warning(string message)
        {
        }

        public void Progress(CallerProgress progress)
        {
        }

        public void Incomplete(string message) => Warning(message);

        public void Reused(TimeSpan age)
        {
        }

        public Task<T> RunOnCallerThreadAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken) => Task.FromResult(work(cancellationToken));
    }
}
