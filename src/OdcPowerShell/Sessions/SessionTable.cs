using System.Collections.Concurrent;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace OdcPowerShell.Sessions;

/// <summary>
/// Which connections each runspace has. The only state of the module that outlives a command: a runspace's entry ends with it, and no
/// runspace sees another's, except for connections that were published to the process on request.
/// </summary>
internal sealed class SessionTable
{
    private const string OtherName = "Specify another -Name, or replace that connection with -Force.";
    private readonly ConditionalWeakTable<Runspace, RunspaceSession> _runspaces = new();
    private readonly ConcurrentDictionary<string, OdcConnection> _published = new(StringComparer.OrdinalIgnoreCase);

    internal static SessionTable Shared { get; } = new();

    /// <summary>Vault modules are not thread-safe: one read at a time in the process.</summary>
    internal SemaphoreSlim VaultGate { get; } = new(1, 1);

    private RunspaceSession Mine => _runspaces.GetValue(
        Runspace.DefaultRunspace ?? throw new InvalidOperationException("Connections are kept per runspace, and this thread has none."), _ => new RunspaceSession());

    /// <summary>This runspace's connections and the published ones.</summary>
    internal IEnumerable<OdcConnection> All => Mine.Connections.Values.Concat(_published.Values).Distinct().OrderBy(c => c.Name, StringComparer.OrdinalIgnoreCase);

    internal bool IsPublished(OdcConnection connection) => _published.TryGetValue(connection.Name, out var mine) && ReferenceEquals(mine, connection);

    internal bool IsDefault(OdcConnection connection) => Runspace.DefaultRunspace is not null && ReferenceEquals(FindDefault(), connection);

    /// <summary>The connection that is meant: an object, a name, or this runspace's default.</summary>
    /// <exception cref="OdcException">There is none.</exception>
    internal OdcConnection Resolve(ConnectionReference? reference)
    {
        if (reference is null)
            return FindDefault() ?? throw NotConnected();
        if (reference.Failure is not null)
            throw reference.Failure;
        return reference.Connection ?? Find(reference.Name) ?? throw NotFound(reference.Name);
    }

    /// <summary>
    /// Adds a connection and makes it this runspace's default. A name that belongs to another tenant or client is rejected: it would send
    /// commands here that were meant for there.
    /// </summary>
    /// <exception cref="OdcException">The name is taken.</exception>
    internal OdcConnection Add(OdcConnection connection, bool publish, bool force)
    {
        var replaced = Find(connection.Name);
        if (!force)
            RequireFree(connection, OtherName);
        if (publish)
        {
            _published[connection.Name] = connection;
            // One of this runspace would go before it.
            Mine.Connections.Remove(connection.Name);
        }
        else
            Mine.Connections[connection.Name] = connection;
        // A runspace that still has the replaced one opens new sockets with it.
        if (replaced is not null && !IsPublished(replaced))
            replaced.Client.Close();
        return Mine.Default = connection;
    }

    /// <exception cref="OdcException">The name stands for another sign-in here.</exception>
    internal OdcConnection Select(OdcConnection connection)
    {
        RequireFree(connection, "Disconnect that one first, or connect with another -Name.");
        if (!IsPublished(connection))
            Mine.Connections[connection.Name] = connection;
        return Mine.Default = connection;
    }

    private void RequireFree(OdcConnection connection, string action) => RequireFree(connection.Name, connection.Url, connection.ClientId, action);

    /// <summary>Whether a sign-in may have a name: checked before it, because a sign-in whose name is rejected afterwards costs a token for nothing.</summary>
    /// <exception cref="OdcException">The name stands for another sign-in here.</exception>
    internal void RequireFree(string name, Uri tenant, string clientId, string action = OtherName)
    {
        if (Find(name) is { } other && !other.IsSignIn(tenant, clientId))
        {
            throw new OdcException(
                OdcErrorCause.ConnectionNameTaken, $"The connection name '{name}' stands for API client {other.ClientId} at {other.Tenant}.", action);
        }
    }

    internal void Remove(OdcConnection connection, bool unpublish)
    {
        if (unpublish && IsPublished(connection))
            _published.TryRemove(connection.Name, out _);
        if (Mine.Connections.TryGetValue(connection.Name, out var mine) && ReferenceEquals(mine, connection))
            Mine.Connections.Remove(connection.Name);
        if (ReferenceEquals(Mine.Default, connection))
            Mine.Default = null;
        // A runspace that the connection was passed to opens new sockets when it uses it again.
        if (!IsPublished(connection))
            connection.Client.Close();
    }

    internal OdcConnection? Find(string name) =>
        Mine.Connections.TryGetValue(name, out var mine) ? mine : _published.TryGetValue(name, out var shared) ? shared : null;

    internal OdcException NotFound(string name) =>
        new(OdcErrorCause.ConnectionNotFound, $"There is no connection named '{name}' in this runspace.", Known());

    // A published connection serves a runspace without its own only while there is no doubt which one.
    private OdcConnection? FindDefault() => Mine.Default ?? (_published.Count == 1 ? _published.Values.FirstOrDefault() : null);

    private OdcException NotConnected() => new(
        OdcErrorCause.NotConnected,
        "This runspace has no default connection.",
        All.Any() ? "Choose one with Select-OdcConnection or -Connection. " + Known()
            : "Run Connect-Odc. In ForEach-Object -Parallel, jobs and thread jobs pass a connection along: -Connection $using:connection.");

    private string Known()
    {
        var names = string.Join(", ", All.Select(c => $"{c.Name} ({c.Tenant})"));
        return names.Length == 0 ? "There are no connections: run Connect-Odc." : $"Connections: {names}.";
    }
}

/// <summary>The connections of one runspace, and which of them is its default.</summary>
internal sealed class RunspaceSession
{
    internal Dictionary<string, OdcConnection> Connections { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal OdcConnection? Default { get; set; }
}
