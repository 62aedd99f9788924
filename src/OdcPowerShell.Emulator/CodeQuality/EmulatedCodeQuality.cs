namespace OdcPowerShell.Emulator;

/// <summary>
/// The code quality of a tenant. Some assets were never analysed, of some the latest revision was not. What is new in the latest revision was
/// found in the last days, everything else long ago.
/// </summary>
public sealed class EmulatedCodeQuality
{
    private const int NeverAnalysed = 3;
    private const int LatestNotAnalysed = 1;
    private const int Kinds = 5;
    private static readonly FrozenSet<string> s_types = ["WebApplication", "MobileApplication", "LowCodeLibrary", "MobileLibrary"];
    private readonly Store _store;
    private readonly Derivation _derive;
    private readonly Dictionary<(Guid Asset, int Revision), DateTimeOffset> _analysed = [];
    private readonly List<CodeFinding> _findings = [];

    internal EmulatedCodeQuality(Store store, Derivation derive)
    {
        (_store, _derive) = (store, derive);
        foreach (var (index, asset) in store.Assets.All.Index().Where(entry => CanAnalyse(entry.Item) && !entry.Item.IsBuiltIn))
        {
            AddFindings(asset, isCritical: index % NeverAnalysed == 0);
            var last = (index % Kinds) switch { NeverAnalysed => 0, LatestNotAnalysed => asset.Latest.Number - 1, _ => asset.Latest.Number };
            foreach (var revision in asset.Revisions.Take(last))
                _analysed[(asset.Key, revision.Number)] = revision.CreatedAt.AddHours(3);
        }
    }

    internal Table<CodeAnalysis> Analyses { get; } = new("code analysis", analysis => analysis.Key);

    /// <summary>The types of assets that can be analysed.</summary>
    internal static IReadOnlySet<string> Types => s_types;

    /// <summary>The assets that were analysed, each with its newest analysed revision.</summary>
    internal IReadOnlyDictionary<Asset, int> Latest => _analysed.Keys.GroupBy(key => key.Asset, key => key.Revision)
        .Where(group => _store.Assets.Find(group.Key) is not null)
        .ToDictionary(group => _store.Assets[group.Key], group => group.Max());

    /// <summary>Whether a revision was analysed.</summary>
    public bool IsAnalysed(Guid asset, int revision) => _store.Use(() => _analysed.ContainsKey((asset, revision)));

    /// <summary>Forgets all analyses of an asset.</summary>
    public void Forget(Guid asset) => _store.Use(() =>
    {
        foreach (var key in _analysed.Keys.Where(key => key.Asset == asset).ToArray())
            _analysed.Remove(key);
    });

    /// <summary>Removes all findings of an asset: its code is as good as can be.</summary>
    public void Solve(Guid asset) => _store.Use(() => _findings.RemoveAll(finding => finding.Asset.Key == asset));

    /// <summary>Adds findings of low severity to all revisions of an asset, found a day ago.</summary>
    public void AddFindings(Guid asset, int count) => _store.Use(() =>
    {
        var pattern = CodePattern.All[^1] with { Severity = "Low" };
        var found = _store.Assets[asset];
        for (var number = 0; number < count; number++)
            _findings.Add(New(found, pattern, first: 1, _store.Now.AddDays(-1), $"added/{number}"));
    });

    /// <summary>How many findings of a severity a revision has, without those that were dismissed.</summary>
    public int Count(Guid asset, int revision, string severity) =>
        _store.Use(() => Counted(asset, revision).Count(finding => finding.Pattern.Severity == severity));

    /// <summary>The score of a revision.</summary>
    public double Score(Guid asset, int revision) => _store.Use(() => CodeFinding.Score(Counted(asset, revision)));

    internal static bool CanAnalyse(Asset asset) => asset.TemplateType is null && s_types.Contains(asset.Type);

    internal DateTimeOffset? AnalysedAt(Guid asset, int revision) => _analysed.TryGetValue((asset, revision), out var at) ? at : null;

    internal void SetAnalysed(AssetRevision revision, DateTimeOffset at) => _analysed[(revision.Asset.Key, revision.Number)] = at;

    /// <summary>The newest analysed revision of an asset before another.</summary>
    internal int? Before(Guid asset, int revision) =>
        _analysed.Keys.Where(key => key.Asset == asset && key.Revision < revision).Select(key => (int?)key.Revision).Max();

    /// <summary>What a revision has.</summary>
    internal IEnumerable<CodeFinding> In(Guid asset, int revision) => _findings.Where(finding => finding.Asset.Key == asset && finding.IsIn(revision));

    /// <summary>The same without what was dismissed.</summary>
    internal IEnumerable<CodeFinding> Counted(Guid asset, int revision) => In(asset, revision).Where(finding => finding.Decision != "Dismissed");

    /// <summary>What the analyses have found so far, each with the newest analysed revision of its asset.</summary>
    internal IEnumerable<(CodeFinding Finding, int Latest)> Known()
    {
        var latest = Latest;
        return from finding in _findings
               where latest.TryGetValue(finding.Asset, out var revision) && finding.First <= revision
               select (finding, latest[finding.Asset]);
    }

    private void AddFindings(Asset asset, bool isCritical)
    {
        var newest = asset.Latest.Number;
        var count = 4 + (int)(_derive.Number($"findings/{asset.Name}") % 5);
        for (var number = 0; number < count; number++)
        {
            var chance = _derive.Number($"finding/{asset.Name}/{number}");
            var pattern = CodePattern.All[isCritical && number == 0 ? 0 : 1 + (int)(chance % (ulong)(CodePattern.All.Length - 1))];
            var first = number == 0 ? 1 : 1 + (int)(chance / 16 % (ulong)newest);
            var at = first == newest ? _store.Clock.Now.AddDays(-1 - (int)(chance / 256 % 12)) : asset.Find(first)!.CreatedAt.AddHours(3);
            _findings.Add(New(asset, pattern, first, at, $"{number}") with
            {
                Solved = number % 4 == 3 && first < newest ? first + 1 : null,
                Decision = number switch { 2 => "Dismissed", 5 => "Snoozed", _ => null },
            });
        }
    }

    private CodeFinding New(Asset asset, CodePattern pattern, int first, DateTimeOffset at, string name) => new(
        _derive.Guid($"finding/{asset.Name}/{name}/key"), pattern, asset, first, at,
        $"{pattern.ElementType}{name.Replace("added/", "Added", StringComparison.Ordinal)}", _derive.Guid($"finding/{asset.Name}/{name}/element"));
}
