using System.Globalization;
using System.Text.Json.Nodes;
using OdcPowerShell.AssetConfigurations;
using OdcPowerShell.EnvironmentConfigurations;
using OdcPowerShell.Http;
using OdcPowerShell.Identity;
using OdcPowerShell.Organization;
using OdcPowerShell.Portfolios;
using OdcPowerShell.Subscription;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>Whatever was changed in a tenant, an import of its earlier export with -Prune makes it as it was; and faults lose or double nothing.</summary>
public sealed class TenantImportRandomTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Fifty_changes_are_undone(int seed)
    {
        await using var lab = await ImportLab.StartAsync();
        var before = await lab.ExportAsync(lab.Acme);
        TenantImportTests.FillVault(lab, before);
        // Secrets are set once: afterwards they are no difference.
        await lab.ImportAsync(lab.Acme, before, new ImportOptions(Prunes: true));
        var made = await ChangeAsync(lab, new Random(seed), 50);
        var after = await lab.ExportAsync(lab.Acme);
        Assert.NotEqual(Text(before), Text(after));
        Assert.NotEmpty(TenantComparison.Of(before.Content, after.Content));

        await lab.ImportAsync(lab.Acme, before, new ImportOptions(Prunes: true));
        var restored = await lab.ExportAsync(lab.Acme);
        ImportLab.Same(Text(before), Text(restored), made);
        Assert.Empty((await lab.PlanAsync(lab.Acme, before, new ImportOptions(Prunes: true))).Sent);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Faults_in_an_import_lose_nothing_and_double_nothing(int seed)
    {
        await using var lab = await ImportLab.StartAsync();
        var acme = await lab.ExportAsync(lab.Acme);
        TenantImportTests.FillVault(lab, acme);
        var plan = await lab.PlanAsync(lab.Globex, acme);
        lab.Globex.Faults = new FaultPlan(seed, 0.2, Fault.ResetBeforeHeaders, Fault.Html502, Fault.Html503, Fault.Error500, Fault.Status408, Fault.Throttled, Fault.LostAnswer, Fault.ResetInBody, Fault.TruncatedJson);
        var outcomes = await lab.SendAsync(lab.Globex, plan);
        Assert.True(lab.Globex.Faults.Injected > 5);
        lab.Globex.Faults = null;
        // What was there already would have been created twice.
        Assert.DoesNotContain(outcomes, o => o.Outcome.Failure is { Cause: OdcErrorCause.Conflict } || o.Outcome.Reason?.Contains("already", StringComparison.Ordinal) == true);

        await lab.ImportAsync(lab.Globex, acme);
        var globex = await lab.ExportAsync(lab.Globex);
        TenantKind[] own = [TenantKinds.Organization, TenantKinds.BuiltInDomains];
        ImportLab.Same(ImportLab.Text(acme, own, "claimMappings", "certificate"), ImportLab.Text(globex, own, "claimMappings", "certificate"));
        Assert.Empty((await lab.PlanAsync(lab.Globex, acme)).Sent);
    }

    // The state of a certificate changes by itself. A group that was removed comes back without its claim mappings, which the API can't add.
    private static IReadOnlyList<string> Text(ImportSource source) => ImportLab.Text(source, [], "certificate", "claimMappings");

    private static async Task<IReadOnlyList<string>> ChangeAsync(ImportLab lab, Random random, int count)
    {
        var (made, client, tenant) = (new List<string>(), lab.Client(lab.Acme), lab.Acme);
        while (made.Count < count)
        {
            var request = random.Next(8) == 0 ? await SettingAsync(lab, random, made.Count) : Next(tenant, random, await lab.ExportAsync(tenant, [TenantKinds.Domain, TenantKinds.IpFilterGroup]), made.Count);
            if (request is null)
                continue;
            try
            {
                await client.SendAsync(request, answer => answer.Status, new ImportLab.SilentCaller(), default);
                made.Add($"{request.Method} {request.Path} {request.Body?.Shown}");
            }
            catch (OdcApiException e) when (e.StatusCode is 400 or 409)
            {
                // Some changes are impossible now: a group with a name that is taken.
            }

            tenant.Delivery.SkipTime(TimeSpan.FromHours(1));
        }

        return made;
    }

    private static async Task<ApiRequest> SettingAsync(ImportLab lab, Random random, int number)
    {
        var stage = Pick(random, lab.Acme.Delivery.Stages);
        var place = new ConfigurationPlace(new OdcStage { StageKey = stage.Key.ToString() }, lab.Acme.Delivery.Asset("Order Desk").Key.ToString());
        var name = random.Next(2) == 0 ? "Welcome" : "MaxOrderLines";
        var configuration = await ConfigurationReader.ReadAsync(lab.Client(lab.Acme), place, revision: null, new Query(), new ImportLab.SilentCaller(), default);
        var setting = configuration.Settings!.Single(s => s.Name == name);
        return place.Patch.Request(place.Keys, body: Body(new JsonObject { ["settings"] = new JsonArray(new JsonObject { ["key"] = setting.SettingKey, ["value"] = number.ToString(CultureInfo.InvariantCulture) }) }));
    }

    private static ApiRequest? Next(EmulatedTenant tenant, Random random, ImportSource now, int number)
    {
        var identity = tenant.Identity;
        var stage = Pick(random, tenant.Delivery.Stages);
        var stageKey = stage.Key.ToString();
        var roles = identity.Roles.Where(r => r.StageKey == stage.Key).ToList();
        var groups = identity.Groups.Where(g => g.StageKey == stage.Key).ToList();
        var ownRoles = identity.OrganizationRoles.Where(r => !r.IsReadOnly).ToList();
        var filters = now.Content.Documents.Where(d => d.Kind == TenantKinds.IpFilterGroup && d.Stage == stage.Name).ToList();
        var domains = now.Content.Documents.Where(d => d.Kind == TenantKinds.Domain && d.Stage == stage.Name).ToList();
        var text = $"Changed {number.ToString(CultureInfo.InvariantCulture)} é";
        var address = $"203.0.113.{number.ToString(CultureInfo.InvariantCulture)}";
        switch (random.Next(18))
        {
            case 0:
                return IdentityApi.CreateGroup.Request([], body: Body(new JsonObject { ["name"] = text, ["environmentKey"] = stageKey, ["applicationRoleKeys"] = new JsonArray(Pick(random, roles).Key.ToString()) }));
            case 1 when groups.Count > 0:
                return IdentityApi.PatchGroup.Request([Pick(random, groups).Key.ToString()], body: Body(new JsonObject { ["description"] = text }));
            case 2 when groups.Count > 0:
                return IdentityApi.DeleteGroup.Request([Pick(random, groups).Key.ToString()]);
            case 3 when groups.Count > 0:
                return IdentityApi.PatchEndUserRolesOfGroup.Request([Pick(random, groups).Key.ToString()], body: Body(new JsonObject { ["applicationRoleKeysToAdd"] = new JsonArray(Pick(random, roles).Key.ToString()) }));
            case 4 when groups.Where(g => g.Roles.Count > 0).ToList() is { Count: > 0 } some:
                var group = Pick(random, some);
                return IdentityApi.PatchEndUserRolesOfGroup.Request([group.Key.ToString()], body: Body(new JsonObject { ["applicationRoleKeysToRemove"] = new JsonArray(group.Roles[0].Key.ToString()) }));
            case 5:
                return IdentityApi.CreateOrganizationRole.Request([], body: Body(new JsonObject { ["name"] = text, ["permissions"] = Permissions(stageKey) }));
            case 6 when ownRoles.Count > 0:
                return IdentityApi.PatchOrganizationRole.Request([Pick(random, ownRoles).Key.ToString()], body: Body(new JsonObject { ["permissions"] = Permissions(stageKey) }));
            case 7 when ownRoles.Count > 0:
                return IdentityApi.DeleteOrganizationRole.Request([Pick(random, ownRoles).Key.ToString()]);
            case 8:
                return EnvironmentConfigurationsApi.PostDomain.Request([stageKey], body: Body(new JsonObject { ["hostname"] = $"d{number}.acme.example" }));
            case 9 when domains.Count > 0:
                return EnvironmentConfigurationsApi.PatchDomain.Request([stageKey, Pick(random, domains).Key!], body: Body(new JsonObject { ["redirectOption"] = "Temporary" }));
            case 10 when domains.Count > 0:
                return EnvironmentConfigurationsApi.DeleteDomain.Request([stageKey, Pick(random, domains).Key!]);
            case 11:
                return EnvironmentConfigurationsApi.PatchDefaultDomain.Request([stageKey], body: Body(new JsonObject { ["defaultDomain"] = domains.Count > 0 && random.Next(2) == 0 ? Pick(random, domains).Name : stage.BuiltInDomain }));
            case 12:
                return EnvironmentConfigurationsApi.PostIpFilterGroup.Request([stageKey], body: Body(new JsonObject { ["name"] = text, ["accessType"] = random.Next(2) == 0 ? "ALLOWLIST" : "DENYLIST", ["ipRules"] = Rules(address), ["appKeys"] = new JsonArray(tenant.Delivery.Asset(random.Next(2) == 0 ? "Order Desk" : "Expenses").Key.ToString()) }));
            case 13:
                return EnvironmentConfigurationsApi.PatchIpFilterGroup.Request([stageKey, Pick(random, filters).Key!], body: Body(new JsonObject { ["description"] = text, ["ipRules"] = Rules(address), ["appKeys"] = new JsonArray() }));
            case 14 when filters.Where(f => f.Name != "Default").ToList() is { Count: > 0 } removable:
                return EnvironmentConfigurationsApi.DeleteIpFilterGroup.Request([stageKey, Pick(random, removable).Key!]);
            case 15:
                return SubscriptionApi.PatchOrganizationConfigurations.Request([], body: Body(new JsonObject { ["areAllEmailDomainsInternal"] = random.Next(2) == 0, ["internalEmailDomains"] = new JsonArray($"d{number}.example") }));
            case 16:
                return PortfoliosApi.PatchEnvironment.Request([stageKey], body: Body(new JsonObject { ["order"] = random.Next(20) }));
            case 17:
                return random.Next(2) == 0 ? OrganizationApi.PatchOrganization.Request([], body: Body(new JsonObject { ["name"] = text }))
                    : EnvironmentConfigurationsApi.PostBuiltInDomain.Request([stageKey], body: Body(new JsonObject { ["builtinDomainPrefix"] = $"acme-extra-{number}" }));
            default:
                return null;
        }

        JsonArray Permissions(string limit) => new([.. identity.Permissions.Where(_ => random.Next(4) == 0).Select(p =>
            (JsonNode)(p.AllowStages && random.Next(2) == 0 ? new JsonObject { ["permissionKey"] = p.Key.ToString(), ["environmentKeys"] = new JsonArray(limit) } : new JsonObject { ["permissionKey"] = p.Key.ToString() }))]);

        static JsonArray Rules(string range) => new(new JsonObject { ["name"] = "Random", ["ranges"] = new JsonArray(range), ["isActive"] = true });
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];

    private static ApiBody Body(JsonObject json) => ImportContext.Body(json);
}
