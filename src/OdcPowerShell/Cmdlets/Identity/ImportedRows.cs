namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>A row of an import: its number from 1, and the piped object.</summary>
internal sealed record ImportedRow(int Number, string Email, PSObject? Source)
{
    /// <summary>The groups and roles for the new user.</summary>
    internal RowAccess Access { get; init; } = RowAccess.None;
}

/// <summary>The rows of one request. The answer has no row numbers, so rows are found by e-mail, in their order.</summary>
internal sealed class ImportedRows
{
    private const int MostLabels = 10;
    private readonly List<ImportedRow> _open = [];
    private readonly List<string> _emails = [];
    private readonly Dictionary<int, RowAccess> _access = [];

    /// <summary>The e-mails in the order of the rows.</summary>
    internal IReadOnlyList<string> Emails => _emails;

    /// <summary>The groups and roles for the new users, as a part of a question; empty if there are none.</summary>
    internal string AccessText
    {
        get
        {
            var labels = _access.Values.SelectMany(access => access.Groups.Concat(access.Roles)).Select(target => target.Label).Distinct(StringComparer.Ordinal).ToList();
            return labels.Count == 0 ? "" : $", with {string.Join(", ", labels.Take(MostLabels))}{(labels.Count > MostLabels ? ", …" : "")}";
        }
    }

    /// <summary>The groups and roles for the user of a result.</summary>
    internal RowAccess AccessOf(OdcUserImportResult result) => result.Row is { } row && _access.TryGetValue(row, out var access) ? access : RowAccess.None;

    internal void Add(ImportedRow row)
    {
        if (!row.Access.IsNone)
            _access[row.Number] = row.Access;
        _open.Add(row);
        _emails.Add(row.Email);
    }

    /// <summary>Adds the row number to each result.</summary>
    internal void Number(IEnumerable<OdcUserImportResult> results)
    {
        foreach (var result in results)
        {
            var i = _open.FindIndex(o => string.Equals(o.Email, result.Email, StringComparison.OrdinalIgnoreCase));
            if (i < 0)
                continue;
            (result.Row, result.Source) = (_open[i].Number, _open[i].Source);
            _open.RemoveAt(i);
        }
    }

    /// <summary>The rows that are missing in the answer.</summary>
    internal IEnumerable<OdcUserImportResult> Unanswered(OdcUserImport import) =>
        _open.Select(o => Failed(o, import.ErrorMessage?.TrimEnd('.') ?? "the service did not report a result", import.ErrorCode));

    internal static OdcUserImportResult Failed(ImportedRow row, string reason, string? code = null) => new()
    {
        Status = "Error",
        ErrorCode = code,
        ErrorMessage = reason,
        Record = new OdcUserImportRecord { Email = row.Email },
        Row = row.Number,
        Source = row.Source,
    };

    internal static OdcException Explain(OdcUserImportResult result) => new(
        OdcErrorCause.InvalidRequest,
        (result.Row is null ? "A row" : $"Row {result.Row}") + (string.IsNullOrEmpty(result.Email) ? "" : $", {result.Email}") + $": no user was created: {result.ErrorMessage?.TrimEnd('.') ?? "the service reports no reason"}"
            + (result.ErrorCode is null ? "." : $" ({result.ErrorCode})."),
        "Correct the row and import it again; the other rows are not affected.");

    /// <summary>A result with the other columns of its row, such as a group and a stage, for the next commands in the pipeline.</summary>
    internal static object WithColumns(object result, PSObject? row)
    {
        if (row is not { BaseObject: PSCustomObject })
            return result;
        var shown = PSObject.AsPSObject(result);
        foreach (var column in row.Properties.Where(c => shown.Properties[c.Name] is null))
            shown.Properties.Add(new PSNoteProperty(column.Name, column.Value));
        return shown;
    }
}

/// <summary>What is wrong with a row for a new user.</summary>
internal static class NewUserRow
{
    internal static (OdcException Why, bool EndsCommand)? Rejected(PSObject? row, string? email)
    {
        if (row is null)
            return string.IsNullOrWhiteSpace(email) ? (WithoutEmail([]), false) : null;
        var piped = PipedObject.Of(row);
        if (piped.WrongDelimiter() is { } delimiter)
            return (delimiter, true);
        if (piped.Resource is OdcResource other and not (OdcUserSummary or OdcGroupUser))
            return (new OdcException(OdcErrorCause.InvalidRequest, $"A user can't be created from this {other.GetType().Name}.", "Pipe rows with a column Email, or users of Get-OdcUser."), false);
        return string.IsNullOrWhiteSpace(email) ? (WithoutEmail(piped.IsRow ? piped.Columns : []), false) : null;
    }

    /// <summary>The value of a column Inactive; null if it can't be read.</summary>
    internal static bool? IsInactive(PSObject? row) => new YesNoAttribute { BlankIsNo = true, LeavesOther = true }.Transform(null!, row is null ? null! : PipedObject.Of(row).Value("Inactive")!) as bool?;

    internal static OdcException WithoutEmail(IReadOnlyCollection<string> columns) => new(
        OdcErrorCause.InvalidRequest,
        "A user can't be created without an e-mail" + (columns.Count == 0 ? "." : $". The columns of the row: {string.Join(", ", columns)}."),
        "Specify -Email, or rows with a column Email, Mail or EmailAddress that is not empty.");
}
