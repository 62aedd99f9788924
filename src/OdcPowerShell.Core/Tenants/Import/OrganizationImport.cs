using System.Text.Json.Nodes;
using OdcPowerShell.Identity;
using OdcPowerShell.Organization;
using OdcPowerShell.Portfolios;
using OdcPowerShell.Subscription;

namespace OdcPowerShell.Tenants;

/// <summary>Plans the changes of the organization, its subscription and stages, and of organization roles.</summary>
internal sealed class OrganizationImport(ImportContext context)
{
    internal async Task PlanAsync(TenantDocument wanted, TenantDocument? now)
    {
        var delta = new TenantDelta(wanted, now, context.Prunes);
        if (wanted.Kind == TenantKinds.Organization)
            PlanOrganization(wanted, delta);
        else if (wanted.Kind == TenantKinds.Subscription)
            await PlanSubscriptionAsync(wanted, now!, delta).ConfigureAwait(false);
        else if (wanted.Kind == TenantKinds.Stage && delta.Differs("order"))
            Change(wanted, delta, () => PortfoliosApi.PatchEnvironment.Request([context.Keys.Stage(wanted.Stage!)!.StageKey!], body: ImportContext.Body(new JsonObject { ["order"] = wanted.Content["order"]!.DeepClone() })));
        else if (wanted.Kind == TenantKinds.OrganizationRole)
            await PlanRoleAsync(wanted, now, delta).ConfigureAwait(false);
    }

    internal async Task RemoveRoleAsync(TenantDocument now)
    {
        var role = await TypedAsync(now).ConfigureAwait(false);
        if (role?.IsReadOnly != false)
            return;
        Func<ApiRequest> request = () => IdentityApi.DeleteOrganizationRole.Request([now.Key!]);
        context.Add(new TenantStep(TenantAction.Remove, now.Kind, null, now.Name) { Effect = "members who have it lose it", Preview = request, Send = sender => sender.RemoveAsync(request()) });
    }

    private void PlanOrganization(TenantDocument wanted, TenantDelta delta)
    {
        if (delta.Differs("name"))
            Change(wanted, delta, () => OrganizationApi.PatchOrganization.Request([], body: ImportContext.Body(new JsonObject { ["name"] = delta["name"] })));
    }

    // The service takes both values together.
    private async Task PlanSubscriptionAsync(TenantDocument wanted, TenantDocument now, TenantDelta delta)
    {
        var isForAll = delta.Differs("allDomainsInternal");
        if (delta.Items("internalEmailDomains").IsEmpty && !isForAll)
            return;
        var present = (await context.Reader.SubscriptionConfigurationAsync().ConfigureAwait(false)).Items[0];
        var domains = TenantDelta.Texts(wanted.Content["internalEmailDomains"]);
        IEnumerable<string> all = context.Prunes ? domains : (present.InternalEmailDomains ?? []).Concat(domains).Distinct(StringComparer.OrdinalIgnoreCase);
        var body = new JsonObject { ["areAllEmailDomainsInternal"] = TenantDelta.Flag(wanted.Content["allDomainsInternal"]) ?? TenantDelta.Flag(now.Content["allDomainsInternal"]) ?? false, ["internalEmailDomains"] = ImportContext.List(all) };
        Change(wanted, delta, () => SubscriptionApi.PatchOrganizationConfigurations.Request([], body: ImportContext.Body(body)));
    }

    private async Task PlanRoleAsync(TenantDocument wanted, TenantDocument? now, TenantDelta delta)
    {
        var typed = now is null ? null : await TypedAsync(now).ConfigureAwait(false);
        var isOwn = typed?.IsReadOnly == true || (typed is null && TenantDelta.Flag(wanted.Content["isReadOnly"]) == true);
        var items = delta.Items("permissions");
        if (isOwn)
        {
            // The service's own roles come with it, and may differ in a later version.
            if (typed is null || !items.IsEmpty)
                context.Skip(wanted, typed is null ? "it is one of the service's own roles, which can't be created" : "it is one of the service's own roles, which can't be changed", delta.Changes);
            return;
        }

        if (now is not null && items.IsEmpty)
            return;
        var permissions = new JsonArray();
        foreach (var kept in (typed?.Permissions ?? []).Where(p => !IsIn(items.Changed, p) && !IsIn(items.Removed, p)))
            permissions.Add(Permission(kept.PermissionKey!, kept.StageKeys ?? [], kept.PortfolioKeys ?? []));
        foreach (var (name, item) in items.Added.Concat(items.Changed))
        {
            var path = $"permissions[{name}]";
            var key = context.Resolve(wanted, $"{path}.permission", TenantKeys.Permission, null, name);
            var stages = TenantDelta.Texts(item["stages"]).Select(stage => context.Resolve(wanted, $"{path}.stages[{stage}]", TenantKeys.StageNoun, null, stage)).ToList();
            var portfolios = TenantDelta.Texts(item["portfolios"]).Select(portfolio => context.Resolve(wanted, $"{path}.portfolios[{portfolio}]", TenantKeys.Portfolio, null, portfolio)).ToList();
            // Without one of its limits, a permission would be wider than the file says.
            if (key is not null && stages.All(s => s is not null) && portfolios.All(p => p is not null))
                permissions.Add(Permission(key, stages!, portfolios!));
            else
                Keep(name, path);
        }

        if (now is not null && delta.Changes.Count == 0)
            return;
        var body = new JsonObject { ["permissions"] = permissions };
        if (now is not null)
        {
            Change(wanted, delta, () => IdentityApi.PatchOrganizationRole.Request([now.Key!], body: ImportContext.Body(body)));
            return;
        }

        body["name"] = wanted.Name;
        Func<ApiRequest> request = () => IdentityApi.CreateOrganizationRole.Request([], body: ImportContext.Body(body));
        context.Add(new TenantStep(TenantAction.Create, wanted.Kind, null, wanted.Name)
        {
            Changes = delta.Changes,
            Preview = request,
            Send = async sender => context.Keys.Add(wanted.Kind.Noun, null, wanted.Name, await sender.CreateAsync(request(), IdentityApi.CreateOrganizationRole, async fresh =>
                (await fresh.OrganizationRolesAsync().ConfigureAwait(false)).Items.FirstOrDefault(r => ImportContext.IsSame(r.Name, wanted.Name))?.OrganizationRoleKey).ConfigureAwait(false)),
        });

        void Keep(string name, string path)
        {
            delta.Drop(path);
            if ((typed?.Permissions ?? []).FirstOrDefault(p => context.Names.Permission(p) == name) is { } present)
                permissions.Add(Permission(present.PermissionKey!, present.StageKeys ?? [], present.PortfolioKeys ?? []));
        }

        bool IsIn(List<(string Name, JsonNode Item)> list, OdcOrganizationRolePermission permission) => list.Exists(l => l.Name == context.Names.Permission(permission));
    }

    private async Task<OdcOrganizationRole?> TypedAsync(TenantDocument role) =>
        (await context.Reader.OrganizationRolesAsync().ConfigureAwait(false)).Items.FirstOrDefault(r => r.OrganizationRoleKey == role.Key);

    private static JsonObject Permission(string key, IReadOnlyList<string> stages, IReadOnlyList<string> portfolios)
    {
        var body = new JsonObject { ["permissionKey"] = key };
        if (stages.Count > 0)
            body["environmentKeys"] = ImportContext.List(stages);
        if (portfolios.Count > 0)
            body["portfolioKeys"] = ImportContext.List(portfolios);
        return body;
    }

    private void Change(TenantDocument wanted, TenantDelta delta, Func<ApiRequest> request) =>
        context.Add(new TenantStep(TenantAction.Change, wanted.Kind, wanted.Stage, wanted.Name) { Changes = delta.Changes, Preview = request, Send = sender => sender.ChangeAsync(request()) });
}
