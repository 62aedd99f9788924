namespace OdcPowerShell.Emulator;

/// <summary>The assets of a tenant and where they are deployed, with the switches of long-running operations and of files.</summary>
public sealed class EmulatedDelivery
{
    private readonly Store _store;

    internal EmulatedDelivery(EmulatedTenant tenant, Derivation derive, EmulatorOptions options)
    {
        _store = tenant.Store;
        _store.OperationDuration = options.OperationDuration;
        Storage = new EmulatedStorage(tenant.StorageUrl, derive, _store.Clock);
        new DeliverySeed(_store, tenant, derive, options).Fill();
    }

    public TimeSpan OperationDuration { get => _store.OperationDuration; set => _store.OperationDuration = value; }
    public EmulatedStorage Storage { get; }

    public IReadOnlyList<EmulatedAsset> Assets => _store.Copy(() => _store.Assets.All.Select(EmulatedAsset.Of));

    /// <summary>The stages as they are now, in pipeline order.</summary>
    public IReadOnlyList<EmulatedStage> Stages => _store.Copy(() => _store.Stages.All.OrderBy(stage => stage.Order));
    public IReadOnlyList<EmulatedPortfolio> Portfolios => _store.Copy(() => _store.Portfolios.All);

    /// <summary>The asset of a name; throws <see cref="KeyNotFoundException"/> when there is none.</summary>
    public EmulatedAsset Asset(string name) =>
        Assets.FirstOrDefault(asset => asset.Name == name) ?? throw new KeyNotFoundException($"The tenant has no asset '{name}'.");

    /// <summary>The revision that runs in a stage, or null.</summary>
    public int? DeployedRevision(Guid asset, Guid stage) =>
        _store.Use(() => _store.Deployed.GetValueOrDefault((asset, stage))?.Revision.Number);

    /// <summary>Plans how the next operations of a kind end, of any asset and stage or of one.</summary>
    public void Plan(EmulatedOperation operation, OperationPlan plan, Guid? asset = null, Guid? stage = null) =>
        _store.Use(() => _store.Plans.Add((operation, asset, stage, plan)));

    /// <summary>Changes a stage as only the portal can: its hosting, its status.</summary>
    public void ChangeStage(Guid key, Func<EmulatedStage, EmulatedStage> change) =>
        _store.Use(() => _store.Stages.Set(change(_store.Stages[key])));

    /// <summary>Adds a stage, to the main portfolio unless it says otherwise.</summary>
    public void AddStage(EmulatedStage stage) => _store.Use(() =>
        _store.Stages.Set(stage.PortfolioKey == Guid.Empty ? stage with { PortfolioKey = _store.Portfolios.All[0].Key } : stage));

    public void ClearPlans() => _store.Use(_store.Plans.Clear);

    /// <summary>Publishes the external libraries that are ready for review, as only the portal can.</summary>
    public void ApproveLibraries() => _store.Use(() => ExternalLibrariesApi.Approve(_store));

    public void SkipTime(TimeSpan time) => _store.Clock.Skip(time);

    /// <summary>Deletes the artifacts of a build: its status is then Deleted, or ToBeDeleted first.</summary>
    public void DeleteBuild(Guid build, bool isOnlyMarked = false) => _store.Use(() =>
    {
        var found = _store.Builds.Find(build) ?? throw new KeyNotFoundException($"There is no build '{build}'.");
        found.GoneStatus = isOnlyMarked ? "ToBeDeleted" : "Deleted";
    });
}

public sealed record EmulatedAsset(Guid Key, string Name, string Type, Guid PortfolioKey, int LatestRevision, string? HighestTag)
{
    internal static EmulatedAsset Of(Asset asset) => new(
        asset.Key, asset.Name, asset.Type, asset.PortfolioKey, asset.Latest.Number, asset.HighestTagged?.Tag?.ToString());
}

public sealed record EmulatedPortfolio(Guid Key, string Name, bool IsMain);
