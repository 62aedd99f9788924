namespace OdcPowerShell.Tenants;

/// <summary>Plans an import: compares the files with the tenant, in the scope of the files, and puts the steps in their order.</summary>
internal sealed class TenantPlanner(TenantReader reader, ImportSource source, ImportOptions options)
{
    // They change by themselves, or come with the object.
    private static bool IsOfNoInterest(string property) => property is "certificate" or "isReadOnly" or "isMain";

    /// <summary>Reads the tenant and makes the plan.</summary>
    /// <exception cref="OdcException">The tenant can't be read, or it has none of the stages.</exception>
    internal async Task<TenantPlan> PlanAsync()
    {
        var stages = await reader.StagesAsync().ConfigureAwait(false);
        if (stages.Missing is { } missing)
            throw new OdcException(OdcErrorCause.AccessDenied, $"The stages of the tenant can't be read, and nothing is imported: the API client lacks {missing}.", $"Grant the API client this permission in the ODC Portal (API clients, edit permissions): {missing}.");
        var own = stages.Items.Where(s => source.Stages.Contains(s.Name ?? "", StringComparer.OrdinalIgnoreCase)).Select(s => s.StageKey!).ToList();
        if (source.Stages.Count > 0 && own.Count == 0)
            throw new OdcException(OdcErrorCause.NotFound, $"The tenant has none of the stages of the files: {string.Join(", ", source.Stages)}.", "Get-OdcStage lists its stages. Rename the folders of the stages in the files, and the stages in them.");
        var scope = new SnapshotScope(source.Kinds, own, source.WithUsers);
        var now = await new TenantSnapshot(reader, scope).ReadAsync().ConfigureAwait(false);
        var names = await SnapshotNames.ReadAsync(reader, source.Kinds).ConfigureAwait(false);
        var keys = await TenantKeys.ReadAsync(reader, source.Kinds, now, names).ConfigureAwait(false);
        var context = new ImportContext(reader, source, options, now, names, keys);
        var (organization, groups, users, domains, filters, settings) =
            (new OrganizationImport(context), new GroupImport(context), new UserImport(context), new DomainImport(context), new FilterImport(context), new SettingsImport(context));
        await filters.PrepareAsync().ConfigureAwait(false);
        foreach (var kind in TenantKinds.All.Where(source.Kinds.Contains))
        {
            if (kind == TenantKinds.IpFilterGroup)
                filters.PlanMoves();
            foreach (var document in source.Content.Documents.Where(d => d.Kind == kind))
                await PlanAsync(document).ConfigureAwait(false);
        }

        groups.PlanMembers();
        if (options.Prunes)
            await PruneAsync().ConfigureAwait(false);
        return context.Plan;

        async Task PlanAsync(TenantDocument wanted)
        {
            if (wanted.Stage is { } stage && keys.Stage(stage) is null)
            {
                context.Skip(wanted, wanted.Kind == TenantKinds.Stage ? "the API can't create a stage: create it in the ODC Portal" : $"the tenant has no stage {stage}: create it in the ODC Portal, then import again");
                return;
            }

            var present = context.Match(wanted);
            if (present is null && now.Unread.FirstOrDefault(u => u.Covers(wanted.Kind, wanted.Stage, wanted.Name)) is { } unread)
            {
                context.Skip(wanted, $"it is not compared, and left as it is: {unread.Reason}");
                return;
            }

            if (present is null && !wanted.Kind.CanCreate)
            {
                context.Skip(wanted, Absent(wanted));
                return;
            }

            if (wanted.Kind == TenantKinds.Group)
                await groups.PlanAsync(wanted, present).ConfigureAwait(false);
            else if (wanted.Kind == TenantKinds.User)
                await users.PlanAsync(wanted, present).ConfigureAwait(false);
            else if (wanted.Kind == TenantKinds.IpFilterGroup)
                filters.Plan(wanted, present);
            else if (wanted.Kind == TenantKinds.Domain)
                await domains.PlanAsync(wanted, present).ConfigureAwait(false);
            else if (wanted.Kind == TenantKinds.BuiltInDomains)
                domains.PlanBuiltIn(wanted, present!);
            else if (wanted.Kind == TenantKinds.DefaultDomain)
                domains.PlanDefault(wanted, present!);
            else if (wanted.Kind == TenantKinds.AssetSettings || wanted.Kind == TenantKinds.SystemConfiguration)
                await settings.PlanAsync(wanted, present!).ConfigureAwait(false);
            else
                await organization.PlanAsync(wanted, present).ConfigureAwait(false);
            if (present is not null)
                ShowState(wanted, present);
        }

        void ShowState(TenantDocument wanted, TenantDocument present)
        {
            var differences = TenantComparison.Of(present, wanted).Where(d => d.IsState && d.Property is { } property && !IsOfNoInterest(property) && !(d.Difference is null && !options.Prunes)).ToList();
            if (differences.Count > 0)
                context.Skip(wanted, Unchangeable(wanted.Kind), [.. differences.Select(d => new TenantPropertyChange(d.Property!, d.Reference, d.Difference))]);
        }

        async Task PruneAsync()
        {
            foreach (var kind in TenantKinds.All.Reverse().Where(source.Kinds.Contains))
            {
                if (kind == TenantKinds.BuiltInDomains)
                    domains.PruneBuiltIn();
                if (!kind.CanCreate)
                    continue;
                foreach (var present in now.Documents.Where(d => d.Kind == kind && context.Wanted(d) is null && !TenantComparison.IsUnread(source.Content, d)).Reverse())
                {
                    if (kind == TenantKinds.Group)
                        await groups.RemoveAsync(present).ConfigureAwait(false);
                    else if (kind == TenantKinds.IpFilterGroup)
                        filters.Remove(present);
                    else if (kind == TenantKinds.Domain)
                        domains.Remove(present);
                    else if (kind == TenantKinds.OrganizationRole)
                        await organization.RemoveRoleAsync(present).ConfigureAwait(false);
                    else
                        context.Skip(present, "an import never removes users, not even with -Prune: Remove-OdcUser removes them");
                }
            }
        }
    }

    private static string Absent(TenantDocument wanted) => wanted.Kind == TenantKinds.Portfolio ? "the API can't create a portfolio: create it in the ODC Portal"
        : wanted.Kind == TenantKinds.DeployedAsset ? "it runs nowhere in the tenant: upload and deploy it first (Start-OdcDeployment)"
        : wanted.Kind == TenantKinds.AssetSettings ? $"{wanted.Name} does not run in {wanted.Stage}: deploy it first (Start-OdcDeployment), then import again"
        : "the tenant has none, and the API can't create it";

    private static string Unchangeable(TenantKind kind) => kind == TenantKinds.DeployedAsset ? "what runs where is changed by a deployment (Start-OdcDeployment)"
        : kind == TenantKinds.PrivateGateway ? "Enable-OdcPrivateGateway and Disable-OdcPrivateGateway change it"
        : "the API can't change it: see the ODC Portal";
}
