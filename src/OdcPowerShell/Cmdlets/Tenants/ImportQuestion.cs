using OdcPowerShell.Secrets;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Cmdlets.Tenants;

/// <summary>What the user is asked before an import: what is removed, and what can lock people out.</summary>
internal static class ImportQuestion
{
    private const int MostNamed = 20;

    internal static IEnumerable<string> Lines(TenantPlan plan)
    {
        var removed = plan.Sent.Where(s => s.Action == TenantAction.Remove).Select(s => s.Object).ToList();
        if (removed.Count > 0)
            yield return $"It removes {Names(removed)}.";
        var items = plan.Sent.Where(s => s.Action != TenantAction.Remove).SelectMany(s => s.Changes.Where(c => c.IsRemoval).Select(c => $"{c.Property} of {s.Object}")).ToList();
        if (items.Count > 0)
            yield return $"It takes away {Names(items)}.";
        foreach (var step in plan.Sent.Where(s => s.Kind == TenantKinds.IpFilterGroup && s.Action != TenantAction.Remove).Take(MostNamed))
            yield return $"{Vault.Capital(step.Object)}: {step.Effect}.";
        foreach (var step in plan.Sent.Where(s => s.Kind == TenantKinds.Subscription))
            yield return $"Whose users are internal changes: {string.Join(", ", step.Changes)}.";
    }

    private static string Names(List<string> names) =>
        FormattableString.Invariant($"{names.Count}: {string.Join(", ", names.Take(MostNamed))}{(names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "")}");
}
