using OdcPowerShell.Identity;

namespace OdcPowerShell.Parameters;

/// <summary>Rows that were sent in one request. The answer does not number them: they are told apart by e-mail, in their order.</summary>
internal sealed class ImportedRows
{
    private readonly List<(int Row, string Email)> _open = [];

    internal void Add(int row, string email) => _open.Add((row, email));

    /// <summary>Gives each result the number of its row.</summary>
    internal void Number(IEnumerable<OdcUserImportResult> results)
    {
        foreach (var result in results)
        {
            var i = _open.FindIndex(o => string.Equals(o.Email, result.Email, StringComparison.OrdinalIgnoreCase));
            if (i < 0)
                continue;
            result.Row = _open[i].Row;
            _open.RemoveAt(i);
        }
    }

    /// <summary>Rows of which the answer says nothing.</summary>
    internal IEnumerable<OdcUserImportResult> Unanswered(OdcUserImport import) =>
        _open.Select(o => Failed(o.Row, o.Email, import.ErrorMessage?.TrimEnd('.') ?? "the service did not say what became of it", import.ErrorCode));

    internal static OdcUserImportResult Failed(int row, string email, string reason, string? code = null) => new()
    {
        Status = "Error",
        ErrorCode = code,
        ErrorMessage = reason,
        Record = new OdcUserImportRecord { Email = email },
        Row = row,
    };

    internal static OdcException Explain(OdcUserImportResult result) => new(
        OdcErrorCause.InvalidRequest,
        $"Row {result.Row}, {(string.IsNullOrEmpty(result.Email) ? "without e-mail" : result.Email)}: no user was created: {result.ErrorMessage?.TrimEnd('.') ?? "the service gives no reason"}"
            + (result.ErrorCode is null ? "." : $" ({result.ErrorCode})."),
        "Correct the row and import it again; the other rows are not affected.");
}
