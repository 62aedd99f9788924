using OdcPowerShell.Tenants;

namespace OdcPowerShell.Cmdlets.Tenants;

/// <summary>Exports a tenant to JSON files, one for each object, which can be kept in git, compared, edited and imported.</summary>
/// <remarks>
/// <para>Writes portfolios, stages, groups with roles and claim mappings, organization roles with permissions and limits, settings, system configurations, IP filters, domains, private gateways, and what runs where. Names stand in the place of keys. Two exports of an unchanged tenant are the same bytes. about_OdcTenantFiles describes the files.</para>
/// <para>The files have no secrets: a secret has the suggested name of a vault entry in its place. They have no personal data unless you specify -IncludeUser. Binary settings are left out.</para>
/// <para>What the API client may not read is not exported. It is a warning, and is recorded in tenant.json with the reason, so that Compare-OdcTenant and Import-OdcTenant leave it alone. With -ErrorOnUnread it is also an error after the files were written, so that a job fails.</para>
/// <para>In a folder with an export, files of objects that are gone are removed; files that no export wrote stay, as do those of what the API client may not read now. An export of another tenant, of other kinds, other stages, or without users where the folder has them, needs -Force. Folders and files of an export can't be links.</para>
/// <para>The files are written when everything was read, and tenant.json is written last: a folder without it is not complete. If the export is interrupted, -Resume continues it.</para>
/// <para type="output" name="System.IO.DirectoryInfo">The folder, with -PassThru.</para>
/// </remarks>
/// <example>
/// <code>Export-OdcTenant -Path ./tenant</code>
/// <para>Exports the tenant to the folder tenant.</para>
/// </example>
/// <example>
/// <code>Export-OdcTenant ./access -Kind Group, OrganizationRole, User -IncludeUser -Verbose</code>
/// <para>Exports who may do what, with the users.</para>
/// </example>
/// <example>
/// <code>Export-OdcTenant ./tenant -ErrorOnUnread</code>
/// <para>Exports the tenant in a job, which fails if the API client may not read a part of it.</para>
/// </example>
/// <example>
/// <code>Export-OdcTenant ./production -Stage Production -ExcludeKind AssetSettings</code>
/// <para>Exports one stage and the organization, without the settings of assets, which take a request for each asset.</para>
/// </example>
[Cmdlet(VerbsData.Export, "OdcTenant", SupportsShouldProcess = true)]
[OutputType(typeof(DirectoryInfo))]
public sealed class ExportOdcTenantCommand : TenantCmdlet
{
    private const string Activity = "Exporting the tenant";
    private const int MostNamed = 5;

    /// <summary>The folder. It is created if needed.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Only these stages, and the organization: names, keys, or objects from Get-OdcStage.</summary>
    [Parameter]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage))]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>Continues an export that was interrupted within the last hour, without reading again what it has read. Lists of names are read again. If there is none, the export starts anew.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Resume { get; set; }

    /// <summary>Writes an error if a part of the tenant could not be read, after the files were written.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter ErrorOnUnread { get; set; }

    /// <summary>Replaces an export of another tenant, or of other kinds or stages, in the folder.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the folder.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var folder = Run(() => FilePaths.Resolve(this, Path));
        if (Kind is not null && Kinds.Contains(TenantKinds.User) && !IncludeUser)
            Reject("Users are personal data, which is exported only on request.", "Specify -IncludeUser too, or leave User out of -Kind.");
        var stages = Stage.Select(s => NamedStageOf(KeyOf(s)!)).ToList();
        var scope = new SnapshotScope(Kinds, [.. stages.Select(s => s.StageKey!).Distinct(StringComparer.OrdinalIgnoreCase)], IncludeUser);
        var tenant = CurrentConnection.Tenant;
        Run(() => TenantExport.Check(folder, Client.Origin.Authority, new TenantScope(scope.Wanted, [.. stages.Select(s => s.Name ?? s.StageKey!)], IncludeUser), Force));
        if (ShouldProcess(folder, $"Export {tenant}, and remove the files of objects that are gone"))
            Export(folder, tenant, scope);
        base.EndProcessing();
    }

    private void Export(string folder, string tenant, SnapshotScope scope)
    {
        WhenStopped = () => $"The export is not complete. Export-OdcTenant {MessageText.Quoted(Path)} -Resume, with the same parameters, continues it within an hour.";
        try
        {
            Report(Run(stopped => new TenantExport(folder, tenant, Reader(Client, Activity, stopped), scope).RunAsync(Resume)), folder);
        }
        finally
        {
            WhenStopped = null;
        }
    }

    private void Report(TenantExported exported, string folder)
    {
        EndProgress(Activity);
        foreach (var unread in exported.Content.Unread)
            WriteWarning($"Not exported: {unread}.");
        var changes = exported.Changes;
        if (changes.Kept.Count > 0)
            WriteWarning($"{(changes.Kept.Count == 1 ? "1 file of what was not exported stays as it was" : FormattableString.Invariant($"{changes.Kept.Count} files of what was not exported stay as they were"))}: {string.Join(", ", changes.Kept.Take(MostNamed))}{(changes.Kept.Count > MostNamed ? FormattableString.Invariant($" and {changes.Kept.Count - MostNamed} more") : "")}.");
        foreach (var removed in changes.Removed)
            WriteVerbose($"Removed {removed}: its object is gone.");
        WriteVerbose(FormattableString.Invariant($"{exported.Content.Documents.Count} objects: {changes.Written} files were written, {changes.Unchanged} were the same, {changes.Removed.Count} were removed. {exported.Resumed} parts were read before."));
        if (PassThru)
            WriteObject(new DirectoryInfo(folder));
        if (!ErrorOnUnread || exported.Content.Unread.Count == 0)
            return;
        WriteError(ErrorRecords.From(
            new OdcException(
                OdcErrorCause.OperationFailed, FormattableString.Invariant($"The export in {Path} is not complete. {exported.Content.Unread.Count} parts could not be read. The first is {exported.Content.Unread[0]}."),
                "The warnings show what is missing and why. Grant the API client the permissions, or leave the parts out with -ExcludeKind."),
            Path));
    }
}
