namespace OdcPowerShell.Emulator;

/// <summary>
/// What a tenant's assets, builds, deployments and analyses are. Everything is read and changed inside <see cref="Use{T}"/>, which first
/// lets the operations take effect whose time has come: no timer runs, and what is seen is exact.
/// </summary>
internal sealed class DeliveryState(Derivation derive, DeliveryClock clock, OperationPlans plans)
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TimedOperation, DateTimeOffset> _running = new();
    private int _created;

    /// <summary>How long operations take from now on.</summary>
    public TimeSpan OperationDuration { get; set; }

    /// <summary>The moment that the present use sees.</summary>
    public DateTimeOffset Now { get; private set; }

    public OrderedDictionary<Guid, Asset> Assets { get; } = [];

    public List<EmulatedStage> Stages { get; } = [];

    public List<EmulatedPortfolio> Portfolios { get; } = [];

    public OrderedDictionary<Guid, Build> Builds { get; } = [];

    public OrderedDictionary<Guid, DeploymentRun> Deployments { get; } = [];

    public OrderedDictionary<Guid, PublishRun> Publications { get; } = [];

    public Dictionary<Guid, DeploymentAnalysis> DeploymentAnalyses { get; } = [];

    public Dictionary<Guid, DeletionAnalysis> DeletionAnalyses { get; } = [];

    /// <summary>By asset and stage.</summary>
    public Dictionary<(Guid Asset, Guid Stage), DeployedRevision> Deployed { get; } = [];

    public EmulatedStage Development => Stages.First(stage => stage.Purpose == "Development");

    public T Use<T>(Func<T> act)
    {
        lock (_lock)
        {
            Now = clock.Now;
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

    public Guid NewKey(string what) => derive.Guid($"{what}/{++_created}");

    /// <summary>Starts an operation now, by the plan for it.</summary>
    public void Start(TimedOperation operation) => Start(operation, PlanFor(operation));

    /// <summary>The same, unless the plan is to refuse it.</summary>
    public bool TryStart(TimedOperation operation)
    {
        var plan = PlanFor(operation);
        if (!plan.IsRefused)
            Start(operation, plan);
        return !plan.IsRefused;
    }

    public void Start(TimedOperation operation, OperationPlan plan)
    {
        operation.Plan = plan;
        operation.StartedAt = Now;
        if (plan.IsEndless)
            return;
        operation.EndsAt = Now + (plan.Duration ?? OperationDuration);
        _running.Enqueue(operation, operation.EndsAt.Value);
    }

    /// <summary>Adds an operation of the past.</summary>
    public static T Ended<T>(T operation, DateTimeOffset startedAt, TimeSpan duration)
        where T : TimedOperation
    {
        operation.StartedAt = startedAt;
        operation.EndsAt = startedAt + duration;
        operation.End();
        return operation;
    }

    public Asset Asset(Guid key) => Assets.GetValueOrDefault(key) ?? throw new ProblemException(Cause.NotFound("asset", key));

    public AssetRevision Revision(Guid asset, int revision) =>
        Asset(asset).Find(revision) ?? throw new ProblemException(DeliveryCause.NoRevision(asset, revision));

    public EmulatedStage Stage(Guid key) =>
        Stages.Find(stage => stage.Key == key) ?? throw new ProblemException(Cause.NotFound("environment", key));

    public IEnumerable<DeployedRevision> DeployedIn(Guid stage) => Deployed.Values.Where(deployed => deployed.Stage.Key == stage);

    private OperationPlan PlanFor(TimedOperation operation) => plans.Take(operation.Kind, operation.Asset.Key, operation.StageKey);
}
