namespace OdcPowerShell.Parameters;

/// <summary>What is wrong with a row that a user is to be made of.</summary>
internal static class NewUserRow
{
    internal static (OdcException Why, bool EndsCommand)? Refused(PSObject? row, string? email)
    {
        if (row is null)
            return string.IsNullOrWhiteSpace(email) ? (WithoutEmail([]), false) : null;
        var piped = PipedObject.Of(row);
        if (piped.WrongDelimiter() is { } delimiter)
            return (delimiter, true);
        if (piped.Resource is OdcResource other and not (OdcUserSummary or OdcGroupUser))
            return (new OdcException(OdcErrorCause.InvalidRequest, $"A user can't be made of this {other.GetType().Name}.", "Pipe rows with a column Email, or users of Get-OdcUser."), false);
        return string.IsNullOrWhiteSpace(email) ? (WithoutEmail(piped.IsRow ? piped.Columns : []), false) : null;
    }

    /// <summary>Whether a column Inactive says yes; null where it can't be read.</summary>
    internal static bool? IsInactive(PSObject? row) => new YesNoAttribute { BlankIsNo = true, LeavesOther = true }.Transform(null!, row is null ? null! : PipedObject.Of(row).Value("Inactive")!) as bool?;

    internal static OdcException WithoutEmail(IReadOnlyCollection<string> columns) => new(
        OdcErrorCause.InvalidRequest,
        "A user can't be created without an e-mail" + (columns.Count == 0 ? "." : $". The columns of the row: {string.Join(", ", columns)}."),
        "Specify -Email, or rows with a column Email, Mail or EmailAddress that is not empty.");
}
