namespace OdcPowerShell.Resources;

/// <summary>A type of resource: what it is called, the property with its key, the list in which it is found by name, and how it is described.</summary>
/// <param name="Type">The type of its objects.</param>
/// <param name="Noun">What it is called in messages.</param>
/// <param name="KeyProperty">The property with its key.</param>
internal sealed record ResourceType(Type Type, string Noun, string KeyProperty)
{
    /// <summary>The noun of the commands that are about it.</summary>
    internal string CommandNoun { get; init; } = Type.Name;

    /// <summary>The list in which it is found by name; null where only by its key.</summary>
    internal ResourceList? List { get; init; }

    /// <summary>The names of an object; Tab offers the first.</summary>
    internal Func<OdcResource, IEnumerable<string?>> NamesOf { get; init; } = resource => [(resource as INamed)?.Name];

    /// <summary>What it is found by, in words.</summary>
    internal string FoundBy { get; init; } = "name";

    /// <summary>Reads what distinguishes objects of the same name.</summary>
    internal Func<OdcClient, IReadOnlyList<OdcResource>, ICaller, CancellationToken, Task>? Complete { get; init; }

    /// <summary>What a message says of one of several objects of the same name, after its key.</summary>
    internal Func<OdcResource, string?> Distinction { get; init; } = _ => null;

    /// <summary>The keys of the stage and the asset that it belongs to; null where it belongs to none.</summary>
    internal Func<OdcResource, (string? StageKey, string? AssetKey)>? Place { get; init; }

    /// <summary>The parameters that say which of several with the same name is meant.</summary>
    internal string? Narrowed { get; init; }

    /// <summary>Reads what a message may say of an object of which only the key is known.</summary>
    internal Func<OdcClient, string, ICaller, CancellationToken, Task<OdcResource?>>? Read { get; init; }

    /// <summary>Further types whose objects have its key as their own.</summary>
    internal IReadOnlyList<Type> Twins { get; init; } = [];

    /// <summary>All types whose objects are of this type of resource.</summary>
    internal IReadOnlyList<Type> Types => [Type, .. Twins];

    /// <summary>The types of rows that join it to another, such as the role of a user.</summary>
    internal IReadOnlyList<Type> Rows { get; init; } = [];

    /// <summary>Other types whose property Name is its name.</summary>
    internal IReadOnlyList<Type> NamedBy { get; init; } = [];

    /// <summary>What rows, as of a CSV file, may call the column with the key or the name, besides the key's own name.</summary>
    internal IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Properties of other objects that name one of this type: only a command that reads follows them.</summary>
    internal IReadOnlyList<string> Pointers { get; init; } = [];

    /// <summary>Keys that show that a row is one of another type, which only refers to one of this type.</summary>
    internal IReadOnlyList<string> Outranking { get; init; } = [];

    /// <summary>Whether other types have keys of the same name, so that an object with such a key may be of another type.</summary>
    internal bool SharesKeyName { get; init; }

    /// <summary>What stands before Name in the property of another object that names one of this type.</summary>
    internal string? Prefix { get; init; }

    /// <summary>What stands before its key in URLs of the ODC Portal.</summary>
    internal IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary>What there is instead, where that is short enough for a message.</summary>
    internal Func<OdcClient, string>? Known { get; init; }

    /// <summary>The permission that the API client lacks where it sees none at all; null where it sees some.</summary>
    internal Func<OdcClient, string?>? Lacks { get; init; }

    internal string Article => ArticleOf(Noun);

    internal string Plural => Noun.EndsWith("analysis", StringComparison.Ordinal) ? Noun.Substring(0, Noun.Length - 2) + "es" : Noun + "s";

    /// <summary>A or An, as the word that follows is spoken.</summary>
    internal static string ArticleOf(string word) => "aeioAEIO".IndexOf(word[0]) >= 0 ? "An" : "A";

    internal string? KeyOf(OdcResource resource) => (resource as INamed)?.Key;

    /// <summary>Finds the one object with a name.</summary>
    /// <exception cref="OdcException">No object has the name, or several have it.</exception>
    internal async Task<(string Key, OdcResource Found)> FindAsync(OdcClient client, string text, NameScope within, ICaller caller, CancellationToken cancellationToken)
    {
        var found = (await client.Names.FindAsync(this, text, caller, cancellationToken).ConfigureAwait(false)).Where(r => Place is null || within.Fits(Place(r))).ToList();
        if (found.Count > 0 && Complete is not null)
            await Complete(client, found, caller, cancellationToken).ConfigureAwait(false);
        return found.Count switch
        {
            1 => (KeyOf(found[0])!, found[0]),
            0 => throw NotFound(client, text),
            _ => throw Ambiguous(text, found),
        };
    }

    internal OdcException NotFound(OdcClient client, string text) => Lacks?.Invoke(client) is { } permission
        ? new OdcException(
            OdcErrorCause.NotFound, $"There is no {Noun} with the {FoundBy} '{text}' that this API client can see: it sees no {Noun} at all. It probably lacks a permission: {permission}.",
            $"Grant the API client this permission in the ODC Portal (API clients, edit permissions): {permission}.")
        : new OdcException(
            OdcErrorCause.NotFound, $"There is no {Noun} with the {FoundBy} '{text}' that this API client can see.",
            Known?.Invoke(client) ?? $"Check the spelling, or specify the key of the {Noun}.");

    internal OdcException NotFoundKey(string key) => new(
        OdcErrorCause.NotFound, $"There is no {Noun} with the key {key} that this API client can see.", "Check the key.");

    private OdcException Ambiguous(string text, IReadOnlyList<OdcResource> found) => new(
        OdcErrorCause.AmbiguousName,
        $"{found.Count} {Plural} are named '{text}': {string.Join(", ", found.Take(5).Select(r => KeyOf(r) + (Distinction(r) is { } more ? $" ({more})" : "")))}{(found.Count > 5 ? ", …" : "")}.",
        (Narrowed is null ? "Use" : $"Specify {Narrowed}, or use") + $" one of these keys: {string.Join(", ", found.Take(5).Select(KeyOf))}.");
}

/// <summary>What else is known of an object that is looked for by name: the stages and the asset that it belongs to.</summary>
internal sealed record NameScope(IReadOnlyList<string>? StageKeys = null, string? AssetKey = null)
{
    internal static NameScope None { get; } = new();

    internal bool Fits((string? StageKey, string? AssetKey) place) =>
        (StageKeys is not { Count: > 0 } || StageKeys.Contains(place.StageKey, StringComparer.OrdinalIgnoreCase))
        && (AssetKey is null || string.Equals(AssetKey, place.AssetKey, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A parameter that takes objects of a type of resource, by key or, where it has a list, by name.</summary>
internal interface IResourceParameter
{
    ResourceType ResourceType { get; }
}
