using OdcPowerShell.Http;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Parameters;

/// <summary>Turns the names of stages into keys, with one list request when there is a name among them.</summary>
internal static class StageNames
{
    /// <exception cref="OdcException">A name is unknown or stands for several stages.</exception>
    internal static async Task<string[]> ToKeysAsync(string[] namesOrKeys, OdcClient client, ICaller caller, CancellationToken cancellationToken)
    {
        if (namesOrKeys.All(IsKey))
            return namesOrKeys;
        var stages = await client.Stages.GetAsync(caller, cancellationToken);
        return [.. namesOrKeys.Select(n => IsKey(n) ? n : Find(n, stages))];
    }

    private static bool IsKey(string text) => Guid.TryParse(text, out _);

    private static string Find(string name, IReadOnlyList<OdcStage> stages)
    {
        var found = stages.Where(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase)).ToList();
        return found.Count switch
        {
            1 => found[0].StageKey!,
            0 => throw NotFound(name, stages),
            _ => throw new OdcException(
                OdcErrorCause.AmbiguousName, $"{found.Count} stages are named '{name}'.", $"Give the key: {string.Join(", ", found.Select(s => $"{s.StageKey} (portfolio {s.PortfolioKey})"))}."),
        };
    }

    internal static OdcException NotFound(string name, IReadOnlyList<OdcStage> stages) => new(
        OdcErrorCause.NotFound, $"There is no stage named '{name}' that this API client can see.",
        stages.Count == 0
            ? "The API client sees no stage at all: grant it Stage > View stage in the ODC Portal."
            : $"Stages: {string.Join(", ", stages.Select(s => s.Name))}.");
}
