namespace OdcPowerShell.Emulator;

/// <summary>The assets of a tenant and their way through its stages, with the switches of everything that takes time.</summary>
public sealed class EmulatedDelivery
{
    private readonly DeliveryClock _clock = new();
    private readonly OperationPlans _plans = new();

    internal EmulatedDelivery(EmulatedTenant tenant, Derivation derive, EmulatorOptions options)
    {
        State = new DeliveryState(derive, _clock, _plans) { OperationDuration = options.OperationDuration };
        Storage = new EmulatedStorage(tenant.StorageUrl, derive, _clock);
        DeliverySeed.Fill(State, tenant, derive, options);
    }

    /// <summary>How long operations started from now on take.</summary>
    public TimeSpan OperationDuration
    {
        get => State.Use(() => State.OperationDuration);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            State.Use(() => State.OperationDuration = value);
        }
    }

    /// <summary>Where files are uploaded to and downloaded from.</summary>
    public EmulatedStorage Storage { get; }

    /// <summary>The assets that are there now.</summary>
    public IReadOnlyList<EmulatedAsset> Assets =>
        State.Use<IReadOnlyList<EmulatedAsset>>(() => [.. State.Assets.Values.Select(EmulatedAsset.Of)]);

    /// <summary>The stages as requests have left them, in pipeline order.</summary>
    public IReadOnlyList<EmulatedStage> Stages =>
        State.Use<IReadOnlyList<EmulatedStage>>(() => [.. State.Stages.OrderBy(stage => stage.Order)]);

    /// <summary>The portfolios as requests have left them.</summary>
    public IReadOnlyList<EmulatedPortfolio> Portfolios => State.Use<IReadOnlyList<EmulatedPortfolio>>(() => [.. State.Portfolios]);

    internal DeliveryState State { get; }

    /// <summary>The asset of a name; throws <see cref="KeyNotFoundException"/> when there is none.</summary>
    public EmulatedAsset Asset(string name) =>
        Assets.FirstOrDefault(asset => asset.Name == name) ?? throw new KeyNotFoundException($"The tenant has no asset '{name}'.");

    /// <summary>The revision that runs in a stage; null when none does.</summary>
    public int? DeployedRevision(Guid asset, Guid stage) =>
        State.Use(() => State.Deployed.GetValueOrDefault((asset, stage))?.Revision.Number);

    /// <summary>Has coming operations of a kind go otherwise, those on an asset and in a stage where they are given.</summary>
    public void Plan(EmulatedOperation operation, OperationPlan plan, Guid? asset = null, Guid? stage = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _plans.Add(operation, plan, asset, stage);
    }

    /// <summary>Changes a stage as only the portal can: hosted elsewhere, hibernated, being created.</summary>
    public void ChangeStage(Guid key, Func<EmulatedStage, EmulatedStage> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        State.Use(() => State.Stages[State.Stages.IndexOf(State.Stage(key))] = change(State.Stage(key)));
    }

    /// <summary>Adds a stage, to the main portfolio unless it says otherwise.</summary>
    public void AddStage(EmulatedStage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        State.Use(() => State.Stages.Add(stage.PortfolioKey == Guid.Empty ? stage with { PortfolioKey = State.Portfolios[0].Key } : stage));
    }

    /// <summary>Takes back all plans that were not used up.</summary>
    public void ClearPlans() => _plans.Clear();

    /// <summary>Runs the clock of operations and of signed addresses ahead.</summary>
    public void SkipTime(TimeSpan time) => _clock.Skip(time);

    /// <summary>Has a build's artifacts be gone: its status becomes Deleted, or ToBeDeleted first.</summary>
    public void DeleteBuild(Guid build, bool isOnlyMarked = false) => State.Use(() =>
    {
        var found = State.Builds.GetValueOrDefault(build) ?? throw new KeyNotFoundException($"There is no build '{build}'.");
        found.GoneStatus = isOnlyMarked ? "ToBeDeleted" : "Deleted";
    });
}
