namespace OdcPowerShell.Tenants;

/// <summary>What an export did.</summary>
/// <param name="Content">What the folder has now.</param>
/// <param name="Changes">Which files were written.</param>
/// <param name="Resumed">The number of parts that an interrupted export had read.</param>
internal sealed record TenantExported(TenantContent Content, TenantFolderChanges Changes, int Resumed);

/// <summary>Exports a tenant to a folder.</summary>
/// <param name="folder">The full path of the folder. It is created if needed.</param>
/// <param name="tenant">The address of the tenant, by which an interrupted export knows its own.</param>
/// <param name="reader">Reads the tenant.</param>
/// <param name="scope">What is exported.</param>
internal sealed class TenantExport(string folder, string tenant, TenantReader reader, SnapshotScope scope)
{
    /// <summary>Makes sure that the folder can take the export, before anything is requested.</summary>
    /// <param name="folder">The full path of the folder.</param>
    /// <param name="host">The host of the tenant.</param>
    /// <param name="wanted">What is exported.</param>
    /// <param name="replaces">Whether an export of another tenant or another scope may be replaced.</param>
    /// <exception cref="OdcException">The path is a file, a place of the export is a link, or the folder has an export of another tenant or another scope.</exception>
    internal static TenantScope Check(string folder, string host, TenantScope wanted, bool replaces)
    {
        if (File.Exists(folder))
            throw new OdcException(OdcErrorCause.FileExists, $"{folder} is a file.", "Specify a folder with -Path.");
        if (!Directory.Exists(folder))
            return wanted;
        var files = new TenantFolder(folder);
        files.RequireNoLinks([]);
        // A manifest that can't be read claims nothing.
        if (replaces || files.Manifest() is not { } present)
            return wanted;
        if (present.Tenant is { } other && !string.Equals(other, host, StringComparison.OrdinalIgnoreCase))
        {
            throw new OdcException(
                OdcErrorCause.FileExists, $"{folder} has an export of {other}, and this one is of {host}. The files of {other} would be replaced.",
                "Export to another folder, use the connection to that tenant, or replace the export with -Force.");
        }

        if (present.Scope.IsSame(wanted))
            return wanted;
        throw new OdcException(
            OdcErrorCause.FileExists, $"{folder} has an export of another part of a tenant: {present.Scope}. This one has: {wanted}. Files of what it leaves out would be removed.",
            "Export to another folder, or replace the export with -Force.");
    }

    /// <param name="resume">Whether an interrupted export is continued.</param>
    /// <exception cref="OdcException">The tenant can't be read, a file can't be written, or the interrupted export can't be continued.</exception>
    internal async Task<TenantExported> RunAsync(bool resume)
    {
        var now = reader.Client.Time.GetUtcNow();
        var id = $"{string.Join(", ", scope.Wanted.Select(k => k.Name))}; {string.Join(", ", scope.StageKeys.OrderBy(k => k, StringComparer.OrdinalIgnoreCase))}; {(scope.WithUsers ? "with" : "without")} users";
        using var journal = (resume ? ExportJournal.Continue(folder, tenant, id, now) : null) ?? ExportJournal.Begin(folder, tenant, id, now);
        try
        {
            var content = await new TenantSnapshot(reader, scope, journal).ReadAsync().ConfigureAwait(false);
            var changes = new TenantFolder(folder).Write(content);
            journal.Complete();
            return new TenantExported(content, changes, journal.Known);
        }
        catch (OdcException e)
        {
            e.Advise("With -Resume the export continues within an hour, without reading again what it has.");
            throw;
        }
    }
}
