using OdcPowerShell.Http;

namespace OdcPowerShell;

/// <summary>An object of the tenant as a user gives it: itself, its key, its name, or the URL of its page in the ODC Portal.</summary>
public sealed class ObjectReference
{
    internal ObjectReference(Parameters.Kind kind, string? key, string text, object? given)
    {
        Kind = kind;
        Key = key;
        Text = text;
        Given = given;
    }

    internal Parameters.Kind Kind { get; }

    /// <summary>The object's key; null while only its name is known.</summary>
    internal string? Key { get; private set; }

    /// <summary>What the user gave, for messages.</summary>
    internal string Text { get; }

    /// <summary>The object that the user gave, or that was found by its name; null where only a key is known.</summary>
    internal object? Given { get; private set; }

    /// <summary>Looks a name up, once.</summary>
    /// <exception cref="OdcException">No object has the name, or several have it.</exception>
    internal async Task<string> ToKeyAsync(OdcClient client, Parameters.Narrowing within, ICaller caller, CancellationToken cancellationToken)
    {
        if (Key is null)
            (Key, Given) = await Parameters.Kinds.Of(Kind).FindAsync(client, Text, within, caller, cancellationToken);
        return Key;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
