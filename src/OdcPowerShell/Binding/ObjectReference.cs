namespace OdcPowerShell;

/// <summary>An object of the tenant as a user gives it: itself, its key, its name, or the URL of its page in the ODC Portal.</summary>
public sealed class ObjectReference
{
    private readonly PipedObject? _piped;
    private object? _learned;

    internal ObjectReference(ResourceType type, string? key, string text, PipedObject? piped)
    {
        Type = type;
        Key = key;
        Text = text;
        Resource = piped?.Resource;
        _piped = piped;
    }

    /// <summary>A reference that stands for nothing, and says why.</summary>
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

    /// <summary>What the user gave, for messages.</summary>
    internal string Text { get; }

    /// <summary>The object that the user gave, or that was found by its name; null where only a key or a row is known.</summary>
    internal object? Resource { get; private set; }

    /// <summary>The host of a pasted URL.</summary>
    internal string? Host { get; init; }

    /// <summary>Why it stands for nothing: it was refused, or nothing is called so.</summary>
    internal OdcException? Failure { get; private set; }

    /// <summary>Whether the failure was reported.</summary>
    internal bool IsReported { get; set; }

    /// <summary>Whether all other input would fail in the same way.</summary>
    internal bool EndsCommand { get; init; }

    /// <summary>What errors are about: the object, row or text that was given.</summary>
    internal object Target => RejectedTarget ?? _piped?.Target ?? Resource ?? Text;

    /// <summary>Whether it came as a row, whose columns may say more.</summary>
    internal bool IsRow => _piped is { Resource: null };

    /// <summary>Whether it came as an object or a row.</summary>
    internal bool IsObject => _piped is not null;

    private object? RejectedTarget { get; }

    /// <summary>Where names that are looked up must be found.</summary>
    internal static NameScope Scope(ObjectReference? stage, ObjectReference? asset = null) => new(stage?.Key is { } key ? [key] : null, asset?.Key);

    /// <summary>Looks a name up, once.</summary>
    /// <exception cref="OdcException">It was refused, no object has the name, or several have it.</exception>
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

            if (Key is null)
                (Key, Resource) = await Type.FindAsync(client, Text, within, caller, cancellationToken);
            return Key;
        }
        catch (OdcException e) when (!ErrorRecords.IsTerminating(e.Cause))
        {
            Failure = e;
            throw;
        }
    }

    /// <summary>Reads what can be said of an object of which only the key is known; what can't be read is left unsaid.</summary>
    internal async Task<bool> LearnAsync(OdcClient client, ICaller caller, CancellationToken cancellationToken)
    {
        // A row may be of anything that has such a key: its name need not be that of what is changed.
        if (Key is not null && (Name is null || IsRow) && Type.Read is { } read)
            _learned = await read(client, Key, caller, cancellationToken);
        return true;
    }

    /// <summary>The object's name, where it is known.</summary>
    internal string? Name => Described.Name(Type, _learned ?? Resource, _piped);

    /// <summary>Name and e-mail of a user, where they are known.</summary>
    internal (string? Name, string? Email) Person => (Name, Described.Email(_learned ?? Resource, _piped));

    /// <summary>Kind, name and place of the object, as far as they are known, for questions and errors.</summary>
    internal string Label => Described.Label(Type, _learned ?? Resource, _piped) ?? $"{Type.Noun} {Key ?? Text}";

    /// <inheritdoc/>
    public override string ToString() => Name ?? Text;
}
