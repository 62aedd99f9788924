using System.Globalization;
using System.Text.Json.Nodes;
using OdcPowerShell.Identity;

namespace OdcPowerShell.Tenants;

/// <summary>Plans new users, and the roles of users. No user is ever removed.</summary>
internal sealed class UserImport(ImportContext context)
{
    internal Task PlanAsync(TenantDocument wanted, TenantDocument? now)
    {
        var delta = new TenantDelta(wanted, now, context.Prunes);
        var profile = new JsonObject();
        if (delta.Differs("name"))
            profile["name"] = delta["name"] ?? "";
        if (delta.Differs("isActive"))
            profile["isActive"] = TenantDelta.Flag(wanted.Content["isActive"]);
        var roles = delta.Items("roles");
        var organizationRoles = delta.Items("organizationRoles");
        List<Func<ApiRequest>> requests = [];
        List<(TenantKind, string?, string)> needed = [];
        foreach (var (name, item) in roles.Added)
        {
            if (context.ResolveRole(wanted, $"roles[{name}]", TenantDelta.Text(item["stage"]), item) is { } key)
                requests.Add(() => IdentityApi.GrantEndUserRole.Request([Key(), key]));
            else
                delta.Drop($"roles[{name}]");
        }

        foreach (var (name, item) in organizationRoles.Added.Concat(organizationRoles.Changed))
        {
            if (Granted(wanted, name, item, needed) is { } request)
                requests.Add(request);
            else
                delta.Drop($"organizationRoles[{name}]");
        }

        requests.AddRange(roles.Removed.SelectMany(r => context.Keys.All(TenantKeys.EndUserRole, TenantDelta.Text(r.Item["stage"]), $"{TenantDelta.Text(r.Item["asset"])}/{TenantDelta.Text(r.Item["role"])}"))
            .Select(key => (Func<ApiRequest>)(() => IdentityApi.RevokeEndUserRole.Request([Key(), key]))));
        requests.AddRange(organizationRoles.Removed.Select(r => Revoked(r.Item)).OfType<Func<ApiRequest>>());
        if (now is null)
            Create(wanted, delta, profile, requests, needed);
        else if (delta.Changes.Count > 0)
            Change(wanted, delta, profile, requests, needed);
        return Task.CompletedTask;

        string Key() => context.Keys.Of(wanted.Kind, null, wanted.Name);

        Func<ApiRequest>? Revoked(JsonNode item)
        {
            if (context.Keys.All(TenantKinds.OrganizationRole.Noun, null, TenantDelta.Text(item["role"]) ?? "") is not { Count: 1 } role)
                return null;
            if (TenantDelta.Text(item["asset"]) is not { } asset)
                return () => IdentityApi.RevokeOrganizationRole.Request([Key(), role[0]]);
            return context.Keys.All(TenantKeys.Asset, null, asset) is { Count: 1 } one ? () => IdentityApi.RevokeOrganizationRole.Request([Key(), role[0]], body: ImportContext.Body(new JsonObject { ["assetKeys"] = ImportContext.List(one) })) : null;
        }
    }

    private Func<ApiRequest>? Granted(TenantDocument wanted, string name, JsonNode item, List<(TenantKind, string?, string)> needed)
    {
        var (role, asset) = (TenantDelta.Text(item["role"])!, TenantDelta.Text(item["asset"]));
        var isNew = context.Creating([(TenantKinds.OrganizationRole, null, role)]).Count > 0;
        if (!isNew && context.Resolve(wanted, $"organizationRoles[{name}].role", TenantKinds.OrganizationRole.Noun, null, role) is null)
            return null;
        var assetKey = asset is null ? null : context.Resolve(wanted, $"organizationRoles[{name}].asset", TenantKeys.Asset, null, asset);
        // Without its asset, the role would be one for the whole organization.
        if (asset is not null && assetKey is null)
            return null;
        if (!IsPeriod(wanted, $"organizationRoles[{name}]", item))
            return null;
        needed.Add((TenantKinds.OrganizationRole, null, role));
        var body = new JsonObject();
        if (assetKey is not null)
            body["assetKeys"] = ImportContext.List([assetKey]);
        var period = new JsonObject();
        foreach (var (from, to) in new[] { ("from", "startTime"), ("until", "endTime") })
        {
            if (TenantDelta.Text(item[from]) is { } time)
                period[to] = TenantValues.Moment(time);
        }

        if (period.Count > 0)
            body["grantPeriod"] = period;
        return () => IdentityApi.GrantOrganizationRole.Request([context.Keys.Of(wanted.Kind, null, wanted.Name), context.Keys.Of(TenantKinds.OrganizationRole, null, role)], body: ImportContext.Body(body));
    }

    // The service would reject it when the account is there already.
    private bool IsPeriod(TenantDocument wanted, string path, JsonNode item)
    {
        var (from, until) = (Moment("from"), Moment("until"));
        var now = context.Reader.Client.Time.GetUtcNow();
        if (until <= from)
            Fault("until", $"the role expires at {TenantValues.Text(until!.Value)}, and begins at {TenantValues.Text(from!.Value)}: write a date after that");
        else if (until <= now)
            Fault("until", $"the role expired at {TenantValues.Text(until!.Value)}, and can't be granted until then: write a later date, or remove the role from the file");
        else
            return !IsWrong("from") && !IsWrong("until");
        return false;

        DateTimeOffset? Moment(string property) => TenantDelta.Text(item[property]) is { } text && TenantValues.Moment(text) is { } moment
            ? DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            : null;

        bool IsWrong(string property)
        {
            if (TenantDelta.Text(item[property]) is not { } text || TenantValues.Moment(text) is not null)
                return false;
            Fault(property, $"'{Redactor.Excerpt(text)}' is no date");
            return true;
        }

        void Fault(string property, string message) => context.Fault(wanted, $"{path}.{property}", message);
    }

    private void Create(TenantDocument wanted, TenantDelta delta, JsonObject profile, List<Func<ApiRequest>> requests, List<(TenantKind, string?, string)> needed)
    {
        profile["email"] = wanted.Name;
        Func<ApiRequest> request = () => IdentityApi.CreateUser.Request([], body: ImportContext.Body(profile));
        Func<StepSender, string, Task> addAccess = (sender, key) =>
        {
            context.Keys.Add(wanted.Kind.Noun, null, wanted.Name, key);
            return SendAsync(sender, requests);
        };
        context.Add(new TenantStep(TenantAction.Create, wanted.Kind, null, wanted.Name)
        {
            Changes = delta.Changes,
            Needs = context.Creating(needed),
            User = new NewUser(profile, addAccess),
            Preview = request,
            Send = async sender => await addAccess(sender, await sender.CreateAsync(request(), IdentityApi.CreateUser, async fresh =>
                (await fresh.UsersAsync().ConfigureAwait(false)).Items.FirstOrDefault(u => ImportContext.IsSame(u.Email, wanted.Name))?.UserKey).ConfigureAwait(false)).ConfigureAwait(false),
        });
    }

    private void Change(TenantDocument wanted, TenantDelta delta, JsonObject profile, List<Func<ApiRequest>> requests, List<(TenantKind, string?, string)> needed)
    {
        if (profile.Count > 0)
            requests.Insert(0, () => IdentityApi.PatchUser.Request([context.Keys.Of(wanted.Kind, null, wanted.Name)], body: ImportContext.Body(profile)));
        if (requests.Count > 0)
            context.Add(new TenantStep(TenantAction.Change, wanted.Kind, null, wanted.Name) { Changes = delta.Changes, Needs = context.Creating(needed), Preview = requests[0], Send = sender => SendAsync(sender, requests) });
    }

    private static async Task SendAsync(StepSender sender, List<Func<ApiRequest>> requests)
    {
        foreach (var request in requests)
        {
            if (request().Method == HttpMethod.Delete)
                await sender.RemoveAsync(request()).ConfigureAwait(false);
            else
                await sender.ChangeAsync(request()).ConfigureAwait(false);
        }
    }
}
