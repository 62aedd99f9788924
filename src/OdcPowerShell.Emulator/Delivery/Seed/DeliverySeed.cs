namespace OdcPowerShell.Emulator;

/// <summary>Fills a tenant: stages, portfolios, assets, builds, and the way of each app through the stages so far.</summary>
internal sealed class DeliverySeed
{
    private readonly DeliveryState _state;
    private readonly Derivation _derive;
    private readonly EmulatedStage[] _stages;

    private DeliverySeed(DeliveryState state, EmulatedTenant tenant, Derivation derive)
    {
        _state = state;
        _derive = derive;
        _stages = [.. tenant.Stages];
    }

    public static void Fill(DeliveryState state, EmulatedTenant tenant, Derivation derive, EmulatorOptions options)
    {
        var partners = derive.Guid("portfolio/partners");
        state.Stages.AddRange(tenant.Stages);
        state.Portfolios.Add(new EmulatedPortfolio(tenant.PortfolioKey, "Main Portfolio", IsMain: true));
        state.Portfolios.Add(new EmulatedPortfolio(partners, "Partners", IsMain: false));

        var catalogue = new CatalogueSeed(state, derive, options.Users, tenant.PortfolioKey, partners);
        var index = 0;
        foreach (var seeded in SeededAsset.Take(options.Assets))
            catalogue.Add(seeded, index++);

        var seed = new DeliverySeed(state, tenant, derive);
        index = 0;
        foreach (var asset in state.Assets.Values)
        {
            if (asset.IsDeployable && asset.PortfolioKey == tenant.PortfolioKey)
                seed.Deliver(asset, isDebug: index++ % 3 == 0);
        }
    }

    // Development runs the newest revision, QA the one before, Production the one before that. People deploy to QA, a pipeline to Production.
    private void Deliver(Asset asset, bool isDebug)
    {
        var newest = asset.Latest.Number;
        for (var number = newest - 2; number <= newest; number++)
        {
            var revision = asset.Find(number)!;
            var build = AddBuild(revision, isDebug && number == newest ? BuildType.Debug : BuildType.Release);
            Publish(build);
            if (number < newest)
                Deploy(build, _stages[1], build.RequestedBy, TimeSpan.FromDays(1));
            if (number < newest - 1)
                Deploy(build, _stages[2], SeededClients.IdOf("deployer", _derive), TimeSpan.FromDays(2));
        }
    }

    private Build AddBuild(AssetRevision revision, BuildType type)
    {
        var build = new Build(Key("build", revision), revision, type, revision.CreatedBy);
        _state.Builds.Add(build.Key, DeliveryState.Ended(build, revision.CreatedAt.AddMinutes(2), TimeSpan.FromSeconds(95)));
        return build;
    }

    private void Publish(Build build)
    {
        var run = new PublishRun(_state, Key("publish", build.Revision), build, _stages[0], build.RequestedBy);
        _state.Publications.Add(run.Key, DeliveryState.Ended(run, build.Revision.CreatedAt.AddMinutes(1), TimeSpan.FromMinutes(4)));
    }

    private void Deploy(Build build, EmulatedStage stage, string by, TimeSpan after)
    {
        var key = Key($"deploy/{stage.Name}", build.Revision);
        var run = new DeploymentRun(_state, key, DeploymentKind.Deploy, build.Revision, build, stage, by);
        _state.Deployments.Add(key, DeliveryState.Ended(run, build.Revision.CreatedAt + after, TimeSpan.FromMinutes(3)));
    }

    private Guid Key(string what, AssetRevision revision) => _derive.Guid($"{what}/{revision.Asset.Name}/{revision.Number}");
}
