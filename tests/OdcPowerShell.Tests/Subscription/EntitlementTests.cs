using OdcPowerShell.Subscription;

namespace OdcPowerShell.Tests.Subscription;

/// <summary>Limits, what is used of them, and add-ons.</summary>
public sealed class EntitlementTests
{
    private const string Base = "GET /api/subscription/v1/";

    [Fact]
    public async Task The_subscription_is_one_object_and_its_activation_code_is_a_secret()
    {
        await using var lab = await TenantLab.StartAsync();
        var subscription = lab.Run("Get-OdcSubscription").Single<OdcSubscription>();
        Assert.Equal(("Enterprise", 2028, 2, 5), (subscription.Edition, subscription.SubscriptionEndDate!.Value.Year, subscription.AddOns!.Count, subscription.Entitlements!.Count - 1));
        Assert.Equal(["GET /api/subscription/v1/organization/entitlements"], lab.Sent);
        lab.Run("Get-OdcSubscription | Format-List * | Out-Default; Get-OdcSubscription | ConvertTo-Json -Depth 5 | Out-Default; Get-OdcSubscription -Verbose -Debug | ConvertTo-CliXml -Depth 5 | Out-Default").ThrowOnError();
        Assert.DoesNotContain(lab.Tenant.Subscription.ActivationCode, lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Equal(lab.Tenant.Subscription.ActivationCode, lab.Run("[System.Net.NetworkCredential]::new('', (Get-OdcSubscription).ActivationCode).Password").Single<string>());
    }

    [Fact]
    public async Task Details_that_the_client_may_not_see_are_empty_with_a_warning()
    {
        await using var lab = await TenantLab.StartAsync(client: "auditor");
        var result = lab.Run("Get-OdcSubscription");
        var subscription = result.Single<OdcSubscription>();
        Assert.Equal((null, null, null, true), (subscription.Edition, subscription.AddOns, subscription.ActivationCode, subscription.Entitlements!.Count > 0));
        Assert.Contains("Subscriptions > View subscription", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Contains("Subscriptions > View subscription", Assert.Single(lab.Run("Get-OdcEntitlement -AddOn").ThrowOnError().Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-OdcEntitlement", null, 2)]
    [InlineData("Get-OdcEntitlement Production", "Production", 3)]
    [InlineData("Get-OdcStage QA | Get-OdcEntitlement", "QA", 3)]
    public async Task Limit_and_usage_are_in_one_row_and_take_two_requests(string line, string? stage, int requests)
    {
        await using var lab = await TenantLab.StartAsync();
        var rows = lab.Run(line).All<OdcEntitlement>();
        Assert.Equal(requests, lab.Sent.Count);
        var key = lab.Tenant.Stages.FirstOrDefault(s => s.Name == stage)?.Key;
        Assert.All(rows, row => Assert.Equal((stage, key?.ToString()), (row.StageName, row.StageKey)));
        foreach (var row in rows.Where(r => r is { Kind: "limit" } && r.EntitlementId is "applicationObjects" or "internalUsers" or "externalUsers"))
        {
            var used = lab.Tenant.Subscription.Used(row.EntitlementId!, key);
            Assert.Equal((used, row.Limit - used, Math.Round(used / row.Limit!.Value * 100, 1)), (row.Used, row.Left, row.PercentUsed));
        }

        var feature = rows.Single(r => r.EntitlementId == "privateGateway");
        Assert.Equal(("true", "feature", null, null, null, null), (feature.Value, feature.Kind, feature.Limit, feature.Used, feature.Left, feature.PercentUsed));
    }

    [Fact]
    public async Task Fractions_and_missing_limits_are_what_they_are_in_every_culture()
    {
        await using var emulator = await Lab.StartAsync();
        using var shell = OdcPowerShell.Tests.Conventions.Cultures.NewShell("fi-FI");
        shell.Connect(emulator["acme"]).ThrowOnError();
        var rows = shell.Run("Get-OdcEntitlement Production").All<OdcEntitlement>();
        Assert.Equal(62.5, rows.Single(r => r.EntitlementId == "maxDbStorage").Limit);
        var agents = rows.Single(r => r.EntitlementId == "agentExecutions");
        Assert.Equal((null, null, null, true), (agents.Limit, agents.Left, agents.PercentUsed, agents.Used > 0));
    }

    [Theory]
    [InlineData("Int", "100", 25.0, 75.0, 25.0)]
    [InlineData("int", "0", 5.0, -5.0, null)]
    [InlineData("Float", "1e3", 0.3, 999.7, 0.0)]
    [InlineData("Str", "100", 25.0, null, null)]
    [InlineData("Int", "unlimited", 25.0, null, null)]
    [InlineData("Float", "NaN", 25.0, null, null)]
    [InlineData(null, "7", null, null, null)]
    public void What_is_left_is_known_where_both_are(string? type, string value, double? used, double? left, double? percent)
    {
        var entitlement = new OdcEntitlement { DataType = type, Value = value, Used = used };
        Assert.Equal((left, percent), (entitlement.Left, entitlement.PercentUsed));
    }

    [Fact]
    public async Task Usage_that_the_client_may_not_see_is_left_out_with_one_warning()
    {
        await using var lab = await TenantLab.StartAsync(client: "auditor");
        var result = lab.Run("Get-OdcStage | Get-OdcEntitlement");
        var rows = result.All<OdcEntitlement>();
        Assert.Equal(3, rows.Select(r => r.StageName).Distinct().Count());
        Assert.All(rows, row => Assert.Equal((null, null, null), (row.Used, row.Left, row.PercentUsed)));
        var warning = Assert.Single(result.Warnings);
        Assert.Contains("stage Development", warning, StringComparison.Ordinal);
        Assert.Contains("Subscriptions > View subscription", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Permissions_are_those_of_each_stage()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.Clients["admin"].SetPermissions(lab.Tenant.Stages[2].Key, "Stage > View stage");
        lab.Tenant.Clients["admin"].SetPermissions(lab.Tenant.Stages[1].Key);
        var result = lab.Run("Get-OdcStage | Get-OdcEntitlement");
        Assert.Contains("Stage > View stage", Assert.Single(result.Errors).MustBe("OdcAccessDenied").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("Production", Assert.Single(result.Warnings), StringComparison.Ordinal);
        var rows = result.Output.Select(o => (OdcEntitlement)o.BaseObject).ToList();
        Assert.Equal(["Development", "Production"], rows.Select(r => r.StageName).Distinct());
        Assert.Contains(rows, row => row is { StageName: "Development", Used: > 0 });
        Assert.DoesNotContain(rows, row => row is { StageName: "Production", Used: not null });
        var denied = Assert.Single(lab.Run("Get-OdcEntitlementUsage Production").Errors).MustBe("OdcAccessDenied");
        Assert.Contains("Stage > View stage and Subscriptions > View subscription", denied.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Some_entitlements_are_found_by_id_and_others_are_errors_with_those_that_exist()
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Equal(["applicationObjects"], lab.Run("Get-OdcEntitlement -Entitlement APPLICATIONOBJECTS").All<OdcEntitlement>().Select(r => r.EntitlementId));
        var result = lab.Run("Get-OdcEntitlement -Entitlement applicationObject, internalUsers");
        Assert.Contains("applicationObjects, internalUsers", Assert.Single(result.Errors).MustBe("OdcNotFound").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(result.Output);
        Assert.Contains("'applicationObject' is not a value that this module knows", Assert.Single(result.Warnings), StringComparison.Ordinal);
        // The tenant has shown it.
        Assert.Empty(lab.Run("Get-OdcEntitlement -Entitlement supportLevel").ThrowOnError().Warnings);
        Assert.Contains("supportLevel", lab.Run("(TabExpansion2 'Get-OdcEntitlement -Entitlement s').CompletionMatches.CompletionText").All<string>());
        Assert.Contains("maxDbStorage", lab.Run("(TabExpansion2 'Get-OdcEntitlementUsage -Entitlement maxdb').CompletionMatches.CompletionText").All<string>());
    }

    [Fact]
    public async Task Add_ons_have_their_stage_and_dates()
    {
        await using var lab = await TenantLab.StartAsync();
        var addOns = lab.Run("Get-OdcStage QA, Production | Get-OdcEntitlement -AddOn").All<OdcAddOn>();
        Assert.Equal(["QA", "QA", "Production", "Production"], addOns.Select(a => a.StageName));
        Assert.DoesNotContain(lab.Sent, s => s.EndsWith("/usage", StringComparison.Ordinal));
        var dated = lab.Run("Get-OdcEntitlement -AddOn | Where-Object EndsOn").Single<OdcAddOn>();
        Assert.Equal((new DateTimeOffset(2026, 12, 31, 0, 0, 0, TimeSpan.Zero), "2026-12-31"), (dated.EndsOn, dated.EndDate));
        Assert.Null(new OdcAddOn { EndDate = "soon" }.EndsOn);
    }

    [Theory]
    [InlineData("@() | Get-OdcEntitlement", null)]
    [InlineData("Get-OdcStage -Portfolio Partners | Get-OdcEntitlement", null)]
    [InlineData("$null | Get-OdcEntitlement", "OdcInvalidRequest")]
    [InlineData("Get-OdcEntitlement -Stage @()", "OdcInvalidRequest")]
    [InlineData("Get-OdcEntitlement -Stage $nothing", "OdcInvalidRequest")]
    [InlineData("Get-OdcEntitlement Nowhere", "OdcNotFound")]
    [InlineData("'' | Get-OdcEntitlementUsage", "OdcInvalidRequest")]
    [InlineData("Get-OdcUser -First 1 | Get-OdcEntitlementUsage", "OdcInvalidRequest")]
    public async Task Nothing_is_not_the_whole_organization(string line, string? error)
    {
        await using var lab = await TenantLab.StartAsync();
        var result = lab.Run(line);
        Assert.Empty(result.Output);
        Assert.Equal(error, result.HasError ? result.ErrorId : null);
        Assert.DoesNotContain(lab.Sent, s => s.StartsWith(Base, StringComparison.Ordinal));
    }
}
