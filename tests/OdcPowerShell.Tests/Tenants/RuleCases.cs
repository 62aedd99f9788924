using System.Text.Json;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>A tenant that breaks a rule, and one that does not.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Permission">What the API client needs for it, so that the rule is not checked without it; empty for a rule that asks no API.</param>
/// <param name="Subject">What breaks it.</param>
/// <param name="Break">Makes a tenant that breaks it.</param>
/// <param name="Keep">Makes a tenant that does not.</param>
internal sealed record RuleCase(string Rule, string Permission, string Subject, Action<RuleLab> Break, Action<RuleLab> Keep);

/// <summary>The cases of all rules. A rule without one fails a test.</summary>
internal static class RuleCases
{
    private const string Members = "User management > View members";
    private const string EndUsers = "User management > View end users";
    private const string Any = "any permission";
    private const string Stage = "Stage > View stage";
    private const string Configurations = "Configuration management > View configurations";
    private const string Quality = "Analyze > View Code Quality findings";
    private const string Subscription = "Subscriptions > View subscription";
    private const string Open = "Asset management > Open";
    private static readonly string[] Domains = ["other.example"];

    internal static IReadOnlyList<RuleCase> All { get; } =
    [
        new("InactiveMember", Members, "Ana", lab => lab.Users(Ana(lab, lastLogin: 120)), lab => lab.Users(Ana(lab, lastLogin: 89))),
        new("NeverSignedIn", Members, "Ana", lab => lab.Users(Ana(lab, lastLogin: null)), lab => lab.Users(Ana(lab, lastLogin: 1))),
        new("DisabledMember", Members, "Ana", lab => lab.Users(Ana(lab, lastLogin: 1, status: "Inactive")), lab => lab.Users(Ana(lab, lastLogin: 1))),
        new("ExternalMember", Members, "Ana",
            lab => { lab.Users(Ana(lab, lastLogin: 1)); lab.Answer("/api/subscription/v1/organization/configurations", new { areAllEmailDomainsInternal = false, internalEmailDomains = Domains }); },
            lab => { lab.Users(Ana(lab, lastLogin: 1)); lab.Answer("/api/subscription/v1/organization/configurations", new { areAllEmailDomainsInternal = false, internalEmailDomains = new[] { lab.Person.Email.Split('@')[1] } }); }),
        new("DirectRole", EndUsers, "Ana", lab => lab.Users(Ana(lab, lastLogin: 1, isDirect: true)), lab => lab.Users(Ana(lab, lastLogin: 1, isDirect: false))),
        new("EmptyGroup", "User management > Manage end-user groups", "Clerks",
            lab => lab.Run("$null = New-OdcGroup Clerks -Stage Production"),
            lab => lab.Group(users: [new { user = new { key = lab.Person.Key, name = "Ana" }, membershipTypes = new[] { "Assigned" } }], roles: [new { key = Guid.NewGuid(), name = "Clerk" }])),
        new("EverythingRole", Any, "Release Crew", lab => lab.Role("Release Crew", isReadOnly: false, share: 100), lab => lab.Role("Release Crew", isReadOnly: false, share: 50)),
        new("ManyAdministrators", Members, "Administrator", lab => lab.Administrators(6), lab => lab.Administrators(5)),
        new("EndlessGrant", Members, "Ana", lab => lab.Grant(null), lab => lab.Grant(DateTimeOffset.UtcNow.AddDays(30))),
        new("WeakIdentityProvider", Any, "Corporate", lab => lab.Provider(suppresses: true, trust: "None"), lab => lab.Provider(suppresses: false, trust: "EmailVerifiedClaim")),
        new("StageAhead", Stage, "Order Desk", lab => lab.Deployed(qa: 3, production: 4), lab => lab.Deployed(qa: 4, production: 4)),
        new("StageBehind", Stage, "Order Desk", lab => lab.Deployed(qa: 5, production: 4, days: 91), lab => lab.Deployed(qa: 5, production: 4, days: 90)),
        new("DebugBuild", Open, "Order Desk", lab => { lab.Deployed(qa: 4, production: 4); lab.Build("Debug"); }, lab => { lab.Deployed(qa: 4, production: 4); lab.Build("Release"); }),
        new("FailedDeployment", Stage, "Order Desk", lab => lab.Deployments("FinishedWithError", "Finished"), lab => lab.Deployments("Finished", "FinishedWithError")),
        new("PendingSetting", Configurations, "Order Desk", lab => lab.Run("$null = Set-OdcAssetSetting 'Order Desk' QA MaxOrderLines 4711 -Confirm:$false"), lab => lab.Deployed(qa: 4, production: 4, name: "Expenses")),
        new("UnusedApp", Open, "Partner Catalogue", lab => lab.Assets(("Partner Catalogue", 3, 90)), lab => lab.Assets(("Partner Catalogue", 3, 89), ("Order Desk", 6, 500))),
        new("UnusedLibrary", Open, "PDF Tools", lab => { lab.Assets(("PDF Tools", 3, 10)); lab.Consumers("PDF Tools"); }, lab => { lab.Assets(("PDF Tools", 3, 10)); lab.Consumers("PDF Tools", "Order Desk"); }),
        new("OutdatedProducer", Open, "Order Desk", lab => { lab.Assets(("Order Desk", 6, 10), ("Common UI", 9, 10)); lab.Producers(8); }, lab => { lab.Assets(("Order Desk", 6, 10), ("Common UI", 9, 10)); lab.Producers(9); }),
        new("CriticalFinding", Quality, "Order Desk", lab => lab.Metric(score: 90, critical: 1), lab => lab.Metric(score: 70, critical: 0)),
        new("LowScore", Quality, "Order Desk", lab => lab.Metric(score: 79, critical: 0), lab => lab.Metric(score: 80, critical: 1)),
        new("StaleAnalysis", Quality, "Code analysis", lab => lab.Analysed(days: 8), lab => lab.Analysed(days: 7)),
        new("OpenIpFilter", Configurations, "Default", lab => lab.IpFilter("DENYLIST", isActive: false), lab => lab.IpFilter("ALLOWLIST", isActive: true)),
        new("OpenPortal", "Organization management > Manage Organization", "The ODC Portal", lab => lab.PortalFilter("ALLOW"), lab => lab.PortalFilter("DENY")),
        new("DomainWithoutCertificate", Configurations, "apps.acme.example", lab => lab.Domain("PendingValidation"), lab => lab.Domain("Issued")),
        new("UnhealthyGateway", Configurations, "Production", lab => lab.Gateway("Unhealthy"), lab => lab.Gateway("Healthy")),
        new("StageNotReady", Stage, "QA", lab => lab.StageStatus("Failed"), lab => lab.StageStatus("Ready")),
        new("EntitlementNearLimit", Subscription, "Application objects", lab => lab.Usage(80), lab => lab.Usage(79)),
        new("ExpiringSecret", "", "odc", lab => lab.Secret(days: 20), lab => lab.Secret(days: 60)),
    ];

    private static object Ana(RuleLab lab, int? lastLogin, string status = "Active", bool? isDirect = null) => new
    {
        key = lab.Person.Key,
        name = "Ana",
        email = lab.Person.Email,
        status,
        lastLoginAt = lastLogin is { } days ? DateTimeOffset.UtcNow.AddDays(-days).AddMinutes(-1) : (DateTimeOffset?)null,
        access = new { hasOrganizationRoles = true, hasApplicationRoles = true },
        _embedded = isDirect is null ? null : new
        {
            applicationRoles = new[] { new { key = Guid.NewGuid(), name = "Clerk", environmentKey = lab.Tenant.Stages[2].Key, isDirectlyAssigned = isDirect, assignedGroups = isDirect == true ? [] : new[] { new { key = Guid.NewGuid(), name = "Clerks", membershipType = "Assigned" } } } },
        },
    };
}

/// <summary>A tenant of the emulator of which some lists are answered as a case needs them, with the names of real objects.</summary>
internal sealed class RuleLab(EmulatedTenant tenant, Shell shell)
{
    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
    private static readonly Guid BuildKey = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");
    private static readonly string[] Office = ["203.0.113.0/24"];

    internal EmulatedTenant Tenant => tenant;

    /// <summary>A user who is there.</summary>
    internal EmulatedUser Person => tenant.Users.First(u => u.HasOrganizationRoles);

    internal void Run(string script) => shell.Run(script).ThrowOnError();

    internal void Answer(string path, object body) => tenant.Answer(path, new CannedAnswer(200, Body: JsonSerializer.Serialize(body, Json)));

    internal void List(string path, params object[] rows) => Answer(path, new { results = rows, page = new { totalResults = rows.Length } });

    internal void Users(params object[] users) => List("/api/identity/v1/users", users);

    internal void Group(object[] users, object[] roles)
    {
        var group = tenant.Identity.Groups[0];
        List("/api/identity/v1/groups", new { key = group.Key, name = group.Name, environmentKey = group.StageKey });
        Users();
        List($"/api/identity/v1/groups/{group.Key}/users", users);
        List($"/api/identity/v1/groups/{group.Key}/application-roles", roles);
    }

    internal void Role(string name, bool isReadOnly, int share)
    {
        var permissions = tenant.Identity.Permissions;
        var role = tenant.Identity.OrganizationRoles.Single(r => r.Name == name);
        List("/api/identity/v1/organization-roles", new { key = role.Key, name, isReadOnly, permissions = permissions.Take(permissions.Count * share / 100).Select(p => new { permissionKey = p.Key, name = p.Name }).ToArray() });
    }

    internal void Administrators(int count)
    {
        Role("Administrator", isReadOnly: true, share: 100);
        var key = tenant.Identity.OrganizationRoles.Single(r => r.Name == "Administrator").Key;
        List($"/api/identity/v1/organization-roles/{key}/users", [.. Enumerable.Range(1, count).Select(i => new { key = Guid.NewGuid(), name = $"Admin {i}" })]);
    }

    internal void Grant(DateTimeOffset? end)
    {
        Users(new { key = Person.Key, name = "Ana", email = Person.Email, access = new { hasOrganizationRoles = true, hasApplicationRoles = true } });
        var role = tenant.Identity.OrganizationRoles.Single(r => r.Name == "Viewer");
        List($"/api/identity/v1/users/{Person.Key}/organization-roles", new { key = role.Key, name = role.Name, grantPeriod = new { endTime = end } });
    }

    internal void Provider(bool suppresses, string trust) => List(
        "/api/identity/v1/identity-providers", new { key = tenant.Identity.OpenIdConnectProviderKey, name = "Corporate", type = "OIDC", emailTrustType = trust, oidcConfiguration = new { suppressNonceVerification = suppresses } });

    internal void Deployed(int qa, int production, int days = 1, string name = "Order Desk")
    {
        var at = DateTimeOffset.UtcNow.AddDays(-days).AddMinutes(-1);
        var asset = tenant.Delivery.Asset(name);
        List("/api/portfolios/v2/deployed-assets", new
        {
            key = asset.Key,
            type = "WebApplication",
            deployments = new[]
            {
                new { environmentKey = tenant.Stages[1].Key, name, revision = qa, buildKey = BuildKey, deploymentDateTime = at },
                new { environmentKey = tenant.Stages[2].Key, name, revision = production, buildKey = BuildKey, deploymentDateTime = at },
            },
        });
    }

    internal void Build(string type) => Answer($"/api/builds/v1/build-operations/{BuildKey}", new { buildKey = BuildKey, buildType = type, status = "Finished" });

    // The newest first and the older one.
    internal void Deployments(string newest, string older)
    {
        var key = tenant.Delivery.Asset("Order Desk").Key;
        object Row(string status, int hours) => new { key = Guid.NewGuid(), status, operation = "Deploy", assetKey = key, assetName = "Order Desk", revisions = new[] { 4 }, startedDateTime = DateTimeOffset.UtcNow.AddHours(-hours) };
        List("/api/deployments/v1/deployment-operations", Row(older, 20), Row(newest, 10));
    }

    internal void Assets(params (string Name, int Revision, int Days)[] assets) => List("/api/asset-repository/v1/assets", [.. assets.Select(a =>
    {
        var asset = tenant.Delivery.Asset(a.Name);
        return (object)new { assetKey = asset.Key, name = a.Name, assetType = asset.Type, revision = a.Revision, createdAt = DateTimeOffset.UtcNow.AddDays(-a.Days).AddMinutes(-1) };
    })]);

    internal void Consumers(string name, params string[] consumers) =>
        List($"/api/dependency-management/v1/assets/{tenant.Delivery.Asset(name).Key}/consumers", [.. consumers.Select(c => new { key = tenant.Delivery.Asset(c).Key, name = c, revision = 1 })]);

    internal void Producers(int revision)
    {
        var (desk, ui) = (tenant.Delivery.Asset("Order Desk").Key, tenant.Delivery.Asset("Common UI").Key);
        List($"/api/dependency-management/v1/assets/{desk}/revisions/6/producers", new { key = ui, name = "Common UI", revision, isDirectProducer = true });
        List($"/api/dependency-management/v1/assets/{ui}/revisions/9/producers");
    }

    internal void Metric(int score, int critical) => List("/api/code-quality/v1/assets-quality-metrics", new
    {
        assetKey = tenant.Delivery.Asset("Order Desk").Key,
        assetName = "Order Desk",
        assetRevision = 6,
        score = new { latestScore = score },
        severity = new Dictionary<string, object> { ["Critical"] = new { latestFindingsCount = critical } },
    });

    internal void Analysed(int days) => Answer("/api/code-quality/v1/analysis-status", new
    {
        result = new { lastSuccessfulAnalysis = new { status = "Completed", completedOn = DateTimeOffset.UtcNow.AddDays(-days).AddMinutes(-1) } },
    });

    internal void IpFilter(string accessType, bool isActive) => EachStage("ip-filter-groups", stage =>
        [new { key = Guid.NewGuid(), name = "Default", accessType = stage == 2 ? accessType : "ALLOWLIST", ipRules = new[] { new { name = "Office", ranges = Office, isActive = stage != 2 || isActive } } }]);

    internal void PortalFilter(string action) => Answer("/api/organization/v1/ip-filter-group", new { name = "Platform", defaultAction = action, ipRules = new[] { new { name = "Office", ranges = Office, action = "ALLOW", isActive = true } } });

    internal void Domain(string status) => EachStage("domains", stage => stage == 2
        ? [new { id = Guid.NewGuid(), name = "apps", hostname = "apps.acme.example", builtIn = false, certificate = new { status } }, new { id = Guid.NewGuid(), hostname = "acme.outsystems.app", builtIn = true }]
        : []);

    internal void Gateway(string health)
    {
        for (var i = 0; i < tenant.Stages.Count; i++)
            Answer($"/api/environment-configurations/v1/environments/{tenant.Stages[i].Key}/private-gateway", new { serverActive = i == 2, serverHealth = i == 2 ? health : "Unhealthy" });
    }

    internal void StageStatus(string status) => List("/api/portfolios/v2/environments", [.. tenant.Stages.Select((s, i) => new { key = s.Key, name = s.Name, purpose = s.Purpose, order = i, hosting = i == 1 ? "selfhosted" : "oscloud", status = i == 1 ? status : null })]);

    internal void Usage(int used)
    {
        foreach (var scope in tenant.Stages.Select(s => $"/api/subscription/v1/environments/{s.Key}/entitlements").Prepend("/api/subscription/v1/organization/entitlements"))
        {
            Answer(scope, new { entitlements = new[] { new { id = "applicationObjects", name = "Application objects", value = "100", dataType = "Int" } } });
            List(scope + "/usage", new { id = "applicationObjects", usage = new[] { new { timestamp = DateTimeOffset.UtcNow, value = scope.Contains("organization", StringComparison.Ordinal) ? used : 1 } } });
        }
    }

    internal void Secret(int days)
    {
        shell.Set("credential", Shell.Credential(tenant.Clients["admin"]));
        shell.Set("tenant", tenant.Url.ToString());
        shell.Set("day", DateTimeOffset.UtcNow.AddDays(days));
        Run(FakeVault.Install);
        Run("Register-OdcCredential odc $tenant -Credential $credential -ExpiresOn $day");
    }

    private void EachStage(string part, Func<int, object[]> rows)
    {
        for (var i = 0; i < tenant.Stages.Count; i++)
            List($"/api/environment-configurations/v1/environments/{tenant.Stages[i].Key}/{part}", rows(i));
    }
}
