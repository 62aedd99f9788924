namespace OdcPowerShell.Resources;

/// <summary>A type of resource: its noun, the property with its key, the list for looking up names, and how it is described.</summary>
/// <param name="Type">The type of its objects.</param>
/// <param name="Noun">The noun in messages.</param>
/// <param name="KeyProperty">The property with its key.</param>
internal sealed record ResourceType(Type Type, string Noun, string KeyProperty)
{
    private const int MostChoices = 20;

    /// <summary>The noun of its commands.</summary>
    internal string CommandNoun { get; init; } = Type.Name;

    /// <summary>The list for looking up its name; null if it can only be found by key.</summary>
    internal ResourceList? List { get; init; }

    /// <summary>The list of those of one stage, in which its name and its key are looked up; null if <see cref="List"/> has all.</summary>
    internal Func<OdcClient, string, IPagedList<OdcResource>>? ListInStage { get; init; }

    /// <summary>The list of those of the organization itself, where stages and the organization have them.</summary>
    internal Func<OdcClient, IPagedList<OdcResource>>? ListInOrganization { get; init; }

    /// <summary>Whether its key is a text that users know, and not a GUID, so that no name is looked up.</summary>
    internal bool HasTextKey { get; init; }

    /// <summary>Whether its name can be looked up.</summary>
    internal bool IsFoundByName => List is not null || ListInStage is not null;

    /// <summary>The names of an object; Tab offers the first.</summary>
    internal Func<OdcResource, IEnumerable<string?>> NamesOf { get; init; } = resource => [(resource as INamed)?.Name];

    /// <summary>The text by which the service searches for a name.</summary>
    internal Func<string, string> Searched { get; init; } = name => name;

    /// <summary>The property with the name in messages.</summary>
    internal string NameProperty { get; init; } = nameof(INamed.Name);

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
    internal async Task<(string Key, OdcResource Found)> FindAsync(OdcClient client, string text, NameScope within, ICaller caller, CancellationToken cancellationToken, string? typed = null)
    {
        List<OdcResource> found = [];
        // Names can begin or end with spaces: the object with exactly this name is meant, if there is one.
        if (typed is not null && typed != text && ListInStage is null)
            found = await FindNamedAsync(client, typed, within, caller, cancellationToken).ConfigureAwait(false);
        if (found.Count == 0)
            found = await (ListInStage is null ? FindNamedAsync(client, text, within, caller, cancellationToken) : FindInStageAsync(client, text, within, caller, cancellationToken)).ConfigureAwait(false);
        if (found.Count > 0 && Complete is not null)
            await Complete(client, found, caller, cancellationToken).ConfigureAwait(false);
        return found.Count switch
        {
            1 => (KeyOf(found[0])!, found[0]),
            0 => throw await NotFoundAsync(client, text, caller, cancellationToken).ConfigureAwait(false),
            _ => throw Ambiguous(text, found),
        };
    }

    private async Task<List<OdcResource>> FindNamedAsync(OdcClient client, string name, NameScope within, ICaller caller, CancellationToken cancellationToken) =>
        [.. (await client.Names.FindAsync(this, name, caller, cancellationToken).ConfigureAwait(false)).Where(r => Place is null || within.Fits(Place(r)))];

    // The specification says that a key of these types is any text, so it may look like a name.
    private async Task<List<OdcResource>> FindInStageAsync(OdcClient client, string text, NameScope within, ICaller caller, CancellationToken cancellationToken)
    {
        if (within.StageKeys is not { Count: 1 } stages)
            throw new OdcException(OdcErrorCause.InvalidRequest, $"The {Noun} '{text}' is looked up in a stage, and none is specified.", $"Specify the stage with -Stage, or pass the object itself, such as those of Get-OdcStage | Get-{CommandNoun}.");
        var all = await ListInStage!(client, stages[0]).ReadAllAsync(caller, cancellationToken).ConfigureAwait(false);
        var found = all.Where(r => string.Equals(KeyOf(r), text, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found.Count == 0)
            found = [.. all.Where(r => NamesOf(r).Any(name => NameText.IsSame(name, text)))];
        return found.Count > 0 ? found : throw new OdcException(
            OdcErrorCause.NotFound, $"Stage {client.Names.Stages.NameOf(stages[0]) ?? stages[0]} has no {Noun} '{text}'.", (text.IndexOf('*') >= 0 ? "Wildcards are not allowed here. " : "") + ChoicesOf(all));
    }

    /// <summary>The text that lists what a stage has of this type.</summary>
    internal string ChoicesOf(IReadOnlyList<OdcResource> all) => all.Count == 0
        ? $"The stage has no {Plural}."
        : $"Its {Plural}: {string.Join(", ", all.Take(MostChoices).Select(r => NamesOf(r).First() ?? KeyOf(r)))}{(all.Count > MostChoices ? ", …" : "")}.";

    /// <summary>The error for a name that was not found, with those that may have been meant, as far as the first of the list show.</summary>
    private async Task<OdcException> NotFoundAsync(OdcClient client, string text, ICaller caller, CancellationToken cancellationToken)
    {
        var error = NotFound(client, text);
        if (Known is not null || List is null || Lacks?.Invoke(client) is not null)
            return error;
        try
        {
            var near = NearNames.Of(text, await client.Names.FirstAsync(this, "", caller, cancellationToken).ConfigureAwait(false));
            return near.Count == 0 ? error : new OdcException(error.Cause, error.Message, $"Did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}?");
        }
        catch (OdcException e)
        {
            caller.Verbose($"The names that exist can't be read: {e.Message}");
            return error;
        }
    }

    internal OdcException NotFound(OdcClient client, string text) => Lacks?.Invoke(client) is { } permission
        ? new OdcException(
            OdcErrorCause.NotFound, $"There is no {Noun} with the {FoundBy} '{text}' that this API client can see: it can see no {Noun} at all. It probably lacks a permission: {permission}.",
            $"Grant the API client this permission in the ODC Portal (API clients, edit permissions): {permission}.")
        : new OdcException(
            OdcErrorCause.NotFound, $"There is no {Noun} with the {FoundBy} '{text}' that this API client can see.",
            text.IndexOf('*') >= 0 ? $"Wildcards are not allowed here. Get-{CommandNoun} {MessageText.Quoted(text)} lists what fits."
                : Known?.Invoke(client) ?? $"Check the spelling, or specify the key of the {Noun}.");

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
        && (AssetKey is null || place.AssetKey is null || string.Equals(AssetKey, place.AssetKey, StringComparison.OrdinalIgnoreCase));

    internal bool IsSame(NameScope other) =>
        (StageKeys ?? []).SequenceEqual(other.StageKeys ?? [], StringComparer.OrdinalIgnoreCase) && string.Equals(AssetKey, other.AssetKey, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A parameter that accepts objects of a resource type, by key or, if the type has a list, by name.</summary>
internal interface IResourceParameter
{
    ResourceType ResourceType { get; }
}
