using OdcPowerShell.AssetConfigurations;
using OdcPowerShell.Secrets;
using OdcPowerShell.Tenants;
using OdcPowerShell.Tenants.Rules;

namespace OdcPowerShell.Cmdlets.Tenants;

/// <summary>Checks a tenant by rules: access, delivery, assets, code quality, network and platform. Shows what breaks them, and the command that fixes it.</summary>
/// <remarks>
/// <para>Writes a row for each finding, the highest severity first, and a row for what could not be checked, with the missing permission. Rules that passed are written with -IncludePassed. Get-OdcTenantRule lists the rules with their reasons and thresholds, without a request.</para>
/// <para>Result is Failed, NotChecked, Excepted (accepted by the settings file) or Passed. A rule passes only if everything that it checks could be read: if the API client lacks a permission, or may not see a stage, that part is NotChecked.</para>
/// <para>Fix is a command to copy. Read it before you run it, and try it with -WhatIf if it changes something.</para>
/// <para>Each list of the tenant is read once, for all rules. Rules that take a request for each asset, library, build or member run only if you name them with -Rule or enable them in the settings file; without that, they are NotChecked.</para>
/// <para>-Settings names a JSON file that switches rules off, changes their severity and thresholds, and excepts objects with a reason: { "rules": { "InactiveMember": { "InactiveDays": 60, "except": [ { "subject": "svc-*", "reason": "Used by the nightly job" } ] }, "OpenIpFilter": { "enabled": false } } }. A name that the rules do not know, and one that is there twice, is an error with its line. Parameters come before the file.</para>
/// <para>The subject of an exception is the name of the object, with wildcards if you like. For users, use the e-mail or the key: a name that several users have excepts none of them. With "stage": "QA", an exception is for what belongs to this stage only. An exception that is not used, or fits nothing, is a warning.</para>
/// <para>With -ErrorOnFailure, each rule that failed is also an error, after all rows and the file were written, and so is each rule of which a part could not be checked, with the permission that is missing. Rules that take many requests and were not named are no errors. A request that failed is always an error, and the other rules still run.</para>
/// <para>Expiry dates of secrets are those that are known on this machine: of the connection, and of entries of Register-OdcCredential for this tenant. A vault that is locked is not read, and does not ask: unlock it first.</para>
/// </remarks>
/// <example>
/// <code>Test-OdcTenant | Format-Table Severity, Rule, Subject, Message -Wrap</code>
/// <para>Checks the tenant by all rules.</para>
/// </example>
/// <example>
/// <code>Test-OdcTenant *Member*, DirectRole -InactiveDays 60 | Where-Object Result -eq Failed | Select-Object Subject, Message, Fix</code>
/// <para>Shows which accounts to clean up, with the commands that do it.</para>
/// </example>
/// <example>
/// <code>Test-OdcTenant -Severity High -Stage Production -OutFile tenant.sarif</code>
/// <para>Checks the rules of high severity, those of stages in Production only, and writes the result as SARIF. With .xml it is JUnit, with .md a table for a pull request.</para>
/// </example>
/// <example>
/// <code>Test-OdcTenant PendingSetting -Stage Production</code>
/// <para>Runs a rule that takes many requests, because it is named.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "OdcTenant")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), When = "for rules about stages")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListDeployedAssets), When = "for StageAhead, StageBehind, UnusedApp, DebugBuild and PendingSetting")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsers), When = "for rules about members and end users")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryGroups), When = "for EmptyGroup")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsersOfGroup), When = "for EmptyGroup", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryEndUserRolesOfGroup), When = "for EmptyGroup", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryOrganizationRoles), When = "for EverythingRole and ManyAdministrators")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryPermissions), When = "for EverythingRole and ManyAdministrators")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsersOfOrganizationRole), When = "for ManyAdministrators", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryOrganizationRolesOfUser), When = "for EndlessGrant", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryIdentityProviders), When = "for WeakIdentityProvider")]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.GetOrganizationConfigurations), When = "for ExternalMember")]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.GetOrganizationEntitlements), When = "for EntitlementNearLimit")]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.GetOrganizationUsage), When = "for EntitlementNearLimit")]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.GetEnvironmentEntitlements), When = "for EntitlementNearLimit", IsOptional = true)]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.GetEnvironmentUsage), When = "for EntitlementNearLimit", IsOptional = true)]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterDeployments), When = "for FailedDeployment")]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.GetBuild), When = "for DebugBuild", IsOptional = true)]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetApplicationConfiguration), When = "for PendingSetting", IsOptional = true)]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetAgentConfiguration), When = "for PendingSetting", IsOptional = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), When = "for UnusedApp, UnusedLibrary and OutdatedProducer")]
[ApiOperation(typeof(DependencyManagementApi), nameof(DependencyManagementApi.ListConsumers), When = "for UnusedLibrary", IsOptional = true)]
[ApiOperation(typeof(DependencyManagementApi), nameof(DependencyManagementApi.ListProducers), When = "for OutdatedProducer", IsOptional = true)]
[ApiOperation(typeof(CodeQualityApi), nameof(CodeQualityApi.ListMetrics), When = "for CriticalFinding and LowScore")]
[ApiOperation(typeof(CodeQualityApi), nameof(CodeQualityApi.GetAnalysisStatus), When = "for StaleAnalysis")]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListDomains), When = "for DomainWithoutCertificate", IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListIpFilterGroups), When = "for OpenIpFilter", IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.GetPrivateGateway), When = "for UnhealthyGateway", IsOptional = true)]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.GetPlatformIpFilterGroup), When = "for OpenPortal")]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.GetOrganization), With = "OutFile", IsOptional = true)]
[OutputType(typeof(OdcTenantFinding))]
public sealed class TestOdcTenantCommand : ConnectedCmdlet
{
    private const string Activity = "Reading the tenant";
    private const int Whole = 100;
    private IReadOnlyList<ChosenRule> _rules = [];
    private FindingReport? _report;

    /// <summary>The rules to check: names, with wildcards if you like. Without it, all that don't take many requests. A rule that is named in full always runs.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string[]? Rule { get; set; }

    /// <summary>Limits what belongs to stages to these: names, keys, or objects from Get-OdcStage. Rules that belong to no stage are checked too.</summary>
    [Parameter]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage))]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>Only rules of this severity and higher: High, Medium, Low or Info.</summary>
    [Parameter]
    [ValidateSet(RuleWords.High, RuleWords.Medium, RuleWords.Low, RuleWords.Info)]
    public string? Severity { get; set; }

    /// <summary>The settings file: JSON that switches rules off, changes their severity and thresholds, and excepts objects.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Settings { get; set; }

    /// <summary>For InactiveMember: the days without a sign-in. 90 unless the settings file says otherwise.</summary>
    [Parameter]
    [ValidateRange(1, 3650)]
    [ValueRequired]
    public int? InactiveDays { get; set; }

    /// <summary>For ManyAdministrators: how many members may have a role with nearly every permission. 5 unless the settings file says otherwise.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [ValueRequired]
    public int? MaximumAdministrators { get; set; }

    /// <summary>For StageBehind: how many revisions an asset may be behind. 5 unless the settings file says otherwise.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [ValueRequired]
    public int? BehindRevisions { get; set; }

    /// <summary>For StageBehind: for how many days an asset may be behind. 90 unless the settings file says otherwise.</summary>
    [Parameter]
    [ValidateRange(1, 3650)]
    [ValueRequired]
    public int? BehindDays { get; set; }

    /// <summary>For FailedDeployment: the days to go back. 30 unless the settings file says otherwise.</summary>
    [Parameter]
    [ValidateRange(1, 3650)]
    [ValueRequired]
    public int? DeploymentDays { get; set; }

    /// <summary>For UnusedApp: the least age of its latest revision in days. 90 unless the settings file says otherwise.</summary>
    [Parameter]
    [ValidateRange(0, 3650)]
    [ValueRequired]
    public int? UnusedDays { get; set; }

    /// <summary>For LowScore: the lowest score that passes. 80 unless the settings file says otherwise.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    [ValueRequired]
    public int? MinimumScore { get; set; }

    /// <summary>For EntitlementNearLimit: the used percentage from which on an entitlement is found. 80 unless the settings file says otherwise.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    [ValueRequired]
    public int? EntitlementPercent { get; set; }

    /// <summary>For ExpiringSecret: the days before the expiry date. 30 unless the settings file says otherwise.</summary>
    [Parameter]
    [ValidateRange(0, 3650)]
    [ValueRequired]
    public int? ExpiryDays { get; set; }

    /// <summary>Writes the rules that passed too, a row each.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter IncludePassed { get; set; }

    /// <summary>Writes an error for each rule that failed, after the rows.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter ErrorOnFailure { get; set; }

    /// <summary>Writes the outcome to a file: .xml for JUnit with one test case for each rule, .sarif for SARIF, or .md for a Markdown table.</summary>
    [Parameter]
    public string? OutFile { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        var names = new RuleNames(Rule ?? []);
        if (names.Unknown.FirstOrDefault() is { } unknown)
            ThrowTerminatingError(ErrorRecords.From(RuleNames.NotFound(unknown), unknown));
        var settings = Settings is null ? null : Run(() => Read(Settings));
        _rules = TenantRules.Choose(settings, Typed, Rule is null ? null : names.Fits, names.IsNamed, Severity);
        if (_rules.Count == 0)
            ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, "No rule is left: nothing would be checked.", "Change -Rule, -Severity or the settings file. Get-OdcTenantRule lists the rules."), target: null));
        if (OutFile is not null)
            _report = Run(() => new FindingReport(this, OutFile));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var reads = 0;
        var secrets = _rules.Any(r => r.Rule is ExpiringSecret) ? LocalSecrets.Of(this, CurrentConnection) : LocalSecrets.None;
        var (outcomes, organization) = Run(async stopped =>
        {
            var reader = new TenantReader(Client, Caller, stopped)
            {
                WhenRead = (read, requested, name) =>
                {
                    reads = Math.Max(read, reads);
                    Caller.Progress(new CallerProgress(Activity, Left: null, name) { Percent = Math.Min(Whole, read * Whole / Math.Max(1, requested)) });
                },
            };
            var found = await RuleRun.RunAsync(_rules, new RuleScope(reader, await StagesAsync(stopped), Client.Time.GetUtcNow(), secrets, ConnectionParameter));
            return (found, _report is null ? null : await RuleCheck.TryReadAsync(reader.OrganizationAsync) is { Count: > 0 } organizations ? organizations[0].Name : null);
        });
        Caller.Progress(new CallerProgress(Activity, Left: null));
        foreach (var warning in outcomes.SelectMany(o => o.Warnings))
            WriteWarning(warning);
        foreach (var row in outcomes.SelectMany(o => o.Rows).Where(row => IncludePassed || row.Result != RuleWords.Passed))
            Write(row);
        WriteVerbose(RuleSummary.Of(outcomes) + FormattableString.Invariant($" {reads} lists were read."));
        if (_report is not null && Try(() => _report.Write(CurrentConnection.Tenant, organization, outcomes)).Failure is { } unwritten)
            WriteError(ErrorRecords.From(unwritten, OutFile));
        WriteErrors(outcomes);
        base.EndProcessing();
    }

    private void WriteErrors(IReadOnlyList<RuleOutcome> outcomes)
    {
        foreach (var failure in outcomes.SelectMany(o => o.Failures).Distinct())
            WriteError(ErrorRecords.From(failure, string.Join(", ", outcomes.Where(o => o.Failures.Contains(failure)).Select(o => o.Rule.Id))));
        if (!ErrorOnFailure)
            return;
        foreach (var outcome in outcomes.Where(o => o.Has(RuleWords.Failed)))
        {
            var failed = outcome.Of(RuleWords.Failed).ToList();
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.OperationFailed, FormattableString.Invariant($"The rule {outcome.Rule.Id} failed, {failed.Count} time{(failed.Count == 1 ? "" : "s")}: {failed[0].Message}"), outcome.Rule.Advice), outcome.Rule.Id));
        }

        // A rule that takes many requests and was not named was not asked for, and a failed request is an error already.
        foreach (var outcome in outcomes.Where(o => o.Has(RuleWords.NotChecked) && !o.Chosen.IsLeftOut && o.Failures.Count == 0))
        {
            var gap = outcome.Of(RuleWords.NotChecked).OrderBy(row => row.Missing is null).First();
            WriteError(ErrorRecords.From(
                new OdcException(OdcErrorCause.OperationFailed, $"The rule {outcome.Rule.Id} ({outcome.Chosen.Severity}) was not checked completely: {gap.Message}", gap.Advice ?? "If the rule does not apply to this tenant, switch it off in the settings file with \"enabled\": false."), outcome.Rule.Id));
        }

        if (outcomes.All(o => o.Result == RuleWords.NotChecked && o.Chosen.IsLeftOut))
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.OperationFailed, "No rule could be checked.", "The rows show which permissions the API client lacks."), target: null));
    }

    // Most thresholds have a parameter of their name.
    private int? Typed(string threshold) => GetType().GetProperty(threshold)?.GetValue(this) as int?;

    private RuleSettings Read(string path)
    {
        var file = FilePaths.Resolve(this, path);
        try
        {
            return RuleSettings.Read(path, File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OdcException(OdcErrorCause.FileNotFound, $"The settings file can't be read: {e.Message}", "Specify an existing file with -Settings.", e);
        }
    }

    private async Task<IReadOnlyList<OdcStage>> StagesAsync(CancellationToken stopped)
    {
        if (Stage.All(wanted => wanted.Resource is OdcStage { Name: not null, Order: not null }))
            return [.. Stage.Select(wanted => (OdcStage)wanted.Resource!).GroupBy(s => s.StageKey, StringComparer.OrdinalIgnoreCase).Select(same => same.First())];
        var visible = await Client.Names.Stages.GetAsync(Caller, stopped);
        return [.. Stage.Select(wanted => wanted.Key!).Distinct(StringComparer.OrdinalIgnoreCase).Select(key =>
            visible.FirstOrDefault(s => string.Equals(s.StageKey, key, StringComparison.OrdinalIgnoreCase)) ?? throw ResourceTypes.Stage.NotFoundKey(key))];
    }
}
