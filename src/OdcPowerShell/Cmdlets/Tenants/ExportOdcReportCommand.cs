using OdcPowerShell.Output.Report;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Cmdlets.Tenants;

/// <summary>Writes a report of the tenant as one HTML page: stages and drift, changes, access by role, findings, usage and dependencies.</summary>
/// <remarks>
/// <para>The page is one file. It loads nothing and sends nothing, prints well, and its tables can be sorted and filtered in any current browser. Names of the tenant are shown as text, whatever they contain.</para>
/// <para>What the API client may not read is shown as not read, with the permission that is missing, and never as empty. Names and e-mails of users are part of the report only with -IncludeUser. Names of assets, stages, roles and groups, and commit messages without e-mails, always are.</para>
/// <para>Findings come from the pipeline: Test-OdcTenant | Export-OdcReport -Path report.html. Rows from a file are taken too, if they have its columns; Rule and Message are required. If Test-OdcTenant found nothing, the report says so; without -Finding it says that no check was run. Findings of another tenant are an error.</para>
/// <para>Requests: each list once; for access, also one request for each organization role, and two for each group; for usage, two for the organization and for each stage; for changes, as Get-OdcChange. -IncludeDependency takes one request for each asset: 1,000 assets take ten minutes within the rate limit. -Verbose shows the number before it starts.</para>
/// <para>The file gets its name when it is complete. An existing file is replaced only with -Force.</para>
/// <para type="output" name="System.IO.FileInfo">The file that was written, with -PassThru.</para>
/// </remarks>
/// <example>
/// <code>Export-OdcReport -Path report.html</code>
/// <para>Writes a report of the whole tenant, without names of users.</para>
/// </example>
/// <example>
/// <code>Export-OdcReport release.html -Section Stages, Changes -Stage QA, Production -Days 7 -Title 'Release review' -PassThru</code>
/// <para>Writes what runs in two stages and what changed there in the last week.</para>
/// </example>
/// <example>
/// <code>Export-OdcReport report.html -IncludeDependency -IncludeUser -Force</code>
/// <para>Replaces a report by one with all users, and with what each asset uses.</para>
/// </example>
/// <example>
/// <code>Test-OdcTenant -Severity High | Export-OdcReport report.html -Force</code>
/// <para>Checks the tenant by the rules of high severity and writes a report with what they found.</para>
/// </example>
[Cmdlet(VerbsData.Export, "OdcReport", SupportsShouldProcess = true)]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.GetOrganization), IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListDeployedAssets), When = "for stages", IsOptional = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), When = "for names of assets, and for dependencies", IsOptional = true)]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterDeployments), When = "for changes", IsOptional = true)]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterPublications), When = "for changes", IsOptional = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListRevisions), When = "for changes", IsOptional = true)]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.ListBuilds), When = "for changes", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsers), When = "for access", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryOrganizationRoles), When = "for access", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsersOfOrganizationRole), When = "for access", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryEndUserRoles), When = "for access", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryGroups), When = "for access", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryEndUserRolesOfGroup), When = "for access", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsersOfGroup), When = "for access", IsOptional = true)]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.GetOrganizationEntitlements), When = "for usage", IsOptional = true)]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.GetOrganizationUsage), When = "for usage", IsOptional = true)]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.GetEnvironmentEntitlements), When = "for usage", IsOptional = true)]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.GetEnvironmentUsage), When = "for usage", IsOptional = true)]
[ApiOperation(typeof(DependencyManagementApi), nameof(DependencyManagementApi.ListProducers), With = "IncludeDependency", IsOptional = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportOdcReportCommand : ConnectedCmdlet
{
    private const string Activity = "Reading the tenant";
    private const int BarOfLists = 2;
    private readonly List<ReportFinding> _findings = [];
    private string _file = "";
    private bool _isWanted;

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [Alias("OutFile")]
    public string Path { get; set; } = "";

    /// <summary>Findings of Test-OdcTenant of the same tenant, or rows with the same columns: Rule, Severity, Result, Subject, StageName, Message, Advice and Fix. An empty list stands for a check that found nothing.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowsNothing]
    [Findings]
    public PSObject[]? Finding { get; set; } = [];

    /// <summary>The sections: Findings, Stages, Changes, Access and Usage. Without it, all. -IncludeDependency adds that section.</summary>
    [Parameter]
    [ValidateSet(ReportSections.Findings, ReportSections.Stages, ReportSections.Changes, ReportSections.Access, ReportSections.Usage)]
    public string[] Section { get; set; } = [ReportSections.Findings, ReportSections.Stages, ReportSections.Changes, ReportSections.Access, ReportSections.Usage];

    /// <summary>Only these stages: names, keys, or objects from Get-OdcStage. Revisions and builds, which belong to no stage, are then left out of the changes.</summary>
    [Parameter]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage))]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>How many days of changes the report shows.</summary>
    [Parameter]
    [ValidateRange(1, 365)]
    [ValueRequired]
    public int Days { get; set; } = 30;

    /// <summary>The title. Without it, the name of the organization.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>Includes names and e-mails of users, and who made each change. Without it, users are only counted.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter IncludeUser { get; set; }

    /// <summary>Includes what uses what, which takes one request for each asset.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter IncludeDependency { get; set; }

    /// <summary>Replaces the file if it exists.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the file.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // What can't be written is an error before anything is read.
        _file = Run(() => FilePaths.Resolve(this, Path));
        if (Finding is null)
            WriteWarning("-Finding has no value: the report will show that the checks found nothing. If no check was run, leave -Finding out.");
        _isWanted = ShouldProcess(_file, "Write a report of " + CurrentConnection.Tenant);
        if (_isWanted)
            Run(() => CanWrite());
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var row in Finding ?? [])
        {
            var finding = ReportFinding.Of(row) ?? Run<ReportFinding>(_ => throw new OdcException(
                OdcErrorCause.InvalidRequest, $"{PipedObject.Of(row).TypeName} is not a finding: it has no Rule and no Message.", "Pipe what Test-OdcTenant writes, or leave -Finding out."));
            if (finding.Tenant.Length > 0 && !string.Equals(finding.Tenant, CurrentConnection.Tenant, StringComparison.OrdinalIgnoreCase))
            {
                Run<ReportFinding>(_ => throw new OdcException(
                    OdcErrorCause.InvalidRequest, $"The finding of {finding.Rule} is of the tenant {finding.Tenant}, and the report is of {CurrentConnection.Tenant}.",
                    "Check the same tenant, or specify the connection of the findings with -Connection."));
            }

            _findings.Add(finding);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_isWanted)
            Export();
        base.EndProcessing();
    }

    private void Export()
    {
        var scope = new ReportScope(Section, [.. Stage.Select(KeyOf).OfType<string>()], Days, IncludeDependency);
        var tenant = new TenantReader(Client, Caller, Stopped) { WhenRead = Show };
        var report = Run(_ => new TenantReportReader(tenant, scope).ReadAsync(CurrentConnection.ClientId));
        Caller.Progress(new CallerProgress(Activity, Left: null) { Id = BarOfLists });
        var hasCheck = MyInvocation.ExpectingInput || MyInvocation.BoundParameters.ContainsKey(nameof(Finding));
        var page = new ReportPage(report, new ReportOptions(Title, IncludeUser, hasCheck ? _findings : null, scope.Wants(ReportSections.Findings))).ToString();
        var written = Run(stopped => WriteAsync(System.Text.Encoding.UTF8.GetBytes(page), stopped));
        if (PassThru)
            WriteObject(written);
    }

    private void Show(int read, int requested, string name) =>
        Caller.Progress(new CallerProgress(Activity, Left: null, FormattableString.Invariant($"{read} of {requested}: {name}")) { Id = BarOfLists, Percent = 100 * read / Math.Max(read, requested) });

    private bool CanWrite()
    {
        if (Directory.Exists(_file))
            throw new OdcException(OdcErrorCause.InvalidRequest, $"{_file} is a folder.", "Specify the file to write with -Path, such as report.html.");
        if (System.IO.Path.GetExtension(_file).ToUpperInvariant() is not (".HTML" or ".HTM"))
            throw new OdcException(OdcErrorCause.InvalidRequest, $"The report is an HTML page, and {Path} does not end with .html.", "Use a file name that ends with .html.");
        PartialFile.Create(_file, Force).Dispose();
        return true;
    }

    private async Task<FileInfo> WriteAsync(byte[] page, CancellationToken stopped)
    {
        using var file = PartialFile.Create(_file, Force);
        await file.WriteAsync(page, page.Length, stopped);
        return file.Complete();
    }
}
