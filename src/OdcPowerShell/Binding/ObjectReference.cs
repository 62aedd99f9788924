namespace OdcPowerShell;

/// <summary>An object of the tenant as a user specifies it: the object, its key, its name, or the URL of its page in the ODC Portal.</summary>
public sealed class ObjectReference
{
    private readonly PipedObject? _piped;
    private object? _learned;
    private string? _foundIn;
    private NameScope? _outside;

    internal ObjectReference(ResourceType type, string? key, string text, PipedObject? piped)
    {
        Type = type;
        Key = key;
        Text = text;
        Resource = piped?.Resource;
        _piped = piped;
    }

    /// <summary>A reference for a value that was rejected, with the reason.</summary>
    internal ObjectReference(ResourceType type, OdcException failure, object? target)
    {
        Type = type;
        Text = target?.ToString() ?? "";
        Failure = failure;
        RejectedTarget = target;
    }

    internal ResourceType Type { get; }

    /// <summary>The object's key; null while only its name is known.</summary>
    internal string? Key { get; private set; }

    /// <summary>The text that the user specified, for messages.</summary>
    internal string Text { get; }

    /// <summary>A name as the user typed it, with the spaces around it.</summary>
    internal string? Typed { get; init; }

    /// <summary>The object that the user specified, or that was found by its name; null when only a key or a row is known.</summary>
    internal object? Resource { get; private set; }

    /// <summary>The host of a pasted URL.</summary>
    internal string? Host { get; init; }

    /// <summary>The object as it is known best, with what was read for messages.</summary>
    internal object? Known => _learned ?? Resource;

    /// <summary>Why there is no object: the value was rejected, or the name was not found.</summary>
    internal OdcException? Failure { get; private set; }

    /// <summary>Whether the failure was written as an error.</summary>
    internal bool IsReported { get; set; }

    /// <summary>Whether the error that it is of another stage or asset was written.</summary>
    internal bool IsReportedOutside(NameScope within) => _outside?.IsSame(within) == true;

    internal void ReportedOutside(NameScope within) => _outside = within;

    /// <summary>Whether all other input would fail in the same way.</summary>
    internal bool EndsCommand { get; init; }

    /// <summary>The target of errors: the object, row or text that was specified.</summary>
    internal object Target => RejectedTarget ?? _piped?.Target ?? Resource ?? Text;

    /// <summary>Whether the user specified a row, whose columns may have more values.</summary>
    internal bool IsRow => _piped is { Resource: null };

    /// <summary>Whether the user specified an object or a row.</summary>
    internal bool IsObject => _piped is not null;

    /// <summary>A column of the row that the user specified, as text; null for anything else.</summary>
    internal string? Column(string name) => IsRow ? _piped!.Text(name) : null;

    /// <summary>The property Revision of the object or the row that the user specified.</summary>
    internal int? RevisionInInput => _piped?.Value("Revision") is { } value && LanguagePrimitives.TryConvertTo<int>(value, System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    /// <summary>Whether the user specified a row with this column, which may be empty.</summary>
    internal bool HasColumn(string name) => IsRow && _piped!.Columns.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The name in the row that the user specified, beside the key.</summary>
    internal string? NameInRow => IsRow ? Described.Name(Type, resource: null, _piped) : null;

    /// <summary>Key and name of the stage that the object or the row names as its own.</summary>
    internal (string? Key, string? Name) OwnStage =>
        IsObject && Resource is IOfStage part ? (part.StageKey, part.StageName) : (Column(nameof(IOfStage.StageKey)), Column(nameof(IOfStage.StageName)));

    private object? RejectedTarget { get; }

    /// <summary>The scope for looking up names: a stage, an asset, or both.</summary>
    internal static NameScope Scope(ObjectReference? stage, ObjectReference? asset = null) => new(stage?.Key is { } key ? [key] : null, asset?.Key);

    /// <summary>Lets a name be looked up again when the command continues with another stage: each stage may have an object of this name.</summary>
    internal void GoTo(string stageKey)
    {
        if (_foundIn is not null && !string.Equals(_foundIn, stageKey, StringComparison.OrdinalIgnoreCase))
            (Key, Resource, Failure, IsReported) = (null, null, null, false);
    }

    /// <summary>Looks a name up, once.</summary>
    /// <exception cref="OdcException">The value was rejected, no object has the name, or several have it.</exception>
    internal async Task<string> ToKeyAsync(OdcClient client, NameScope within, ICaller caller, CancellationToken cancellationToken)
    {
        if (Failure is not null)
            throw Failure;
        try
        {
            if (Host is not null && !string.Equals(Host, client.Origin.Host, StringComparison.OrdinalIgnoreCase))
            {
                throw new OdcException(
                    OdcErrorCause.InvalidRequest, $"The URL is of {Host}, and the connection of {client.Origin.Host}.", "Specify a URL of the same tenant, or the connection to the other one with -Connection.");
            }

            if (Key is null && Type.ListInStage is not null)
                _foundIn = within.StageKeys is { Count: 1 } stages ? stages[0] : null;
            if (Key is null)
                (Key, Resource) = await Type.FindAsync(client, Text, within, caller, cancellationToken, Typed);
            return Key;
        }
        catch (OdcException e) when (!ErrorRecords.IsTerminating(e.Cause))
        {
            Failure = e;
            throw;
        }
    }

    /// <summary>Reads the name of an object when only its key is known. If it can't be read, messages show the key.</summary>
    internal async Task<bool> LearnAsync(OdcClient client, ICaller caller, CancellationToken cancellationToken)
    {
        // Any row can have such a key, so the name in a row may be the name of something else.
        if (Key is not null && (Name is null || IsRow) && Type.Read is { } read)
            _learned = await read(client, Key, caller, cancellationToken);
        return true;
    }

    /// <summary>Keeps the object as the service has it, for messages.</summary>
    internal void Learn(OdcResource present) => _learned = present;

    /// <summary>The object's name, if known.</summary>
    internal string? Name => Described.Name(Type, _learned ?? Resource, _piped);

    /// <summary>Name and e-mail of a user, if known.</summary>
    internal (string? Name, string? Email) Person => (Name, Described.Email(_learned ?? Resource, _piped));

    /// <summary>Type, name, stage and asset of the object, as far as they are known, for questions and errors.</summary>
    internal string Label => Described.Label(Type, _learned ?? Resource, _piped) ?? $"{Type.Noun} {Key ?? Text}";

    /// <inheritdoc/>
    public override string ToString() => Name ?? Text;
}

/// <summary>Describes an object in questions, previews and errors: its type, name, stage and asset.</summary>
internal static class Described
{
    internal static string? Name(ResourceType type, object? resource, PipedObject? piped)
    {
        var shown = Best(resource, piped);
        if (shown is null)
            return null;
        var prefix = type.Prefix;
        var named = prefix is null ? null : shown.Text(prefix + "Name");
        return named ?? (IsItsName(type, shown) ? shown.Text(type.NameProperty) : null) ?? (shown.Resource is null && prefix is not null && !Guid.TryParse(shown.Text(prefix), out _) ? shown.Text(prefix) : null);
    }

    internal static string? Label(ResourceType type, object? resource, PipedObject? piped)
    {
        var shown = Best(resource, piped);
        if (shown is null)
            return null;
        var name = Name(type, resource, piped);
        var noun = type.Noun;
        if (type == ResourceTypes.User)
            return User(noun, name, Email(resource, piped));
        if (name is null)
            return null;
        var (stage, asset) = (type == ResourceTypes.Group || type == ResourceTypes.EndUserRole ? In(shown) : "", type == ResourceTypes.EndUserRole ? shown.Text("AssetName") : null);
        return $"{noun} {name}{(asset is null ? "" : " of " + asset)}{stage}";
    }

    internal static string? Email(object? resource, PipedObject? piped) =>
        Best(resource, piped) is { } shown ? shown.Text("UserEmail") ?? (IsItsName(ResourceTypes.User, shown) ? shown.Text("Email") : null) : null;

    private static string? User(string noun, string? name, string? email) => (name, email) switch
    {
        (null, null) => null,
        (null, _) => $"{noun} {email}",
        (_, null) => $"{noun} {name}",
        _ => $"{noun} {name} ({email})",
    };

    private static string In(PipedObject shown) => (shown.Text("StageName") ?? (shown.Resource is null ? shown.Text("Stage") : null)) is { } stage && !Guid.TryParse(stage, out _) ? " in " + stage : "";

    // The object of the service has more properties than a row.
    private static PipedObject? Best(object? resource, PipedObject? piped) => resource is not null ? PipedObject.Of(resource) : piped;

    /// <summary>Whether the property Name is the name of the object itself, and not of an object that refers to it.</summary>
    private static bool IsItsName(ResourceType type, PipedObject shown)
    {
        if (shown.Type is { } own)
            return type.Types.Contains(own) || type.NamedBy.Any(named => named.IsAssignableFrom(own));
        return shown.Text(type.KeyProperty) is not null && type.Outranking.All(c => shown.Text(c) is null)
            && (type != ResourceTypes.User || shown.Columns.All(c => c is "UserKey" or "Key" || !c.EndsWith("Key", StringComparison.Ordinal)));
    }
}
