using OdcPowerShell.Http;

namespace OdcPowerShell.Parameters;

/// <summary>A kind of object: what it is called, the property that holds its key, and how it is found by what users call it.</summary>
/// <param name="Noun">What it is called in messages.</param>
/// <param name="KeyProperty">The property with its key.</param>
/// <param name="CommandNoun">The noun of the commands that are about it.</param>
internal sealed record KindInfo(string Noun, string KeyProperty, string CommandNoun)
{
    /// <summary>By what it is found besides its key; null where only by its key.</summary>
    internal string? FoundBy { get; init; }

    /// <summary>The objects that are called so: client, text, what else is known.</summary>
    internal Func<OdcClient, string, Narrowing, ICaller, CancellationToken, Task<IEnumerable<Candidate>>>? Find { get; init; }

    /// <summary>Reads what a message may say of an object of which only the key is known.</summary>
    internal Func<OdcClient, string, ICaller, CancellationToken, Task<OdcResource?>>? Read { get; init; }

    /// <summary>The types whose objects are of this kind.</summary>
    internal IReadOnlyList<Type> Types { get; init; } = [];

    /// <summary>The types of rows that join this kind to another, such as the role of a user.</summary>
    internal IReadOnlyList<Type> Rows { get; init; } = [];

    /// <summary>What rows, as of a CSV file, may call the column with the key or the name, besides the key's own name.</summary>
    internal IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Properties of other objects that name one of this kind: only a command that reads follows them.</summary>
    internal IReadOnlyList<string> Pointers { get; init; } = [];

    /// <summary>Keys that say that a row is one of another kind, which only refers to one of this kind.</summary>
    internal IReadOnlyList<string> Outranking { get; init; } = [];

    /// <summary>Whether other kinds have keys of the same name, so that an object with such a key may be of another kind.</summary>
    internal bool SharesKeyName { get; init; }

    /// <summary>What stands before Name in the property of another object that names one of this kind.</summary>
    internal string? Prefix { get; init; }

    /// <summary>What stands before its key in URLs of the ODC Portal.</summary>
    internal IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary>The parameters that say which of several with the same name is meant.</summary>
    internal string? Narrowed { get; init; }

    /// <summary>What there is instead, where that is short enough to be said.</summary>
    internal Func<OdcClient, string>? Known { get; init; }

    /// <summary>The permission that the API client lacks where it sees none of this kind at all; null where it sees some.</summary>
    internal Func<OdcClient, string?>? Lacks { get; init; }

    /// <exception cref="OdcException">No object is called so, or several are.</exception>
    internal async Task<(string Key, OdcResource Found)> FindAsync(OdcClient client, string text, Narrowing within, ICaller caller, CancellationToken cancellationToken)
    {
        var found = (await Find!(client, text, within, caller, cancellationToken)).ToList();
        return found.Count switch
        {
            1 => (found[0].Object.Key!, (OdcResource)found[0].Object),
            0 => throw NotFound(client, text),
            _ => throw new OdcException(
                OdcErrorCause.AmbiguousName, $"{found.Count} {Plural} are named '{text}': {string.Join(", ", found.Take(5).Select(c => c.Shown))}{(found.Count > 5 ? ", …" : "")}.",
                (Narrowed is null ? "Use" : $"Specify {Narrowed}, or use") + $" one of these keys: {string.Join(", ", found.Take(5).Select(c => c.Object.Key))}."),
        };
    }

    internal OdcException NotFound(OdcClient client, string text) => Lacks?.Invoke(client) is { } permission
        ? new OdcException(
            OdcErrorCause.NotFound, $"There is no {Noun} with the {FoundBy ?? "name"} '{text}' that this API client can see: it sees no {Noun} at all. It probably lacks a permission: {permission}.",
            $"Grant the API client this permission in the ODC Portal (API clients, edit permissions): {permission}.")
        : new OdcException(
            OdcErrorCause.NotFound, $"There is no {Noun} with the {FoundBy ?? "name"} '{text}' that this API client can see.",
            Known?.Invoke(client) ?? $"Check the spelling, or specify the key of the {Noun}.");

    internal OdcException NotFoundKey(string key) => new(
        OdcErrorCause.NotFound, $"There is no {Noun} with the key {key} that this API client can see.", "Check the key.");

    internal string Article => ArticleOf(Noun);

    internal string Plural => Noun.EndsWith("analysis", StringComparison.Ordinal) ? Noun.Substring(0, Noun.Length - 2) + "es" : Noun + "s";

    /// <summary>A or An, as the word that follows is spoken.</summary>
    internal static string ArticleOf(string word) => "aeioAEIO".IndexOf(word[0]) >= 0 ? "An" : "A";
}

/// <summary>An object that is called what was looked for, and how it is told from others.</summary>
internal sealed record Candidate(INamed Object, string Shown);

/// <summary>What else is known of an object that is looked for by name.</summary>
internal sealed record Narrowing(IReadOnlyList<string>? StageKeys = null, string? AssetKey = null)
{
    internal static Narrowing None { get; } = new();

    internal static Narrowing To(ObjectReference? stage, ObjectReference? asset = null) => new(stage?.Key is { } key ? [key] : null, asset?.Key);

    internal bool Fits(string? stageKey, string? assetKey) =>
        (StageKeys is not { Count: > 0 } || StageKeys.Contains(stageKey, StringComparer.OrdinalIgnoreCase))
        && (AssetKey is null || string.Equals(AssetKey, assetKey, StringComparison.OrdinalIgnoreCase));
}
