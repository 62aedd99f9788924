using System.Text.Json.Nodes;
using OdcPowerShell.EnvironmentConfigurations;
using OdcPowerShell.Organization;

namespace OdcPowerShell.Tests.EnvironmentConfigurations;

/// <summary>Groups of stages, with few requests.</summary>
public sealed class GetOdcIpFilterGroupTests
{
    private const string OfAllStages = "Get-OdcStage | Get-OdcIpFilterGroup";

    [Fact]
    public async Task Three_stages_take_three_requests_and_none_within_five_minutes()
    {
        await using var lab = await IpFilterLab.StartAsync();
        var groups = lab.Run(OfAllStages).All<OdcIpFilterGroup>();
        Assert.Equal(["Development", "Development", "QA", "QA", "Production", "Production"], groups.Select(g => g.StageName));
        // The stages, a list for each, and the names of all apps.
        Assert.Equal(
            ["GET /api/portfolios/v2/environments", "list", "GET /api/asset-repository/v1/assets", "list", "list"],
            lab.Tenant.Sent.Select(s => s.EndsWith("/ip-filter-groups", StringComparison.Ordinal) ? "list" : s.Split('?')[0]));
        lab.Forget();
        Assert.Equal(groups.Count, lab.Run(OfAllStages).All<OdcIpFilterGroup>().Count);
        Assert.Empty(lab.Sent);
        // A change in one stage has only this one read again.
        lab.Run("Set-OdcIpFilterGroup Office -Stage QA -Description Changed -Confirm:$false").ThrowOnError();
        lab.Forget();
        Assert.Equal("Changed", lab.Run(OfAllStages).All<OdcIpFilterGroup>().Single(g => g is { StageName: "QA", Name: "Office" }).Description);
        Assert.Equal(["GET list"], lab.Sent);
        lab.Forget();
        lab.Run(OfAllStages + " -Refresh").ThrowOnError();
        Assert.Equal(["GET list", "GET list", "GET list"], lab.Sent);
    }

    [Fact]
    public async Task A_row_has_the_names_of_apps_and_rules_with_their_addresses()
    {
        await using var lab = await IpFilterLab.StartAsync();
        var office = lab.Run("Get-OdcIpFilterGroup Production -Name Office").Single<OdcIpFilterGroup>();
        Assert.Equal(("ALLOWLIST", "HR Self Service", 3, "Production", lab.StageKey("Production")), (office.AccessType, office.AssetNames!.ToString(), office.RuleCount, office.StageName, office.StageKey));
        lab.Run("Get-OdcIpFilterGroup Production | Out-Default; (Get-OdcIpFilterGroup Production -Name Office).Rules | Out-Default").ThrowOnError();
        foreach (var shown in (string[])["ALLOWLIST", "HR Self Service", "Head office", "203.0.113.0/24; 2001:db8:10::/48", "False"])
            Assert.Contains(shown, lab.Shell.Host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_of_apps_need_a_permission_and_are_keys_without_it()
    {
        await using var lab = await IpFilterLab.StartAsync();
        lab.Tenant.Tenant.Clients["admin"].Permissions = ["Configuration management > View configurations", "Stage > View stage"];
        var result = lab.Run("Get-OdcIpFilterGroup QA -Name Office");
        Assert.Equal(lab.AssetKey("HR Self Service"), result.Single<OdcIpFilterGroup>().AssetNames!.ToString());
    }

    [Theory]
    [InlineData("-Name O*", "Office")]
    [InlineData("-Name office", "Office")]
    [InlineData("-Asset 'HR Self Service', Claims", "Office")]
    [InlineData("-Asset Claims", "")]
    [InlineData("-First 1", "Default")]
    [InlineData("-Skip 1", "Office")]
    [InlineData("-Name Office -Skip 1", "")]
    public async Task Filters_take_no_further_request_for_groups(string parameters, string names)
    {
        await using var lab = await IpFilterLab.StartAsync();
        lab.Run("Get-OdcIpFilterGroup QA").ThrowOnError();
        lab.Forget();
        Assert.Equal(names, string.Join(";", lab.Run("Get-OdcIpFilterGroup QA " + parameters).All<OdcIpFilterGroup>().Select(g => g.Name)));
        Assert.Empty(lab.Sent);
    }

    [Fact]
    public async Task The_total_is_counted_and_a_name_that_no_stage_has_is_an_error()
    {
        await using var lab = await IpFilterLab.StartAsync();
        Assert.Equal(3, lab.Run("Get-OdcStage | Get-OdcIpFilterGroup -Name Office").ThrowOnError().Output.Count);
        Assert.Contains("Nowhere", lab.Run("Get-OdcStage | Get-OdcIpFilterGroup -Name Nowhere").Error.MustBe("OdcNotFound").ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Run("Get-OdcStage | Get-OdcIpFilterGroup -Name Nowhere*").ThrowOnError().Output);
        Assert.Equal(3, lab.Run("Get-OdcIpFilterGroup QA -IncludeTotalCount").ThrowOnError().Output.Count);
    }

    [Fact]
    public async Task One_group_is_read_now()
    {
        await using var lab = await IpFilterLab.StartAsync();
        lab.Run("$office = Get-OdcIpFilterGroup QA -Name Office").ThrowOnError();
        await lab.ChangeElsewhereAsync("QA", "Office", new JsonObject { ["description"] = "Elsewhere" });
        Assert.NotEqual("Elsewhere", lab.Run("Get-OdcIpFilterGroup QA -Name Office").Single<OdcIpFilterGroup>().Description);
        foreach (var line in (string[])["$office | Get-OdcIpFilterGroup", "Get-OdcIpFilterGroup QA -IpFilterGroup Office", "Get-OdcIpFilterGroup -Stage QA -IpFilterGroupKey $office.IpFilterGroupKey"])
        {
            lab.Forget();
            var now = lab.Run(line).Single<OdcIpFilterGroup>();
            Assert.Equal(("Elsewhere", "QA", "HR Self Service"), (now.Description, now.StageName, now.AssetNames!.ToString()));
            Assert.Equal(["GET one"], lab.Sent);
        }

        Assert.Equal("Elsewhere", lab.Run("Get-OdcIpFilterGroup QA -Name Office -Refresh").Single<OdcIpFilterGroup>().Description);
    }

    [Theory]
    [InlineData("Get-OdcIpFilterGroup -IpFilterGroup Office", "stage")]
    [InlineData("Get-OdcIpFilterGroup QA, Production -IpFilterGroup Office", "one stage")]
    [InlineData("Get-OdcUser -First 1 | Get-OdcIpFilterGroup", "stage")]
    [InlineData("Get-OdcIpFilterGroup Nowhere", "Nowhere")]
    public async Task What_names_no_stage_is_an_error(string line, string named)
    {
        await using var lab = await IpFilterLab.StartAsync();
        var error = lab.Run(line).Error;
        Assert.Contains(named, error + error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(lab.Sent);
    }

    [Fact]
    public async Task Tab_offers_the_groups_of_the_stage()
    {
        await using var lab = await IpFilterLab.StartAsync();
        lab.Run("$null = Get-OdcIpFilterGroup QA").ThrowOnError();
        Assert.Equal(["Office"], lab.Run("(TabExpansion2 'Set-OdcIpFilterGroup -Stage QA -IpFilterGroup O').CompletionMatches.CompletionText").All<string>());
        Assert.Equal(["Allow", "Deny"], lab.Run("(TabExpansion2 'New-OdcIpFilterGroup -AccessType ').CompletionMatches.CompletionText").All<string>());
    }

    [Fact]
    public async Task The_filter_of_the_platform_is_kept_and_has_its_rules()
    {
        await using var lab = await IpFilterLab.StartAsync();
        var usual = lab.Run("Get-OdcPlatformIpFilterGroup").Single<OdcPlatformIpFilterGroup>();
        Assert.Equal(("ALLOW", 0), (usual.DefaultAction, usual.Rules!.Count));
        lab.Run("Get-OdcPlatformIpFilterGroup").ThrowOnError();
        Assert.Single(lab.Tenant.Sent);
        lab.Tenant.Tenant.Answer("/api/organization/v1/ip-filter-group", new CannedAnswer(200, Body: """{ "name": "P", "defaultAction": "DENY", "ipRules": [{ "name": "Office", "description": "d", "ranges": ["203.0.113.0/24"], "action": "ALLOW", "isActive": true }] }"""));
        var rule = Assert.Single(lab.Run("Get-OdcPlatformIpFilterGroup -Refresh").Single<OdcPlatformIpFilterGroup>().Rules!);
        Assert.Equal(("Office", "ALLOW", "203.0.113.0/24", true), (rule.Name, rule.Action, rule.Ranges!.ToString(), rule.IsActive));
    }

    [Fact]
    public async Task Without_the_permission_it_is_denied_with_its_name_and_a_filter_is_not_a_permission()
    {
        await using var lab = await IpFilterLab.StartAsync(client: "auditor");
        Assert.Contains("Configuration management > View configurations", lab.Run("Get-OdcIpFilterGroup QA").Error.MustBe("OdcAccessDenied").ToString(), StringComparison.Ordinal);
        Assert.Contains("Organization management > Manage Organization", lab.Run("Get-OdcPlatformIpFilterGroup").Error.MustBe("OdcAccessDenied").ToString(), StringComparison.Ordinal);
        lab.Tenant.Tenant.Answer($"/api/environment-configurations/v1/environments/{lab.StageKey("QA")}/ip-filter-groups", new CannedAnswer(403, "text/plain", "RBAC: access denied"));
        var filtered = lab.Run("Get-OdcIpFilterGroup QA").Error.MustBe("OdcUnexpectedResponse");
        Assert.Contains("RBAC: access denied", filtered.ToString(), StringComparison.Ordinal);
        Assert.Contains("IP filter of ODC", filtered.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_without_a_group_of_its_own_has_the_default_group()
    {
        await using var lab = await IpFilterLab.StartAsync();
        var result = lab.Run("Get-OdcIpFilterGroup QA -Asset 'HR Self Service', Claims");
        Assert.Equal("Office", result.Single<OdcIpFilterGroup>().Name);
        Assert.Equal("In QA, Claims is in no group of its own and has the stage's default group, Default.", Assert.Single(result.Warnings));
        Assert.Equal(3, lab.Run("Get-OdcStage | Get-OdcIpFilterGroup -Asset Claims, Fleet").ThrowOnError().Warnings.Count(w => w.Contains("Claims, Fleet are in no group of their own", StringComparison.Ordinal)));
        Assert.Empty(lab.Run("Get-OdcIpFilterGroup QA -Asset 'HR Self Service'").ThrowOnError().Warnings);
    }
}
