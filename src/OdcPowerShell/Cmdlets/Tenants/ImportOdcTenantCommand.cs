using System.Globalization;
using OdcPowerShell.AssetConfigurations;
using OdcPowerShell.Cmdlets.EnvironmentConfigurations;
using OdcPowerShell.Secrets;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Cmdlets.Tenants;

/// <summary>Changes a tenant to match the files of Export-OdcTenant.</summary>
/// <remarks>
/// <para>The command reads the files and the tenant, and makes a plan: the steps in the order in which they are done. What others refer to comes first, removals come last. -WhatIf shows the plan and sends nothing; with -Verbose, the requests too. Only what differs is sent: a second import sends nothing, and after an import that broke off, the next one does the rest.</para>
/// <para>Objects are found by their names, so that the files of one tenant can be imported into another. Nothing is renamed. A name that the tenant does not have is an error with its file and line before anything is sent; -SkipMissing leaves it out. What belongs to one tenant only (the name of the organization, the e-mail domains of internal users, domains and default domains) is not imported into another one unless you use -IncludeTenantSpecific. tenant.json names the tenant of the files.</para>
/// <para>Nothing is taken away unless you use -Prune: what only the tenant has stays, objects as well as items of lists, such as the roles of a group. An item that both have, such as a rule of an IP filter, becomes as in the file. With -Prune, objects that the files lack are removed, and lists become exactly those of the files. Users, the service's own roles and what was not exported are never removed. New users are not added to the built-in identity provider.</para>
/// <para>-Kind, -Name and -Stage limit the import to a part of the files. -Prune then removes nothing else. If the files have none of a kind that the export had, such as no group in a stage, files may be missing, and -Prune is rejected: tenant.json can say that there are to be none.</para>
/// <para>What the API can't do is a row with the action Skip, and its reason says where it can be done: stages, portfolios, assets and deployments can't be created, claim mappings of groups can't be added, and what runs where does not change. A new domain works when its DNS records exist.</para>
/// <para>Values of settings are set and not applied: Start-OdcConfigurationApply, or the next deployment, does that. Secrets are set only with -IncludeSecret, which reads them from a vault. Because their values can't be compared, it sets those that were never set; -OverwriteSecret sets all.</para>
/// <para>The command asks before it removes something, changes an IP filter, or changes whose users are internal. It warns when this machine would be locked out of apps, as far as its public address is known. An app that moves to another IP filter group is put back if it can't be added to that.</para>
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
/// <code>Import-OdcTenant ./tenant -Kind Group -Stage QA -Name 'Order*' -WhatIf | Format-List ObjectName, Details</code>
/// <para>Shows what an import of a part of the files would do.</para>
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
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.CreateBulkOperation), When = "for files with several new users", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetBulkOperation), When = "for files with several new users", IsOptional = true)]
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
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>The folder with the files, as Export-OdcTenant wrote it.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Only objects of these kinds.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values(KnownLists.TenantKinds, IsOpen = true)]
    public string[]? Kind { get; set; }

    /// <summary>Only objects with these names; wildcards are allowed. A name that selects nothing is a warning.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TenantFileCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Only objects that belong to these stages: names, keys, or objects from Get-OdcStage.</summary>
    [Parameter]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage))]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>Removes what the files don't have: objects, and items of lists. The command asks first, and the question has the names.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Prune { get; set; }

    /// <summary>Leaves names out that the tenant does not have, such as an app that is not there; otherwise they are an error before anything is sent.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter SkipMissing { get; set; }

    /// <summary>Sets the secrets of settings that were never set, from a vault. The files name the entries.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter IncludeSecret { get; set; }

    /// <summary>Sets all secrets of settings from a vault, also those that have a value.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter OverwriteSecret { get; set; }

    /// <summary>Imports what belongs to one tenant only into another tenant, too: the name of the organization, the e-mail domains of internal users, domains and default domains.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter IncludeTenantSpecific { get; set; }

    /// <summary>Writes an error, and not a warning, at the end if something can't be done: rows with the action Skip.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter ErrorOnSkip { get; set; }

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
        if (Plan is not null && (SavePlan is not null || Prune || SkipMissing || IncludeSecret || OverwriteSecret || IncludeTenantSpecific || Kind is not null || Name is not null || Stage.Length > 0))
            Reject("-Plan has the options of the plan, and excludes the parameters that choose them, and -SavePlan.", "Use only -Path, -Plan, -VaultName and -MyAddress, or make a new plan with -SavePlan.");
        foreach (var unknown in (Kind ?? []).Where(k => TenantKinds.Find(k.Trim()) is null))
            Reject($"There is no kind '{unknown}'.", $"Specify one of these with -Kind: {string.Join(", ", TenantKinds.All.Select(k => k.Name))}.");
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var guard = new IpFilterGuard(this, MyAddress);
        var saved = Plan is null ? null : Run(() => ReadPlan(FilePaths.Resolve(this, Plan)));
        var options = saved?.Options ?? Options();
        var files = Run(() => ImportSource.Of(new TenantFolderReader(FilePaths.Resolve(this, Path)).Read()));
        var names = new ImportNames(options.Part.Names, files.Content);
        var source = Run(() => files.Only(options.Part, names.Has));
        var resume = $"Import-OdcTenant {MessageText.Quoted(Path)}{ImportOptionText.Of(options)}{(VaultName is null ? "" : $" -VaultName {MessageText.Quoted(VaultName)}")}{ConnectionParameter}";
        var plan = Run(stopped => PlanAsync(source, options, stopped));
        foreach (var warning in names.Unused(source, plan, options))
            WriteWarning(warning);
        if (plan.Faults.Count > 0)
            ThrowTerminatingError(ErrorRecords.From(ImportQuestion.Faulty(plan), target: Path));
        if (saved is not null)
            Run<object?>(_ => Required(TenantPlanFile.Of(plan, source, options, Client.Origin), saved));
        foreach (var note in plan.Notes)
            WriteWarning(note);
        foreach (var step in plan.Sent.Where(s => s.Reach is not null))
            guard.Warn(step.Reach!.After, MessageText.Capital(step.Object), step.Reach.Before);
        var run = new ImportRun(this, CurrentConnection, plan, Write) { Path = Path, VaultName = VaultName, Resume = resume, FailsOnSkip = ErrorOnSkip };
        if (SavePlan is not null)
            Save(run, plan, TenantPlanFile.Of(plan, source, options, Client.Origin));
        else if (IsWhatIf)
            run.Show();
        else if (Approves(plan))
            Send(run);
        base.EndProcessing();
    }

    private ImportOptions Options() => new(Prune, SkipMissing, IncludeSecret || OverwriteSecret, OverwriteSecret, IncludeTenantSpecific)
    {
        Part = new ImportPart([.. (Kind ?? []).Select(k => TenantKinds.Find(k.Trim())!.Name)], Name ?? [], [.. Stage.Select(s => StageNameOf(KeyOf(s)!))]),
    };

    // As the files name it.
    private string StageNameOf(string key) =>
        Run(stopped => new TenantReader(Client, Caller, stopped).NamedStagesAsync()).Items.FirstOrDefault(s => string.Equals(s.StageKey, key, StringComparison.OrdinalIgnoreCase))?.Name ?? key;

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

    private static Task<object?> Required(TenantPlanFile now, TenantPlanFile saved)
    {
        now.Require(saved);
        return Task.FromResult<object?>(null);
    }

    private static TenantPlanFile ReadPlan(string path) => TenantPlanFile.Read(LocalFailure.Explain(path, () => File.ReadAllText(path)), path);

    private void Save(ImportRun run, TenantPlan plan, TenantPlanFile file)
    {
        var path = Run(() => FilePaths.Resolve(this, SavePlan!));
        if (ShouldProcess($"the plan with {ImportQuestion.Steps(plan)} to {path}"))
        {
            var text = file.ToText(Client.Time.GetUtcNow());
            Run<object?>(() => LocalFailure.Explain<object?>(path, () =>
            {
                File.WriteAllText(path, text);
                return null;
            }));
        }

        run.Write("Planned");
    }

    private void Send(ImportRun run)
    {
        ForgetNamesLater();
        run.Send();
    }

    private bool Approves(TenantPlan plan)
    {
        var lines = ImportQuestion.Lines(plan).ToList();
        if (lines.Count == 0 || MyInvocation.BoundParameters.ContainsKey("Confirm"))
            return true;
        var preference = LanguagePrimitives.TryConvertTo<ConfirmImpact>(GetVariableValue("ConfirmPreference"), CultureInfo.InvariantCulture, out var set) ? set : ConfirmImpact.High;
        return preference == ConfirmImpact.None || ShouldContinue($"Import {Path} into {CurrentConnection.Tenant}: {ImportQuestion.Steps(plan)}.\n{string.Join("\n", lines)}\nContinue?", "Confirm", ref _yesToAll, ref _noToAll);
    }
}
