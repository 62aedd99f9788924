using OdcPowerShell.Http;

namespace OdcPowerShell.Parameters;

/// <summary>A kind of object: what it is called, the property that holds its key, and how it is found by what users call it.</summary>
internal sealed record KindInfo(string Noun, string KeyProperty, string? FoundBy = null, KindInfo.Search? Find = null)
{
    internal delegate Task<IEnumerable<Candidate>> Search(OdcClient client, string text, Narrowing within, ICaller caller, CancellationToken cancellationToken);

    /// <summary>The one type of object that has such a key, where others have keys of the same name.</summary>
    internal Type? Only { get; init; }

    /// <summary>What rows, as of a CSV file, may call the column with the key or the name, besides the key's own name.</summary>
    internal IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>What there is instead, where that is short enough to be said.</summary>
    internal Func<OdcClient, string>? Known { get; init; }

    /// <exception cref="OdcException">No object is called so, or several are.</exception>
    internal async Task<(string Key, object Found)> FindAsync(OdcClient client, string text, Narrowing within, ICaller caller, CancellationToken cancellationToken)
    {
        var found = (await Find!(client, text, within, caller, cancellationToken)).ToList();
        return found.Count switch
        {
            1 => (found[0].Object.Key!, found[0].Object),
            0 => throw NotFound(client, text),
            _ => throw new OdcException(
                OdcErrorCause.AmbiguousName, $"{found.Count} {Plural} are named '{text}': {string.Join(", ", found.Take(5).Select(c => c.Shown))}{(found.Count > 5 ? ", …" : "")}.",
                $"Use one of these keys: {string.Join(", ", found.Take(5).Select(c => c.Object.Key))}."),
        };
    }

    internal OdcException NotFound(OdcClient client, string text) => new(
        OdcErrorCause.NotFound, $"There is no {Noun} with the {FoundBy} '{text}' that this API client can see.",
        Known?.Invoke(client) ?? $"Check the spelling, or give the key of the {Noun}.");

    internal OdcException NotFoundKey(string key) => new(
        OdcErrorCause.NotFound, $"There is no {Noun} with the key {key} that this API client can see.", "Check the key.");

    internal string Article => "aeio".Contains(Noun.Substring(0, 1)) ? "An" : "A";

    private string Plural => Noun + "s";
}

/// <summary>An object that is called what was looked for, and how it is told from others.</summary>
internal sealed record Candidate(INamed Object, string Shown);

/// <summary>What else is known of an object that is looked for by name.</summary>
internal sealed record Narrowing(string? StageKey = null, string? AssetKey = null)
{
    internal static Narrowing None { get; } = new();

    internal bool Fits(string? stageKey, string? assetKey) => IsSame(StageKey, stageKey) && IsSame(AssetKey, assetKey);

    private static bool IsSame(string? wanted, string? actual) => wanted is null || string.Equals(wanted, actual, StringComparison.OrdinalIgnoreCase);
}
