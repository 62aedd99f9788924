
namespace OdcPowerShell.Sessions;

/// <summary>How <c>-Connection</c> names a connection: the object itself, or its name.</summary>
public sealed class ConnectionReference
{
    public ConnectionReference(OdcConnection connection)
    {
        Connection = connection ?? throw new ArgumentNullException(nameof(connection));
        Name = connection.Name;
    }

    public ConnectionReference(string name) => Name = name ?? throw new ArgumentNullException(nameof(name));

    /// <summary>A reference that stands for nothing, and says why.</summary>
    internal ConnectionReference(OdcException failure) => (Name, Failure) = ("", failure);

    internal OdcException? Failure { get; }

    internal OdcConnection? Connection { get; }

    internal string Name { get; }

    /// <summary>What a completer finds bound to <c>-Connection</c>; null for anything that names none.</summary>
    internal static ConnectionReference? From(object? bound) => bound switch
    {
        OdcConnection connection => new ConnectionReference(connection),
        string name => new ConnectionReference(name),
        ConnectionReference reference => reference,
        _ => null,
    };

    public override string ToString() => Name;
}
