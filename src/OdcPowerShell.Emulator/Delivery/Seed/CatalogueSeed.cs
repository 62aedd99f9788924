namespace OdcPowerShell.Emulator;

/// <summary>Makes the seeded assets with their revisions, tags and producers.</summary>
internal sealed class CatalogueSeed(DeliveryState state, Derivation derive, int users, Guid mainPortfolio, Guid partnerPortfolio)
{
    private const int Developers = 5;
    private static readonly DateTimeOffset s_firstDay = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private readonly Dictionary<string, Asset> _byName = new(StringComparer.Ordinal);

    public void Add(SeededAsset seeded, int index)
    {
        var asset = new Asset(
            derive.Guid($"asset/{seeded.Name}"), seeded.Name, seeded.Type, seeded.IsPartners ? partnerPortfolio : mainPortfolio)
        {
            Description = seeded.Description,
            TemplateType = seeded.TemplateType,
            IsBuiltIn = seeded.IsBuiltIn,
            ClonedFrom = seeded.Type == AssetTypes.WebApplication && seeded.TemplateType is null ? derive.Guid("asset/Blank App") : null,
            HasIcon = seeded.Type is not (AssetTypes.ExternalConnection or AssetTypes.AIModelConnection),
            Elements = SeededElements.Of(seeded, derive),
        };
        var count = seeded.Tags.Length > 0 ? seeded.Tags.Length : seeded.IsBuiltIn ? 2 : 4 + (index % 4);
        for (var number = 1; number <= count; number++)
            asset.Revisions.Add(Revision(asset, number, index));
        for (var number = 1; number <= count; number++)
        {
            if (TagOf(seeded, number, count) is { } tag)
                SetTag(asset.Revisions[number - 1], tag);
        }

        foreach (var producer in seeded.Producers.Select(name => _byName[name]))
            Refer(asset, producer);
        _byName[asset.Name] = asset;
        state.Assets.Add(asset.Key, asset);
    }

    private AssetRevision Revision(Asset asset, int number, int index) =>
        new(asset, number, s_firstDay.AddDays(number * 7).AddMinutes(index * 7), UserKey(index + number))
        {
            CommitMessage = number == 1 ? null : $"Change {number} of {asset.Name}",
        };

    // The revisions that run in Production have a tag, and before them every other one.
    private static VersionTag? TagOf(SeededAsset seeded, int number, int count)
    {
        if (seeded.Tags.Length > 0)
            return seeded.Tags[number - 1] is { } text ? VersionTag.Parse(text) : null;
        var production = Math.Max(1, count - 2);
        return seeded.IsTagged && number <= production && (production - number) % 2 == 0 ? new VersionTag(1, number - 1, 0) : null;
    }

    private void SetTag(AssetRevision revision, VersionTag tag)
    {
        revision.SetTag(tag, UserKey(revision.Number), revision.CreatedAt.AddHours(20));
        revision.ReleaseNotes = $"What is new in {revision.Asset.Name} {tag}.";
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

    // The first users are the developers; in a tenant without users they have left.
    private string UserKey(int number) =>
        (users > 0 ? UserGenerator.KeyOf(derive, number % Math.Min(Developers, users)) : derive.Guid($"developer/{number % Developers}")).ToString();
}
