namespace OdcPowerShell.Resources;

/// <summary>A type of resource: its noun, the property with its key, the list for looking up names, and how it is described.</summary>
/// <param name="Type">The type of its objects.</param>
/// <param name="Noun">The noun in messages.</param>
/// <param name="KeyProperty">The property with its key.</param>
internal sealed record ResourceType(Type Type, string Noun, string KeyProperty)
{
    /// <summary>The noun of its commands.</summary>
    internal string CommandNoun { get; init; } = Type.Name;

    /// <summary>The list for looking up its name; null if it can only be found by key.</summary>
    internal ResourceList? List { get; init; }

    /// <summary>The names of an object; Tab offers the first.</summary>
    internal Func<OdcResource, IEnumerable<string?>> NamesOf { get; init; } = resource => [(resource as INamed)?.Name];

    /// <summary>The words for what it is found by, such as name or e-mail.</summary>
    internal string FoundBy { get; init; } = "name";

    /// <summary>Reads what distinguishes objects of the same name.</summary>
    internal Func<OdcClient, IReadOnlyList<OdcResource>, ICaller, CancellationToken, Task>? Complete { get; init; }

    /// <summary>The text after the key of one of several objects with the same name, in a message.</summary>
    internal Func<OdcResource, string?> Distinction { get; init; } = _ => null;

    /// <summary>The keys of the stage and the asset that it belongs to; null if none.</summary>
    internal Func<OdcResource, (string? StageKey, string? AssetKey)>? Place { get; init; }

    /// <summary>The parameters that distinguish objects with the same name.</summary>
    internal string? Narrowed { get; init; }

    /// <summary>Reads an object by its key, for messages.</summary>
    internal Func<OdcClient, string, ICaller, CancellationToken, Task<OdcResource?>>? Read { get; init; }

    /// <summary>Further types whose objects have its key as their own.</summary>
    internal IReadOnlyList<Type> Twins { init => Types = [Type, .. value]; }

    /// <summary>All types whose objects are of this type of resource. Each piped object is compared with them.</summary>
    internal IReadOnlyList<Type> Types { get; private init; } = [Type];

    /// <summary>The types of rows that join it to another, such as the role of a user.</summary>
    internal IReadOnlyList<Type> Rows { get; init; } = [];

    /// <summary>Other types whose property Name is its name.</summary>
    internal IReadOnlyList<Type> NamedBy { get; init; } = [];

    /// <summary>Further column names for the key or the name in rows, such as those of a CSV file.</summary>
    internal IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Properties of other objects that refer to one of this type. Only commands that read use them.</summary>
    internal IReadOnlyList<string> Pointers { get; init; } = [];

    /// <summary>Keys that show that a row has another type and only refers to one of this type.</summary>
    internal IReadOnlyList<string> Outranking { get; init; } = [];

    /// <summary>Whether other types have keys of the same name, so that an object with such a key may be of another type.</summary>
    internal bool SharesKeyName { get; init; }

    /// <summary>Whether its keys are any texts, and not GUIDs: then a text is a key, and never a name.</summary>
    internal bool HasTextKeys { get; init; }

    /// <summary>The prefix of the properties with its name in other objects, such as Stage in StageName.</summary>
    internal string? Prefix { get; init; }

    /// <summary>The path segments before its key in URLs of the ODC Portal.</summary>
    internal IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary>The existing names, if they are few enough for a message.</summary>
    internal Func<OdcClient, string>? Known { get; init; }

    /// <summary>The missing permission, if the API client can see no object of this type; null if it sees some.</summary>
    internal Func<OdcClient, string?>? Lacks { get; init; }

    internal string Article => ArticleOf(Noun);

    internal string Plural => Noun.EndsWith("analysis", StringComparison.Ordinal) ? Noun.Substring(0, Noun.Length - 2) + "es" : Noun + "s";

    /// <summary>A or An, as the next word is spoken.</summary>
    internal static string ArticleOf(string word) => "aeioAEIO".IndexOf(word[0]) >= 0 ? "An" : "A";

    private static string? KeyOf(OdcResource resource) => (resource as INamed)?.Key;

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
            OdcErrorCause.NotFound, $"There is no {Noun} with the {FoundBy} '{text}' that this API client can see: it can see no {Noun} at all. It probably lacks a permission: {permission}.",
            $"Grant the API client this permission in the ODC Portal (API clients, edit permissions): {permission}.")
        : new OdcException(
            OdcErrorCause.NotFound, $"There is no {Noun} with the {FoundBy} '{text}' that this API client can see.",
            Known?.Invoke(client) ?? $"Check the spelling, or specify the key of the {Noun}.");

    internal OdcException NotFoundKey(string key) => new(
        OdcErrorCause.NotFound, $"There is no {Noun} with the key {key} that this API client can see.", "Check the key.");

    private OdcException Ambiguous(string text, List<OdcResource> found) => new(
        OdcErrorCause.AmbiguousName,
        $"{found.Count} {Plural} are named '{text}': {string.Join(", ", found.Take(5).Select(r => KeyOf(r) + (Distinction(r) is { } more ? $" ({more})" : "")))}{(found.Count > 5 ? ", …" : "")}.",
        (Narrowed is null ? "Use" : $"Specify {Narrowed}, or use") + $" one of these keys: {string.Join(", ", found.Take(5).Select(KeyOf))}.");
}

/// <summary>The scope of a look-up by name: the stages and the asset that the object belongs to.</summary>
internal sealed record NameScope(IReadOnlyList<string>? StageKeys = null, string? AssetKey = null)
{
    internal static NameScope None { get; } = new();

    internal bool Fits((string? StageKey, string? AssetKey) place) =>
        (StageKeys is not { Count: > 0 } || StageKeys.Contains(place.StageKey, StringComparer.OrdinalIgnoreCase))
        && (AssetKey is null || string.Equals(AssetKey, place.AssetKey, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A parameter that accepts objects of a resource type, by key or, if the type has a list, by name.</summary>
internal interface IResourceParameter
{
    ResourceType ResourceType { get; }
}
