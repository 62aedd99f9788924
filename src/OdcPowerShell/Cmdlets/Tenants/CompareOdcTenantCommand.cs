using OdcPowerShell.Tenants;

namespace OdcPowerShell.Cmdlets.Tenants;

/// <summary>Compares the files of an export with the tenant, with other files, or two tenants, or two stages of one.</summary>
/// <remarks>
/// <para>Writes a row for each difference. Reference is the value in what is specified first, Difference the value in the other. Change is Added if it is only in the other, Removed if it is only in the reference, and Changed if both have it. OnlyIn shows which side has it: Files or Tenant, or the folder, stage or tenant. A row without a property is about the whole object.</para>
/// <para>If the files are compared with the tenant, what is only in Files (Removed) is what Import-OdcTenant creates. What is only in Tenant (Added) stays when the files are imported, and goes only with -Prune. What differs (Changed) gets the value of the files, which is Reference.</para>
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
/// <code>Compare-OdcTenant ./tenant -Stage Production | Format-List ObjectName, Property, OnlyIn, Reference, Difference</code>
/// <para>Shows what differs in production and in the organization, with the whole values.</para>
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
    private readonly HashSet<string> _stages = new(StringComparer.OrdinalIgnoreCase);
    private IReadOnlyList<WildcardPattern> _wanted = [];
    private bool _areStagesKnown = true;
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

    /// <summary>The stage to compare with the reference stage: a name, a key, or an object from Get-OdcStage.</summary>
    [Parameter(ParameterSetName = "Stages", Mandatory = true)]
    [Reference(typeof(OdcStage))]
    [Names]
    public ObjectReference? DifferenceStage { get; set; }

    /// <summary>Only these stages, and the organization: names; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = "Files")]
    [Parameter(ParameterSetName = "Tenants")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Names(typeof(OdcStage))]
    public string[]? Stage { get; set; }

    /// <summary>Only objects with this name; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>Writes an error after all rows if there is a difference, or if objects of one side could not be read on the other.</summary>
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
            _report = Run(() => new DifferenceReport(this, OutFile));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _wanted = [.. (Stage ?? []).Select(Pattern)];
        var (reference, difference, what) = Sides();
        if (_areStagesKnown && _wanted.FirstOrDefault(stage => !_stages.Any(stage.IsMatch)) is { } unknown)
            Reject($"Neither side has a stage '{Stage![_wanted.ToList().IndexOf(unknown)]}'.", $"Specify names of stages with -Stage: {string.Join(", ", _stages.OrderBy(s => s, StringComparer.Ordinal))}.");
        var pattern = Name is null ? null : Pattern(Name);
        var (one, other) = (Only(reference, pattern), Only(difference, pattern));
        var compared = new TenantCompared(what, one, other with { Content = TenantComparison.Aligned(one.Content, other.Content) }, ParameterSetName == "Stages");
        foreach (var unread in compared.Unread)
            WriteWarning($"Not compared: {unread}.");
        var rows = compared.Rows;
        foreach (var row in rows)
            Write(row);
        if (_report is not null && Try(() => _report.Write(compared)).Failure is { } unwritten)
            WriteError(ErrorRecords.From(unwritten, OutFile));
        if (!compared.IsAnyCompared && compared.Unread.Count == 0)
            WriteWarning("Nothing was compared: neither side has an object of these kinds, stages and names.");
        if (ErrorOnDrift && Drift(compared) is { } drift)
            WriteError(ErrorRecords.From(drift, what));
        base.EndProcessing();
    }

    private static OdcException? Drift(TenantCompared compared)
    {
        var lost = compared.Lost.Count == 0 ? null : FormattableString.Invariant($"{compared.Lost.Count} objects could not be compared, such as {compared.Lost[0]}.");
        if (compared.Rows.Count > 0)
            return Failure($"{compared.Summary}{(lost is null ? "" : " " + lost)}", "The rows show the differences. Export the tenant again to accept them, or import the files to undo them.");
        if (lost is not null)
            return Failure(lost, "The warnings show which permissions the API client lacks.");
        return compared.IsAnyCompared ? null : Failure(compared.Summary, "Check -Kind, -Stage and -Name. The warnings show what one side does not have.");

        OdcException Failure(string message, string action) => new(OdcErrorCause.OperationFailed, $"{compared.What}: {message}", action);
    }

    private (TenantSide Reference, TenantSide Difference, string What) Sides()
    {
        if (ParameterSetName == "Tenants")
        {
            var (one, other) = Run(() => (SessionTable.Shared.Resolve(ReferenceConnection), SessionTable.Shared.Resolve(DifferenceConnection)));
            return (new(one.Tenant, Tenant(one.Client, Kinds, [], IncludeUser)), new(other.Tenant, Tenant(other.Client, Kinds, [], IncludeUser)), $"{one.Tenant} and {other.Tenant}");
        }

        if (ParameterSetName == "Stages")
            return Stages();
        var files = Files(ReferencePath);
        if (DifferencePath is not null)
            return (new(ReferencePath, files), new(DifferencePath, Files(DifferencePath)), $"{ReferencePath} and {DifferencePath}");
        var scope = files.Scope!;
        return (new("Files", files), new("Tenant", Tenant(Client, scope.Kinds.Where(Kinds.Contains), scope.Stages, scope.WithUsers)), $"{ReferencePath} and {CurrentConnection.Tenant}");
    }

    private (TenantSide Reference, TenantSide Difference, string What) Stages()
    {
        var (one, other) = (NamedStageOf(KeyOf(ReferenceStage!)!), NamedStageOf(KeyOf(DifferenceStage!)!));
        if (string.Equals(one.StageKey, other.StageKey, StringComparison.OrdinalIgnoreCase))
            Reject($"Both stages are {one}.", "Specify two different stages.");
        var kinds = TenantStages.Kinds.Where(Kinds.Contains).ToList();
        if (kinds.Count == 0)
            Reject("Objects of these kinds belong to no stage.", $"Specify one of these with -Kind: {string.Join(", ", TenantStages.Kinds.Select(k => k.Name))}.");
        var (from, to) = (one.Name ?? one.StageKey!, other.Name ?? other.StageKey!);
        var both = Tenant(Client, kinds, [from, to], IncludeUser);
        return (new(from, TenantStages.Of(both, from, to)), new(to, TenantStages.Of(both, to, to)), $"{from} and {to}");
    }

    private TenantContent Files(string path)
    {
        var files = Run(() => new TenantFolderReader(FilePaths.Resolve(this, path)).Read());
        _stages.UnionWith((files.Scope?.Stages ?? []).Concat(files.Documents.Select(d => d.Stage).OfType<string>()));
        return files;
    }

    private TenantContent Tenant(OdcClient client, IEnumerable<TenantKind> kinds, IReadOnlyList<string> stages, bool withUsers)
    {
        var content = Run(async stopped =>
        {
            var reader = Reader(client, Activity, stopped);
            if (_wanted.Count > 0)
                stages = await WantedAsync(reader, stages);
            return await new TenantSnapshot(reader, await SnapshotScope.OfAsync(reader, kinds, stages, withUsers)).ReadAsync();
        });
        EndProgress(Activity);
        return content;
    }

    // Names of the tenant's stages, of those that the files have.
    private async Task<IReadOnlyList<string>> WantedAsync(TenantReader reader, IReadOnlyList<string> ofFiles)
    {
        var known = await reader.StagesAsync();
        _areStagesKnown &= known.IsRead;
        var names = known.Items.Select(s => s.Name ?? s.StageKey!).ToList();
        _stages.UnionWith(names);
        IReadOnlyList<string> wanted = [.. (ofFiles.Count > 0 ? ofFiles : names).Where(IsWanted)];
        // An empty list would be all stages.
        return wanted.Count > 0 ? wanted : Stage!;
    }

    private TenantSide Only(TenantSide side, WildcardPattern? name)
    {
        var content = side.Content;
        return side with
        {
            Content = content with
            {
                Documents = [.. content.Documents.Where(d => Kinds.Contains(d.Kind) && IsWanted(d.Kind, d.Stage) && name?.IsMatch(d.Name) != false)],
                Unread = [.. content.Unread.Where(u => Kinds.Contains(u.Kind) && (u.Stage is null || IsWanted(u.Stage)) && (u.Name is null || name?.IsMatch(u.Name) != false))],
            },
        };
    }

    private bool IsWanted(TenantKind kind, string? stage) => _wanted.Count == 0 || (stage is null ? !kind.IsOfOrganizationToo : IsWanted(stage));

    private bool IsWanted(string stage) => _wanted.Count == 0 || _wanted.Any(w => w.IsMatch(stage));

    private static WildcardPattern Pattern(string text) => WildcardPattern.Get(text, WildcardOptions.IgnoreCase);
}
