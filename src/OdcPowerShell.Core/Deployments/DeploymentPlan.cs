using System.Globalization;
using System.Text;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Deployments;

/// <summary>The plan of a run for one stage: the assets, their order, their builds, and the skipped assets with the reasons.</summary>
internal sealed class DeploymentPlan(OdcStage stage, IReadOnlyList<DeploymentTarget> targets)
{
    internal OdcStage Stage => stage;

    /// <summary>All targets; assets that others use come first.</summary>
    internal IReadOnlyList<DeploymentTarget> Targets { get; private set; } = targets;

    internal IEnumerable<DeploymentTarget> Planned => Targets.Where(t => t.State == DeploymentState.Planned);

    /// <summary>Assets that use each other: they are deployed in one wave.</summary>
    internal IReadOnlyList<DeploymentTarget> Circle { get; private set; } = [];

    /// <summary>Sorts the targets into waves, and drops dependencies that this run does not deploy first.</summary>
    internal void Order()
    {
        var left = Planned.ToList();
        var ordered = new List<DeploymentTarget>();
        for (var wave = 1; left.Count > 0; wave++)
        {
            var open = new HashSet<string>(left.Select(t => t.AssetKey), StringComparer.OrdinalIgnoreCase);
            var ready = left.Where(t => !t.Producers.Any(p => open.Contains(p) && !IsSame(p, t))).ToList();
            if (ready.Count == 0)
            {
                ready = OnCircle(left);
                Circle = [.. Circle, .. ready];
                var circle = new HashSet<string>(ready.Select(t => t.AssetKey), StringComparer.OrdinalIgnoreCase);
                foreach (var target in ready)
                    target.Producers = [.. target.Producers.Where(p => !circle.Contains(p))];
            }

            foreach (var target in ready)
                target.Wave = wave;
            ordered.AddRange(ready);
            left.RemoveAll(ready.Contains);
        }

        var known = new HashSet<string>(ordered.Select(t => t.AssetKey), StringComparer.OrdinalIgnoreCase);
        foreach (var target in ordered)
            target.Producers = [.. target.Producers.Where(p => known.Contains(p) && !IsSame(p, target))];
        Targets = [.. ordered, .. Targets.Where(t => !known.Contains(t.AssetKey) || !ordered.Contains(t))];
    }

    /// <summary>Lets the remaining targets be deployed at once, when none of their dependencies is still pending.</summary>
    internal void ForgetOrder()
    {
        foreach (var target in Planned)
            target.Producers = [];
    }

    // Only assets in a cycle, and not assets that only use one of them.
    private static List<DeploymentTarget> OnCircle(List<DeploymentTarget> left)
    {
        var byKey = left.GroupBy(t => t.AssetKey, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);
        bool Reaches(DeploymentTarget from, DeploymentTarget to)
        {
            var (open, seen) = (new Stack<DeploymentTarget>([from]), new HashSet<DeploymentTarget>());
            while (open.Count > 0)
            {
                foreach (var next in open.Pop().Producers.Where(byKey.ContainsKey).Select(p => byKey[p]))
                {
                    if (next == to)
                        return true;
                    if (seen.Add(next))
                        open.Push(next);
                }
            }

            return false;
        }

        // Of several cycles, the one that uses no other comes first.
        var circular = left.Where(t => Reaches(t, t)).ToList();
        var first = circular.First(t => circular.All(other => !Reaches(t, other) || Reaches(other, t)));
        return [.. circular.Where(t => t == first || (Reaches(first, t) && Reaches(t, first)))];
    }

    private static bool IsSame(string key, DeploymentTarget target) => string.Equals(key, target.AssetKey, StringComparison.OrdinalIgnoreCase);

    /// <summary>The plan as a table of at most 80 columns.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append("to ").Append(Stage).Append(":\n");
        text.Append(Row("Wave", "Asset", "Revision", "Replaces", "Build"));
        foreach (var target in Targets)
        {
            var isPlanned = target.State == DeploymentState.Planned;
            text.Append('\n').Append(Row(
                isPlanned ? target.Wave.ToString(CultureInfo.InvariantCulture) : "-",
                target.AssetName ?? target.AssetKey,
                FormattableString.Invariant($"{target.Item.Revision}{(target.Item.Tag is null ? "" : $" ({target.Item.Tag})")}"),
                target.Replaced?.ToString(CultureInfo.InvariantCulture) ?? "nothing",
                !isPlanned ? $"not deployed: {target.Reason}" : target.Operation is not null ? "is being deployed already" : target.Build.Key is not null ? "Release" : "is built first"));
        }

        return text.ToString();
    }

    private static string Row(string wave, string asset, string revision, string replaces, string build) =>
        string.Format(CultureInfo.InvariantCulture, "  {0,-5}{1,-25}{2,-14}{3,-10}{4}", wave, Cut(asset, 24), revision, replaces, build);

    private static string Cut(string text, int length) => text.Length <= length ? text : text.Substring(0, length - 1) + "…";
}
