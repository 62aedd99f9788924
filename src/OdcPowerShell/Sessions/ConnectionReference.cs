using System.Collections;
using System.Management.Automation.Internal;

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

    /// <summary>A reference to no connection, with the reason.</summary>
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

/// <summary>
/// Accepts a connection or its name. What is neither becomes a reference that says why: the command reports it with an id and an action, which
/// PowerShell's own rejection does not have.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ConnectionAttribute : ArgumentTransformationAttribute
{
    private const string Accepted = "Specify an object from Connect-Odc -PassThru or Get-OdcConnection, or the name of a connection.";

    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var bare = ReferenceEquals(inputData, AutomationNull.Value) ? null : inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return bare switch
        {
            ConnectionReference reference => reference,
            OdcConnection connection => new ConnectionReference(connection),
            string name when !string.IsNullOrWhiteSpace(name) => new ConnectionReference(name),
            null or string => Refused("A connection is expected here, but the value is null or empty.", "Check the variable or the command that the value comes from."),
            IList { Count: 1 } list => Transform(engineIntrinsics, list[0]),
            IList list => Refused($"One connection is expected here, not {list.Count}.", Accepted),
            _ when PSObject.AsPSObject(inputData!).TypeNames.Any(t => t.EndsWith("Deserialized." + typeof(OdcConnection).FullName, StringComparison.Ordinal)) => Refused(
                "A connection can't enter another process or come back from a file: it has no sign-in there.",
                "Run Connect-Odc in the job or process that uses it. You can pass a connection to ForEach-Object -Parallel and thread jobs."),
            _ => Refused($"A connection is expected here, not {ResourceType.ArticleOf(bare.GetType().Name).ToLowerInvariant()} {bare.GetType().Name}.", Accepted),
        };
    }

    private static ConnectionReference Refused(string message, string action) => new(new OdcException(OdcErrorCause.InvalidRequest, message, action));
}
