using System.Collections.Concurrent;

namespace OdcPowerShell.Emulator;

/// <summary>What goes wrong with bulk operations on purpose.</summary>
public sealed class BulkFailures
{
    private readonly ConcurrentDictionary<string, (string Code, string Message)> _records = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether operations end as a whole, as when they time out: with an error of their own and no record done.</summary>
    public bool TimeOut { get; set; }

    /// <summary>Has records with an e-mail address fail.</summary>
    public void Fail(string email, string errorCode = "OS-IDENT-50001", string errorMessage = "The user could not be created.") =>
        _records[email] = (errorCode, errorMessage);

    /// <summary>Takes everything back.</summary>
    public void Clear()
    {
        TimeOut = false;
        _records.Clear();
    }

    internal (string Code, string Message)? Of(string? email) =>
        email is not null && _records.TryGetValue(email, out var failure) ? failure : null;
}
