namespace OdcPowerShell.Tenants;

/// <summary>What is wrong in a file of a tenant, and where.</summary>
/// <param name="File">The file, relative to the folder, with slashes.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Text">What is wrong, and what to write instead.</param>
internal sealed record TenantFault(string File, int Line, string Text)
{
    public override string ToString() => FormattableString.Invariant($"{File}:{Line}: {Text}");
}

/// <summary>All that is wrong in the files of a tenant, as one error.</summary>
internal static class TenantFaults
{
    private const int MostShown = 50;

    internal static OdcException Error(string folder, IReadOnlyCollection<TenantFault> faults)
    {
        var shown = faults.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).Take(MostShown).Select(f => f.ToString()).ToList();
        if (faults.Count > shown.Count)
            shown.Add(FormattableString.Invariant($"and {faults.Count - shown.Count} more"));
        var count = faults.Count == 1 ? "One fault" : FormattableString.Invariant($"{faults.Count} faults");
        return new OdcException(OdcErrorCause.InvalidRequest, $"{count} in the files of {folder}. Nothing was sent.\n{string.Join("\n", shown)}", "Correct the files. Their schemas, in .schema, list the properties and values.");
    }
}
