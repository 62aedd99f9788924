namespace OdcPowerShell.Emulator;

/// <summary>
/// An asset that every tenant starts with; its producers precede it in the list. It has a tag for each revision, or some by rule. The assets of
/// partners belong to the second portfolio, which has no stages: they run nowhere.
/// </summary>
internal sealed record SeededAsset(
    string Name, string Type, string Description, string[]? Producers = null, string? TemplateType = null, bool IsBuiltIn = false,
    bool IsTagged = true, bool IsPartners = false, string?[]? Tags = null)
{
    private static readonly ImmutableArray<SeededAsset> s_all = Json.Seed<ImmutableArray<SeededAsset>>("assets");

    /// <summary>The fixed assets, and apps until there are so many.</summary>
    public static IEnumerable<SeededAsset> Take(int count) => s_all.Concat(
        Enumerable.Range(s_all.Length + 1, Math.Max(0, count - s_all.Length))
            .Select(number => new SeededAsset($"Application {number:000}", AssetTypes.WebApplication, "One of many.", ["Common UI"])));
}

/// <summary>Fills a tenant: stages, portfolios, assets, builds, and what was deployed of each app so far.</summary>
internal sealed class DeliverySeed(Store store, EmulatedTenant tenant, Derivation derive, EmulatorOptions options)
{
    private const int Developers = 5;

    public void Fill()
    {
        store.Stages.AddRange(tenant.Stages);
        store.Portfolios.Set(new EmulatedPortfolio(tenant.PortfolioKey, "Main Portfolio", IsMain: true));
        var partners = store.Portfolios.Set(new EmulatedPortfolio(derive.Guid("portfolio/partners"), "Partners", IsMain: false)).Key;
        foreach (var (index, seeded) in SeededAsset.Take(options.Assets).Index())
            Add(seeded, index, seeded.IsPartners ? partners : tenant.PortfolioKey);
        var apps = store.Assets.All.Where(asset => asset.IsDeployable && asset.PortfolioKey == tenant.PortfolioKey);
        foreach (var (index, app) in apps.Index())
            Deliver(app, isDebug: index % 3 == 0);
    }

    private void Add(SeededAsset seeded, int index, Guid portfolio)
    {
        var asset = new Asset(derive.Guid($"asset/{seeded.Name}"), seeded.Name, seeded.Type, portfolio)
        {
            Description = seeded.Description,
            TemplateType = seeded.TemplateType,
            IsBuiltIn = seeded.IsBuiltIn,
            ClonedFrom = seeded.Type == AssetTypes.WebApplication && seeded.TemplateType is null ? derive.Guid("asset/Blank App") : null,
            HasIcon = !seeded.Type.EndsWith("Connection", StringComparison.Ordinal),
            Elements = [.. AssetTypes.ElementsOf(seeded.Type, seeded.Name, derive)],
        };
        var count = seeded.Tags?.Length ?? (seeded.IsBuiltIn ? 2 : 4 + (index % 4));
        for (var number = 1; number <= count; number++)
            asset.Revisions.Add(Revision(seeded, asset, number, count, index));
        foreach (var producer in seeded.Producers ?? [])
            Refer(asset, store.Assets[derive.Guid($"asset/{producer}")]);
        store.Assets.Set(asset);
    }

    private AssetRevision Revision(SeededAsset seeded, Asset asset, int number, int count, int index)
    {
        var revision = new AssetRevision(asset, number, store.FirstDay.AddDays(number * 7).AddHours(8).AddMinutes(index * 7 % 210), UserKey(index + number))
        {
            CommitMessage = number == 1 ? null : $"Change {number} of {asset.Name}",
        };
        if (TagOf(seeded, number, count) is { } tag)
        {
            revision.SetTag(tag, UserKey(number), revision.CreatedAt.AddHours(20));
            revision.ReleaseNotes = $"What is new in {asset.Name} {tag}.";
        }

        return revision;
    }

    // The revisions that run in Production have a tag, and before them every other one.
    private static Version? TagOf(SeededAsset seeded, int number, int count)
    {
        if (seeded.Tags is { } tags)
            return tags[number - 1] is { } text ? new Version(text) : null;
        var production = Math.Max(1, count - 2);
        return seeded.IsTagged && number <= production && (production - number) % 2 == 0 ? new Version(1, number - 1, 0) : null;
    }

    // The newest revision uses the newest of its producer, older ones older ones.
    private static void Refer(Asset consumer, Asset producer)
    {
        foreach (var revision in consumer.Revisions)
        {
            var used = producer.Find(Math.Max(1, producer.Latest.Number - (consumer.Latest.Number - revision.Number)))!;
            revision.References = [.. revision.References, new AssetReference(producer, used, [.. producer.Elements.Take(3)])];
        }
    }

    // Development runs the newest revision, QA the one before, Production the one before that. People deploy to QA, a pipeline to Production.
    private void Deliver(Asset asset, bool isDebug)
    {
        var newest = asset.Latest.Number;
        for (var number = newest - 2; number <= newest; number++)
        {
            var revision = asset.Find(number)!;
            var by = revision.CreatedBy;
            var type = isDebug && number == newest ? "Debug" : "Release";
            var build = new Build(Key("build", revision), revision, type, by);
            store.Builds.Set(Ended(build, revision.CreatedAt.AddMinutes(2), TimeSpan.FromSeconds(95)));
            var publication = Run.Create(store, EmulatedOperation.Publish, Key("publish", revision), revision, build, tenant.Stages[0], by);
            store.Publications.Set(Ended(publication, revision.CreatedAt.AddMinutes(1), TimeSpan.FromMinutes(4)));
            if (number < newest)
                Deploy(build, tenant.Stages[1], by, TimeSpan.FromDays(1));
            if (number < newest - 1)
                Deploy(build, tenant.Stages[2], ApiClient.IdOf("deployer", derive), TimeSpan.FromDays(2));
        }
    }

    private void Deploy(Build build, EmulatedStage stage, string by, TimeSpan after)
    {
        var revision = build.Revision;
        var run = Run.Create(store, EmulatedOperation.Deploy, Key($"deploy/{stage.Name}", revision), revision, build, stage, by);
        store.Deployments.Set(Ended(run, revision.CreatedAt + after, TimeSpan.FromMinutes(3)));
    }

    private static T Ended<T>(T operation, DateTimeOffset startedAt, TimeSpan duration)
        where T : TimedOperation
    {
        operation.Begin(OperationPlan.Success, startedAt, startedAt + duration);
        operation.End();
        return operation;
    }

    private Guid Key(string what, AssetRevision revision) => derive.Guid($"{what}/{revision.Asset.Name}/{revision.Number}");

    // The first users are the developers; in a tenant without users they have left.
    private string UserKey(int number) => (options.Users > 0
        ? UserGenerator.KeyOf(derive, number % Math.Min(Developers, options.Users))
        : derive.Guid($"developer/{number % Developers}")).ToString();
}
