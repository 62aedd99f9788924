namespace OdcPowerShell.Deployments;

/// <summary>Puts what is to be deployed in waves: what is used goes before what uses it.</summary>
internal static class DeploymentOrder
{
    /// <summary>The waves; what is in a circle, or uses what is, is the last one, in the order given.</summary>
    internal static IReadOnlyList<IReadOnlyList<DeploymentTarget>> Waves(IReadOnlyList<DeploymentTarget> targets)
    {
        var waves = new List<IReadOnlyList<DeploymentTarget>>();
        var left = targets.ToList();
        while (left.Count > 0)
        {
            var open = new HashSet<string>(left.Select(t => t.AssetKey), StringComparer.OrdinalIgnoreCase);
            var ready = left.Where(t => !t.Producers.Any(p => open.Contains(p) && !string.Equals(p, t.AssetKey, StringComparison.OrdinalIgnoreCase))).ToList();
            IReadOnlyList<DeploymentTarget> wave = ready.Count > 0 ? ready : [.. left];
            waves.Add(wave);
            left.RemoveAll(wave.Contains);
        }

        return waves;
    }
}
