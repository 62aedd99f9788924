using OdcPowerShell.Tenants;

namespace OdcPowerShell.Cmdlets.Tenants;

/// <summary>Compares the files of an export with the tenant, with other files, or two tenants, or two stages of one.</summary>
/// <remarks>
/// <para>Writes a row for each difference. Reference is the value in what is specified first, Difference the value in the other. Change is Added if it is only in the other, Removed if it is only in the reference, and Changed if both have it. A row without a property is about the whole object.</para>
/// <para>With one folder, compares it with the connected tenant, for what the folder is complete for: its kinds and stages. With two folders, nothing is requested. Two stages are compared in what belongs to a stage: groups, system configuration, domains, IP filters, private gateway and settings.</para>
/// <para>What one side has not read is not compared, and is a warning: it is never Removed. Values of secrets can't be compared. Users are compared if both sides have them.</para>
/// <para>Files with faults are an error with the file and line of each, before anything is requested.</para>
/// </remarks>
/// <example>
/// <code>Compare-OdcTenant ./tenant -ErrorOnDrift -OutFile drift.xml</code>
/// <para>Compares the files with the tenant, in a job: a difference is an error after all rows, and the file has the result as JUnit.</para>
/// </example>
/// <example>
/// <code>Compare-OdcTenant ./tenant ./yesterday -Kind Group, OrganizationRole</code>
/// <para>Compares two exports, without a connection.</para>
/// </example>
/// <example>
/// <code>Compare-OdcTenant -ReferenceStage QA -DifferenceStage Production -Kind AssetSettings, IpFilterGroup | Where-Object Change -ne Added</code>
/// <para>Shows which settings and IP filters of QA are missing or different in Production.</para>
/// </example>
/// <example>
/// <code>Compare-OdcTenant -ReferenceConnection test -DifferenceConnection acme -Kind OrganizationRole</code>
/// <para>Compares the organization roles of two tenants, by name.</para>
/// </example>
[Cmdlet(VerbsData.Compare, "OdcTenant", DefaultParameterSetName = "Files")]
[OutputType(typeof(OdcTenantDifference))]
public sealed class CompareOdcTenantCommand : TenantCmdlet
{
    private const string Activity = "Reading the tenant";
    private DifferenceReport? _report;

    /// <summary>The folder of an export.</summary>
    [Parameter(ParameterSetName = "Files", Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string ReferencePath { get; set; } = "";

    /// <summary>The folder of the export that is compared with it. Without it, the connected tenant is.</summary>
    [Parameter(ParameterSetName = "Files", Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? DifferencePath { get; set; }

    /// <summary>The connection to the tenant to compare with.</summary>
    [Parameter(ParameterSetName = "Tenants", Mandatory = true)]
    [Connection]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? ReferenceConnection { get; set; }

    /// <summary>The connection to the tenant that is compared with it.</summary>
    [Parameter(ParameterSetName = "Tenants", Mandatory = true)]
    [Connection]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? DifferenceConnection { get; set; }

    /// <summary>The stage to compare with: a name, a key, or an object from Get-OdcStage.</summary>
    [Parameter(ParameterSetName = "Stages", Mandatory = true)]
    [Reference(typeof(OdcStage))]
    [Names]
    public ObjectReference? ReferenceStage { get; set; }

    /// <summary>The stage that is compared with it: a name, a key, or an object from Get-OdcStage.</summary>
    [Parameter(ParameterSetName = "Stages", Mandatory = true)]
    [Reference(typeof(OdcStage))]
    [Names]
    public ObjectReference? DifferenceStage { get; set; }

    /// <summary>Only objects with this name; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>Writes an error after all rows if there is a difference, or if nothing could be compared.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter ErrorOnDrift { get; set; }

    /// <summary>Writes the result to a file: .xml for JUnit with one test case for each object, or .md for a Markdown table.</summary>
    [Parameter]
    public string? OutFile { get; set; }

    private protected override bool NeedsConnection => ParameterSetName == "Stages" || (ParameterSetName == "Files" && DifferencePath is null);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (OutFile is not null)
            _report = Run(_ => Task.FromResult(new DifferenceReport(this, OutFile)));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var (reference, difference, what) = Sides();
        var pattern = Name is null ? null : WildcardPattern.Get(Name, WildcardOptions.IgnoreCase);
        var compared = new TenantCompared(what, Only(reference, pattern), Only(difference, pattern));
        foreach (var unread in compared.Unread)
            WriteWarning($"Not compared: {unread}.");
        var rows = compared.Rows;
        foreach (var row in rows)
            Write(row);
        if (_report is not null && Try(_ => Task.FromResult(_report.Write(compared))).Failure is { } unwritten)
            WriteError(ErrorRecords.From(unwritten, OutFile));
        if (ErrorOnDrift && rows.Count > 0)
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.OperationFailed, $"{what}: {compared.Summary}", "The rows show the differences. Export the tenant again to accept them, or import the files to undo them."), what));
        else if (ErrorOnDrift && !compared.IsAnyCompared)
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.OperationFailed, $"{what}: nothing could be compared.", "The warnings show which permissions the API client lacks. Check -Kind and -Name, too."), what));
        base.EndProcessing();
    }

    private (TenantContent Reference, TenantContent Difference, string What) Sides()
    {
        if (ParameterSetName == "Tenants")
        {
            var (one, other) = Run(_ => Task.FromResult((SessionTable.Shared.Resolve(ReferenceConnection), SessionTable.Shared.Resolve(DifferenceConnection))));
            return (Tenant(one.Client, Kinds, [], IncludeUser), Tenant(other.Client, Kinds, [], IncludeUser), $"{one.Tenant} and {other.Tenant}");
        }

        if (ParameterSetName == "Stages")
            return Stages();
        var files = Files(ReferencePath);
        if (DifferencePath is not null)
            return (files, Files(DifferencePath), $"{ReferencePath} and {DifferencePath}");
        var scope = files.Scope!;
        return (files, Tenant(Client, scope.Kinds.Where(Kinds.Contains), scope.Stages, scope.WithUsers), $"{ReferencePath} and {CurrentConnection.Tenant}");
    }

    private (TenantContent Reference, TenantContent Difference, string What) Stages()
    {
        var (one, other) = (NamedStageOf(KeyOf(ReferenceStage!)!), NamedStageOf(KeyOf(DifferenceStage!)!));
        if (string.Equals(one.StageKey, other.StageKey, StringComparison.OrdinalIgnoreCase))
            Reject($"Both stages are {one}.", "Specify two different stages.");
        var kinds = TenantStages.Kinds.Where(Kinds.Contains).ToList();
        if (kinds.Count == 0)
            Reject("Objects of these kinds belong to no stage.", $"Specify one of these with -Kind: {string.Join(", ", TenantStages.Kinds.Select(k => k.Name))}.");
        var (from, to) = (one.Name ?? one.StageKey!, other.Name ?? other.StageKey!);
        var both = Tenant(Client, kinds, [from, to], IncludeUser);
        return (TenantStages.Of(both, from, to), TenantStages.Of(both, to, to), $"{from} and {to}");
    }

    private TenantContent Files(string path) => Run(_ => Task.FromResult(new TenantFolderReader(FilePaths.Resolve(this, path)).Read()));

    private TenantContent Tenant(OdcClient client, IEnumerable<TenantKind> kinds, IReadOnlyList<string> stages, bool withUsers)
    {
        var content = Run(async stopped =>
        {
            var reader = Reader(client, Activity, stopped);
            return await new TenantSnapshot(reader, await SnapshotScope.OfAsync(reader, kinds, stages, withUsers)).ReadAsync();
        });
        EndProgress(Activity);
        return content;
    }

    private TenantContent Only(TenantContent content, WildcardPattern? name) => content with
    {
        Documents = [.. content.Documents.Where(d => Kinds.Contains(d.Kind) && name?.IsMatch(d.Name) != false)],
        Unread = [.. content.Unread.Where(u => Kinds.Contains(u.Kind) && (u.Name is null || name?.IsMatch(u.Name) != false))],
    };
}
