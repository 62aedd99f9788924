namespace OdcPowerShell.Tenants;

/// <summary>Takes one stage out of a content, so that it can be compared with another.</summary>
internal static class TenantStages
{
    /// <summary>The kinds that two stages can both have the same of.</summary>
    internal static IEnumerable<TenantKind> Kinds => TenantKinds.All.Where(k => k.IsPerStage && k != TenantKinds.Stage);

    /// <summary>The documents of a stage, as if they belonged to the stage of that name.</summary>
    internal static TenantContent Of(TenantContent content, string stage, string name) => new(
        [.. content.Documents.Where(d => Is(d.Stage, stage)).Select(d => d with { Stage = name })],
        [.. content.Unread.Where(u => u.Stage is null || Is(u.Stage, stage)).Select(u => u with { Stage = name })]);

    private static bool Is(string? own, string stage) => string.Equals(own, stage, StringComparison.OrdinalIgnoreCase);
}
