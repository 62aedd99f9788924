using System.Diagnostics;

namespace OdcPowerShell.Emulator;

/// <summary>
/// The state of a tenant. Everything is read and changed inside <see cref="Use{T}"/>, which first lets the operations take effect whose time
/// has come: no timer runs, and every read is exact.
/// </summary>
internal sealed class Store(Derivation derive, EmulatorOptions options)
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TimedOperation, DateTimeOffset> _running = new();
    private readonly Dictionary<string, int> _created = new(StringComparer.Ordinal);

    public Clock Clock { get; } = new();
    public Derivation Derive => derive;
    /// <summary>The day on which the tenant's history begins.</summary>
    public DateTimeOffset FirstDay => options.FirstDay;
    public DateTimeOffset LastSignIn => options.LastSignIn;
    /// <summary>How operations will end, of any asset and stage or of one; the first that fits is taken.</summary>
    public List<(EmulatedOperation Operation, Guid? Asset, Guid? Stage, OperationPlan Plan)> Plans { get; } = [];
    public TimeSpan OperationDuration { get; set; }
    /// <summary>The time of the current use.</summary>
    public DateTimeOffset Now { get; private set; }
    public Table<EmulatedStage> Stages { get; } = new("environment", stage => stage.Key);
    public Table<EmulatedPortfolio> Portfolios { get; } = new("portfolio", portfolio => portfolio.Key);
    public Table<Asset> Assets { get; } = new("asset", asset => asset.Key);
    public Table<Build> Builds { get; } = new("build", build => build.Key);
    public Table<Run> Deployments { get; } = new("deployment operation", run => run.Key);
    public Table<Run> Publications { get; } = new("publish operation", run => run.Key);
    public Table<Analysis> DeploymentAnalyses { get; } = new("analysis", analysis => analysis.Key);
    public Table<Analysis> DeletionAnalyses { get; } = new("analysis", analysis => analysis.Key);
    /// <summary>What runs, by asset and stage.</summary>
    public Dictionary<(Guid Asset, Guid Stage), DeployedRevision> Deployed { get; } = [];
    /// <summary>The configurations that were looked at, by asset and stage; of a stage itself without an asset.</summary>
    public Dictionary<(Guid? Asset, Guid Stage), Configuration> Configurations { get; } = [];
    /// <summary>The domains, IP filters and private gateways of stages that were looked at.</summary>
    public Dictionary<Guid, StageNetwork> Networks { get; } = [];
    /// <summary>The addresses of the portal.</summary>
    public List<BuiltInDomain> OrganizationDomains { get; } = [];
    /// <summary>The mobile apps that were looked at, by asset and stage.</summary>
    public Dictionary<(Guid Asset, Guid Stage), MobileApp> MobileApps { get; } = [];
    public Table<MobileBuild> MobileBuilds { get; } = new("build operation", build => build.Key);
    public Table<EmulatedRole> Roles { get; } = new("application role", role => role.Key);
    public Table<PermissionDefinition> Permissions { get; } = new("permission", permission => permission.Key);
    public Table<EmulatedGroup> Groups { get; } = new("group", group => group.Key);
    public Table<EmulatedOrganizationRole> OrganizationRoles { get; } = new("organization role", role => role.Key);
    public Table<BulkOperation> BulkOperations { get; } = new("bulk operation", operation => operation.Key);
    public Table<LibraryGeneration> Generations { get; } = new("generation operation", generation => generation.Key);
    public Table<LibrarySourceDownload> SourceDownloads { get; } = new("source code download", download => download.Key);
    /// <summary>The contents of the external libraries that were published, by asset.</summary>
    public Dictionary<Guid, LibraryContents> Libraries { get; } = [];
    public EmulatedStage Development => Stages.All.First(stage => stage.Purpose == "Development");

    public T Use<T>(Func<T> act)
    {
        lock (_lock)
        {
            Now = Clock.Now;
            while (_running.TryPeek(out var operation, out var end) && end <= Now)
            {
                _running.Dequeue();
                operation.End();
            }

            return act();
        }
    }

    public void Use(Action act) => Use(() =>
    {
        act();
        return 0;
    });

    public IReadOnlyList<T> Copy<T>(Func<IEnumerable<T>> rows) => Use<IReadOnlyList<T>>(() => [.. rows()]);

    /// <summary>A key that follows from the seed and how many of these there were before.</summary>
    public Guid NewKey(string what) => derive.Guid($"{what}/{_created[what] = _created.GetValueOrDefault(what) + 1}");

    /// <summary>Starts an operation now, by the plan for it.</summary>
    public void Start(TimedOperation operation, TimeSpan? duration = null) => Start(operation, TakePlan(operation), duration);

    /// <summary>The same, unless the plan rejects it.</summary>
    public bool TryStart(TimedOperation operation)
    {
        var plan = TakePlan(operation);
        if (plan.IsRefused)
            return false;
        Start(operation, plan);
        return true;
    }

    public void Start(TimedOperation operation, OperationPlan plan, TimeSpan? duration = null)
    {
        operation.Begin(plan, Now, plan.IsEndless ? null : Now + (plan.Duration ?? duration ?? OperationDuration));
        if (operation.EndsAt is { } end)
            _running.Enqueue(operation, end);
    }

    private OperationPlan TakePlan(TimedOperation operation)
    {
        var at = Plans.FindIndex(entry => entry.Operation == operation.Kind
            && (entry.Asset ?? operation.AssetKey) == operation.AssetKey
            && (entry.Stage ?? operation.StageKey) == operation.StageKey);
        if (at < 0)
            return OperationPlan.Success;
        var entry = Plans[at];
        if (entry.Plan.Times is <= 1)
            Plans.RemoveAt(at);
        else
            Plans[at] = entry with { Plan = entry.Plan with { Times = entry.Plan.Times - 1 } };
        return entry.Plan;
    }

    public AssetRevision Revision(Guid asset, int revision) => Assets[asset].Find(revision)
        ?? throw new ProblemException(404, 2, $"The asset '{asset}' has no revision {revision}.");

    public IEnumerable<DeployedRevision> DeployedIn(Guid stage) => Deployed.Values.Where(deployed => deployed.Stage.Key == stage);
}

/// <summary>Rows in the order of their creation, and the 404 of a key that is not there.</summary>
internal sealed class Table<T>(string what, Func<T, Guid> keyOf)
    where T : class
{
    private readonly OrderedDictionary<Guid, T> _rows = [];
    private readonly Dictionary<string, T[]> _sorted = new(StringComparer.Ordinal);

    public IReadOnlyList<T> All => _rows.Values;
    public T this[Guid key] => Find(key) ?? throw ProblemException.NotFound(what, key);
    public T? Find(Guid? key) => key is { } known ? _rows.GetValueOrDefault(known) : null;

    /// <summary>The rows of keys in a body; one that is not there is the fault of its member.</summary>
    public List<T> OfBody(string member, IEnumerable<Guid>? keys) =>
        [.. (keys ?? []).Distinct().Select(key => Find(key) ?? throw IdentityCause.Unknown(member, what, key))];

    /// <summary>Adds a row, or replaces the one with its key.</summary>
    public T Set(T row)
    {
        _sorted.Clear();
        return _rows[keyOf(row)] = row;
    }

    public void AddRange(IEnumerable<T> rows)
    {
        foreach (var row in rows)
            Set(row);
    }

    public void Remove(Guid key)
    {
        _sorted.Clear();
        _rows.Remove(key);
    }

    /// <summary>All in an order with this name, which is sorted once after each change.</summary>
    public T[] Sorted(string order, Func<IReadOnlyList<T>, IEnumerable<T>> sort) =>
        _sorted.TryGetValue(order, out var rows) ? rows : _sorted[order] = [.. sort(All)];
}

/// <summary>The clock of all operations; it never goes back, and tests move it forward.</summary>
internal sealed class Clock
{
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private readonly long _startTicks = Stopwatch.GetTimestamp();
    private long _skipped;

    public DateTimeOffset Now => _start + Stopwatch.GetElapsedTime(_startTicks) + TimeSpan.FromTicks(Interlocked.Read(ref _skipped));

    public void Skip(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        Interlocked.Add(ref _skipped, time.Ticks);
    }
}
