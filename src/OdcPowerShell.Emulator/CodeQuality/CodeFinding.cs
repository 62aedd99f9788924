namespace OdcPowerShell.Emulator;

/// <summary>A pattern that analyses look for.</summary>
internal sealed record CodePattern(
    string Id, string Name, string Description, string Impact, string HowToSolve, string Category, string Severity, string ElementType)
{
    public static ImmutableArray<CodePattern> All { get; } = Json.Seed<ImmutableArray<CodePattern>>("code-patterns");
}

/// <summary>An element that has a pattern since a revision, and until it is solved in another. Guarded by <see cref="Store"/>.</summary>
internal sealed record CodeFinding(Guid Key, CodePattern Pattern, Asset Asset, int First, DateTimeOffset DiscoveredOn, string ElementName, Guid ElementKey)
{
    public static IReadOnlyList<string> Severities { get; } = ["Low", "Medium", "High", "Critical"];
    public static IReadOnlyList<string> Statuses { get; } = ["Open", "Resolved", "Dismissed", "Snoozed", "Closed"];
    public static IReadOnlyList<string> Categories { get; } = ["performance", "security", "architecture", "maintainability"];

    /// <summary>The revision in which it is solved; null: in none.</summary>
    public int? Solved { get; init; }
    /// <summary>Dismissed or Snoozed by a person; null: neither.</summary>
    public string? Decision { get; init; }
    public string? DismissReason => Decision == "Dismissed" ? "Accepted by the team." : null;
    public DateTimeOffset? SnoozedUntil => Decision == "Snoozed" ? DiscoveredOn.AddDays(60) : null;
    public bool IsIn(int revision) => First <= revision && !(Solved <= revision);

    /// <summary>The status after the analysis of a revision.</summary>
    public string StatusAt(int revision) => Solved <= revision ? "Resolved" : Decision ?? "Open";

    /// <summary>The status on a day.</summary>
    public string StatusAt(DateTimeOffset day) =>
        Solved is { } solved && Asset.Find(solved)?.CreatedAt <= day ? "Resolved" : Decision ?? "Open";

    /// <summary>From 0 to 100; each finding lowers it by its severity.</summary>
    public static double Score(IEnumerable<CodeFinding> findings) => Math.Max(0, 100 - findings.Sum(finding => finding.Pattern.Severity switch
    {
        "Critical" => 12,
        "High" => 5,
        "Medium" => 2,
        _ => 0.5,
    }));
}

/// <summary>An analysis that was asked for; what it found when it ended.</summary>
internal sealed class CodeAnalysis(Guid key, string requestedBy, AssetRevision revision)
    : TimedOperation(EmulatedOperation.CodeAnalysis, key, requestedBy, revision.Asset.Key)
{
    public AssetRevision Revision => revision;
    public IReadOnlyList<CodeFinding>? Findings { get; set; }
}
