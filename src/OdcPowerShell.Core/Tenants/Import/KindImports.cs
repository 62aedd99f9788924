namespace OdcPowerShell.Tenants;

/// <summary>Plans the documents of all kinds, in the order of the kinds, and what is removed.</summary>
internal sealed class KindImports(ImportContext context)
{
    private readonly OrganizationImport _organization = new(context);
    private readonly GroupImport _groups = new(context);
    private readonly UserImport _users = new(context);
    private readonly DomainImport _domains = new(context);
    private readonly FilterImport _filters = new(context);
    private readonly SettingsImport _settings = new(context);
    private readonly FileChecks _checks = new(context);

    internal async Task<TenantPlan> PlanAsync()
    {
        _checks.FindTwins([.. context.Source.Content.Documents.Where(d => context.Source.Kinds.Contains(d.Kind) && !IsLeftOut(d.Kind))]);
        await _filters.PrepareAsync().ConfigureAwait(false);
        foreach (var kind in TenantKinds.All.Where(context.Source.Kinds.Contains))
        {
            if (IsLeftOut(kind))
                continue;
            if (kind == TenantKinds.IpFilterGroup)
                _filters.FindMoves();
            foreach (var document in context.Source.Content.Documents.Where(d => d.Kind == kind))
                await PlanAsync(document).ConfigureAwait(false);
        }

        _groups.PlanMembers();
        if (context.Prunes)
        {
            await PruneAsync().ConfigureAwait(false);
            _checks.FindLost();
        }

        NoteLeftOut();
        _settings.Conclude();
        return context.Plan;
    }

    // What is one tenant's own does not travel to another one by itself.
    private bool IsLeftOut(TenantKind kind) => kind.IsTenantSpecific && !context.IsSameTenant && !context.Options.IncludesTenantSpecific;

    private void NoteLeftOut()
    {
        var left = context.Source.Content.Documents.Where(d => IsLeftOut(d.Kind) && IsDifferent(d)).GroupBy(d => d.Kind).Select(same => (Kind: same.Key, Count: same.Count())).ToList();
        if (left.Count == 0)
            return;
        var origin = context.Source.All.Tenant is { } tenant ? $"from {tenant}" : "from another tenant (tenant.json does not say from which)";
        var builtIn = left.Any(l => l.Kind == TenantKinds.BuiltInDomains) ? " all but built-in domains, which New-OdcBuiltInDomain adds" : " them";
        context.Note(FormattableString.Invariant($"The files are {origin}, and {left.Sum(l => l.Count)} {(left.Sum(l => l.Count) == 1 ? "object that belongs" : "objects that belong")} to that tenant only {(left.Sum(l => l.Count) == 1 ? "is" : "are")} left out: {string.Join(", ", left.Select(l => l.Count == 1 ? l.Kind.Noun : $"{l.Count} {l.Kind.Noun}{(l.Kind == TenantKinds.BuiltInDomains ? "" : "s")}"))}. -IncludeTenantSpecific imports{builtIn}."));
    }

    private bool IsDifferent(TenantDocument wanted) => (wanted.Stage is null || context.Keys.Stage(wanted.Stage) is not null)
        && (context.Match(wanted) is { } present ? TenantComparison.Of(present, wanted).Any(d => !d.IsState && (d.Difference is not null || context.Prunes)) : wanted.Kind.CanCreate);

    // They change by themselves, or come with the object.
    private static bool IsOfNoInterest(string property) => property is "certificate" or "isReadOnly" or "isMain";

    private async Task PlanAsync(TenantDocument wanted)
    {
        if (wanted.Stage is { } stage && context.Keys.Stage(stage) is null)
        {
            context.Skip(wanted, wanted.Kind == TenantKinds.Stage ? "the API can't create a stage: create it in the ODC Portal" : $"the tenant has no stage {stage}: create it in the ODC Portal, then import again");
            return;
        }

        var present = context.Match(wanted);
        if (present is null && context.Now.Unread.FirstOrDefault(u => u.Covers(wanted.Kind, wanted.Stage, wanted.Name)) is { } unread)
        {
            context.Skip(wanted, $"it is not compared, and left as it is: {unread.Reason}");
            return;
        }

        if (present is null && !wanted.Kind.CanCreate)
        {
            context.Skip(wanted, Absent(wanted));
            return;
        }

        if (present is null && !_checks.IsName(wanted))
            return;
        if (wanted.Kind == TenantKinds.Group)
            await _groups.PlanAsync(wanted, present).ConfigureAwait(false);
        else if (wanted.Kind == TenantKinds.User)
            await _users.PlanAsync(wanted, present).ConfigureAwait(false);
        else if (wanted.Kind == TenantKinds.IpFilterGroup)
            _filters.Plan(wanted, present);
        else if (wanted.Kind == TenantKinds.Domain)
            await _domains.PlanAsync(wanted, present).ConfigureAwait(false);
        else if (wanted.Kind == TenantKinds.BuiltInDomains)
            _domains.PlanBuiltIn(wanted, present!);
        else if (wanted.Kind == TenantKinds.DefaultDomain)
            await _domains.PlanDefaultAsync(wanted, present!).ConfigureAwait(false);
        else if (wanted.Kind == TenantKinds.AssetSettings || wanted.Kind == TenantKinds.SystemConfiguration)
            await _settings.PlanAsync(wanted, present!).ConfigureAwait(false);
        else
            await _organization.PlanAsync(wanted, present).ConfigureAwait(false);
        if (present is not null)
            ShowState(wanted, present);
    }

    private void ShowState(TenantDocument wanted, TenantDocument present)
    {
        var differences = TenantComparison.Of(present, wanted).Where(d => d.IsState && d.Property is { } property && !IsOfNoInterest(property) && !(d.Difference is null && !context.Prunes)).ToList();
        if (differences.Count > 0)
            context.Skip(wanted, Unchangeable(wanted.Kind), [.. differences.Select(d => new TenantPropertyChange(d.Property!, d.Reference, d.Difference))]);
    }

    private async Task PruneAsync()
    {
        foreach (var kind in TenantKinds.All.Reverse().Where(k => context.Source.Kinds.Contains(k) && !IsLeftOut(k)))
        {
            if (kind == TenantKinds.BuiltInDomains)
                _domains.PruneBuiltIn();
            if (!kind.CanCreate)
                continue;
            foreach (var present in context.Now.Documents.Where(d => d.Kind == kind && context.Source.Includes(d) && context.Wanted(d) is null && HasStage(d.Stage) && !TenantComparison.IsUnread(context.Source.Content, d)).Reverse())
            {
                if (kind == TenantKinds.Group)
                    await _groups.RemoveAsync(present).ConfigureAwait(false);
                else if (kind == TenantKinds.IpFilterGroup)
                    _filters.Remove(present);
                else if (kind == TenantKinds.Domain)
                    _domains.Remove(present);
                else if (kind == TenantKinds.OrganizationRole)
                    await _organization.RemoveRoleAsync(present).ConfigureAwait(false);
                else
                    context.Skip(present, "an import never removes users, not even with -Prune: Remove-OdcUser removes them");
            }
        }
    }

    // A stage without any file was not visible to the API client that exported, so nothing in it is known.
    private bool HasStage(string? stage) => stage is null || context.Source.All.Documents.Any(d => ImportContext.IsSame(d.Stage, stage));

    private static string Absent(TenantDocument wanted) => wanted.Kind == TenantKinds.Portfolio ? "the API can't create a portfolio: create it in the ODC Portal"
        : wanted.Kind == TenantKinds.DeployedAsset ? "it runs nowhere in the tenant: upload and deploy it first (Start-OdcDeployment)"
        : wanted.Kind == TenantKinds.AssetSettings ? $"{wanted.Name} does not run in {wanted.Stage}: deploy it first (Start-OdcDeployment), then import again"
        : "the tenant has none, and the API can't create it";

    private static string Unchangeable(TenantKind kind) => kind == TenantKinds.DeployedAsset ? "what runs where is changed by a deployment (Start-OdcDeployment)"
        : kind == TenantKinds.PrivateGateway ? "Enable-OdcPrivateGateway and Disable-OdcPrivateGateway change it"
        : "the API can't change it: see the ODC Portal";
}
