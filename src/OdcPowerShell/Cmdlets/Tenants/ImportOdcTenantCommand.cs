using System.Globalization;
using OdcPowerShell.AssetConfigurations;
using OdcPowerShell.Cmdlets.EnvironmentConfigurations;
using OdcPowerShell.Secrets;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Cmdlets.Tenants;

/// <summary>Changes a tenant so that it is as the files of Export-OdcTenant say.</summary>
/// <remarks>
/// <para>The command reads the files and the tenant, and makes a plan: the steps in the order in which they are done. What others refer to comes first, removals come last. -WhatIf shows the plan and sends nothing. Only what differs is sent: a second import sends nothing, and after an import that broke off, the next one does the rest.</para>
/// <para>Objects are found by their names, so that the files of one tenant can be imported into another. Nothing is renamed. A name that the tenant does not have is an error with its file and line before anything is sent; -SkipMissing leaves it out.</para>
/// <para>Nothing is taken away unless you use -Prune: what only the tenant has stays, objects as well as items of lists, such as the roles of a group. An item that both have, such as a rule of an IP filter, becomes as in the file. With -Prune, objects that the files lack are removed, and lists become exactly those of the files. Users, the service's own roles and what was not exported are never removed. New users are not added to the built-in identity provider.</para>
/// <para>What the API can't do is a row with the action Skip, and its reason says where it can be done: stages, portfolios, assets and deployments can't be created, claim mappings of groups can't be added, and what runs where does not change. A new domain works when its DNS records exist.</para>
/// <para>Values of settings are set and not applied: Start-OdcConfigurationApply, or the next deployment, does that. A secret is read from a vault when it is sent. Because its value can't be compared, it is sent where none was ever set; -SetSecret sends all.</para>
/// <para>The command asks before it removes something, changes an IP filter, or changes whose users are internal. It warns when this machine would be locked out of apps, as far as its public address is known.</para>
/// </remarks>
/// <example>
/// <code>Import-OdcTenant ./tenant -WhatIf</code>
/// <para>Shows what an import would do, step by step.</para>
/// </example>
/// <example>
/// <code>Import-OdcTenant ./tenant -Prune -SavePlan ./plan.json | Where-Object Action -eq Remove</code>
/// <para>Writes the plan of an import to a file, and shows what it would remove. Import-OdcTenant ./tenant -Plan ./plan.json then does exactly that, unless the tenant or the files were changed since.</para>
/// </example>
/// <example>
/// <code>Import-OdcTenant ./tenant -WhatIf | Where-Object Action -eq Skip | Format-List Kind, StageName, Name, Reason</code>
/// <para>Shows what has to be done by hand, and where.</para>
/// </example>
[Cmdlet(VerbsData.Import, "OdcTenant", SupportsShouldProcess = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments))]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListPortfolios), IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListDeployedAssets), IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.PatchEnvironment), IsOptional = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), IsOptional = true)]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.GetOrganization), IsOptional = true)]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.PatchOrganization), IsOptional = true)]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.GetPlatformIpFilterGroup), IsOptional = true)]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.ListBuiltInDomains), IsOptional = true)]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.PostBuiltInDomain), IsOptional = true)]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.GetOrganizationConfigurations), IsOptional = true)]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.PatchOrganizationConfigurations), IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryOrganizationRoles), IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryPermissions), IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.CreateOrganizationRole), IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.PatchOrganizationRole), IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.DeleteOrganizationRole), With = "Prune", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryGroups), IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryEndUserRoles), IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryEndUserRolesOfGroup), IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryIdentityProviders), IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.CreateGroup), IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.PatchGroup), IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.PatchEndUserRolesOfGroup), IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.DeleteGroup), With = "Prune", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.DeleteClaimMapping), With = "Prune", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsersOfGroup), When = "for files with users, and for groups that are removed", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.PatchUsersOfGroup), When = "for files with users, and for groups that are removed", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsers), When = "for files with users", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryOrganizationRolesOfUser), When = "for files with users", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.CreateUser), When = "for files with users", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.PatchUser), When = "for files with users", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GrantEndUserRole), When = "for files with users", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GrantOrganizationRole), When = "for files with users", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.RevokeEndUserRole), With = "Prune", When = "for files with users", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.RevokeOrganizationRole), With = "Prune", When = "for files with users", IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListBuiltInDomains), IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.PostBuiltInDomain), IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.PatchBuiltInDomain), IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.DeleteBuiltInDomain), With = "Prune", IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListDomains), IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.PostDomain), IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.PatchDomain), IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.DeleteDomain), With = "Prune", IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.GetDefaultDomain), IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.PatchDefaultDomain), IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListIpFilterGroups), IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.PostIpFilterGroup), IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.PatchIpFilterGroup), IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.DeleteIpFilterGroup), With = "Prune", IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.GetPrivateGateway), IsOptional = true)]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetApplicationConfiguration), IsOptional = true)]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.PatchApplicationConfiguration), IsOptional = true)]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetAgentConfiguration), When = "for agents", IsOptional = true)]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.PatchAgentConfiguration), When = "for agents", IsOptional = true)]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetStageSystemConfiguration), IsOptional = true)]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.PatchStageSystemConfiguration), IsOptional = true)]
[OutputType(typeof(OdcTenantChange))]
public sealed class ImportOdcTenantCommand : ChangeCmdlet
{
    private string _resume = "";
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>The folder with the files, as Export-OdcTenant wrote it.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Removes what the files don't have: objects, and items of lists. The command asks first, and the question has the names.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Prune { get; set; }

    /// <summary>Leaves names out that the tenant does not have, such as an app that is not there; otherwise they are an error before anything is sent.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter SkipMissing { get; set; }

    /// <summary>Sets all secrets of settings; otherwise only those that were never set.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter SetSecret { get; set; }

    /// <summary>Writes the plan to this file, and sends nothing.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SavePlan { get; set; }

    /// <summary>Does what the plan in this file says, with its options. If the tenant or the files were changed since, nothing is sent.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Plan { get; set; }

    /// <summary>The vault with the secrets of settings; without it, the default vault.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? VaultName { get; set; }

    /// <summary>The public addresses by which others see this machine, to check that it is not locked out. Only these are checked then.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? MyAddress { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Plan is null)
            return;
        if (SavePlan is not null || Prune || SkipMissing || SetSecret)
            ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, "-Plan has the options of the plan, and excludes -SavePlan, -Prune, -SkipMissing and -SetSecret.", "Leave them out, or make a new plan with -SavePlan."), target: null));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var guard = new IpFilterGuard(this, MyAddress);
        var source = Run(_ => Task.FromResult(ImportSource.Of(new TenantFolderReader(FilePaths.Resolve(this, Path)).Read())));
        var saved = Plan is null ? null : Run(_ => Task.FromResult(ReadPlan(FilePaths.Resolve(this, Plan))));
        var options = saved?.Options ?? new ImportOptions(Prune, SkipMissing, SetSecret);
        _resume = $"Import-OdcTenant '{Path.Replace("'", "''")}'{(options.Prunes ? " -Prune" : "")}{(options.SkipsMissing ? " -SkipMissing" : "")}{(options.SetsSecrets ? " -SetSecret" : "")}{ConnectionParameter}";
        var plan = Run(stopped => PlanAsync(source, options, stopped));
        RequireNames(plan);
        if (saved is not null)
            Run<object?>(_ => Required(TenantPlanFile.Of(plan, source, options, Client.Origin), saved));
        foreach (var step in plan.Sent.Where(s => s.Reach is not null))
            guard.Warn(step.Reach!.After, Vault.Capital(step.Object), step.Reach.Before);
        if (SavePlan is not null)
            Save(plan, TenantPlanFile.Of(plan, source, options, Client.Origin));
        else if (IsWhatIf || Approves(plan))
            Send(plan);
        base.EndProcessing();
    }

    private async Task<TenantPlan> PlanAsync(ImportSource source, ImportOptions options, CancellationToken stopped)
    {
        const string activity = "Reading the tenant";
        // As it is now, and not as it was some minutes ago.
        Client.Kept.Forget();
        Client.Names.Forget();
        Client.Names.Stages.Forget();
        var reader = new TenantReader(Client, Caller, stopped)
        {
            WhenRead = (read, requested, name) => Caller.Progress(new CallerProgress(activity, Left: null, FormattableString.Invariant($"{read} of {requested}: {name}"))),
        };
        var plan = await new TenantPlanner(reader, source, options).PlanAsync();
        Caller.Progress(new CallerProgress(activity, Left: null));
        return plan;
    }

    private void RequireNames(TenantPlan plan)
    {
        if (plan.Missing.Count == 0)
            return;
        var lines = string.Join("\n", plan.Missing.Select(m => m.ToString()));
        ThrowTerminatingError(ErrorRecords.From(
            new OdcException(
                OdcErrorCause.NotFound, $"{(plan.Missing.Count == 1 ? "A name in the files is" : $"{plan.Missing.Count.ToString(CultureInfo.InvariantCulture)} names in the files are")} not usable in this tenant, and nothing was sent:\n{lines}",
                "Correct the files, create what is missing, or leave the names out with -SkipMissing."),
            target: Path));
    }

    private static Task<object?> Required(TenantPlanFile now, TenantPlanFile saved)
    {
        now.Require(saved);
        return Task.FromResult<object?>(null);
    }

    private static TenantPlanFile ReadPlan(string path) => TenantPlanFile.Read(LocalFailure.Explain(path, () => File.ReadAllText(path)), path);

    private void Save(TenantPlan plan, TenantPlanFile file)
    {
        var path = Run(_ => Task.FromResult(FilePaths.Resolve(this, SavePlan!)));
        if (ShouldProcess($"the plan with {plan.Sent.Count().ToString(CultureInfo.InvariantCulture)} steps to {path}"))
        {
            var text = file.ToText(Client.Time.GetUtcNow());
            Run<object?>(_ => Task.FromResult(LocalFailure.Explain<object?>(path, () =>
            {
                File.WriteAllText(path, text);
                return null;
            })));
        }

        foreach (var (step, order) in plan.Steps.Select((step, i) => (step, i + 1)))
            Write(step, order, new StepOutcome(step.IsSkipped ? StepOutcome.NotDone : "Planned", step.Reason));
    }

    private bool Approves(TenantPlan plan)
    {
        var lines = ImportQuestion.Lines(plan).ToList();
        if (lines.Count == 0 || MyInvocation.BoundParameters.ContainsKey("Confirm"))
            return true;
        var preference = LanguagePrimitives.TryConvertTo<ConfirmImpact>(GetVariableValue("ConfirmPreference"), CultureInfo.InvariantCulture, out var set) ? set : ConfirmImpact.High;
        return preference == ConfirmImpact.None || ShouldContinue($"Import {Path} into {CurrentConnection.Tenant}: {plan.Sent.Count().ToString(CultureInfo.InvariantCulture)} steps.\n{string.Join("\n", lines)}\nContinue?", "Confirm", ref _yesToAll, ref _noToAll);
    }

    private void Send(TenantPlan plan)
    {
        const string activity = "Importing";
        var secrets = new VaultSecrets(this);
        var import = new TenantImport(new StepSender(Client, Caller, (name, stopped) => secrets.ReadAsync(name, VaultName, stopped), Stopped));
        var (count, order) = (plan.Steps.Count, 0);
        ForgetNamesLater();
        foreach (var step in plan.Steps)
        {
            order++;
            WhenStopped = () => FormattableString.Invariant($"The import was stopped at step {order} of {count}. This line does the rest: {_resume}");
            Caller.Progress(new CallerProgress(activity, Left: null, FormattableString.Invariant($"{order} of {count}: {step.Object}")) { Percent = 100 * (order - 1) / count });
            Write(step, order, Send(import, step, FormattableString.Invariant($"{order}/{count} {step}")));
        }

        WhenStopped = null;
        Client.Names.Stages.Forget();
        Caller.Progress(new CallerProgress(activity, Left: null));
        Conclude(plan, import);
    }

    private StepOutcome Send(TenantImport import, TenantStep step, string what)
    {
        if (step.IsSkipped)
            return import.Leave(step, step.Reason!);
        if (!ShouldSend(what, step.Preview!()))
            return IsWhatIf ? new StepOutcome("WhatIf") : import.Leave(step, "it was declined");
        return Run(_ => import.SendAsync(step));
    }

    private void Write(TenantStep step, int order, StepOutcome outcome)
    {
        var row = OdcTenantChange.Of(step, order);
        (row.Result, row.Reason) = (outcome.Result, outcome.Reason);
        if (outcome.Failure is { } failure)
        {
            var record = ErrorRecords.From(failure, row);
            record.ErrorDetails = new ErrorDetails($"{Vault.Capital(step.Object)}: {record.ErrorDetails.Message}") { RecommendedAction = record.ErrorDetails.RecommendedAction };
            WriteError(record);
        }

        Write(row);
    }

    private void Conclude(TenantPlan plan, TenantImport import)
    {
        var skipped = plan.Steps.Count(s => s.IsSkipped);
        if (skipped > 0)
            WriteWarning($"{skipped.ToString(CultureInfo.InvariantCulture)} {(skipped == 1 ? "thing is" : "things are")} left as {(skipped == 1 ? "it is" : "they are")}: the rows with the action Skip have the reasons.");
        var (failed, left) = (import.Outcomes.Count(o => o.Result == StepOutcome.Failed), import.Outcomes.Count(o => o.Result == StepOutcome.NotDone) - (IsWhatIf ? 0 : skipped));
        if (failed + Math.Max(0, left) == 0 || IsWhatIf)
            return;
        WriteError(ErrorRecords.From(
            new OdcException(
                OdcErrorCause.OperationFailed, FormattableString.Invariant($"The import is not complete: of {plan.Sent.Count()} steps, {failed} failed and {left} were not done."),
                $"See the property Reason of the rows. When the causes are corrected, this line does the rest: {_resume}"),
            target: Path));
    }
}
