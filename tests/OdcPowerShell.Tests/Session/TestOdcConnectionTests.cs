namespace OdcPowerShell.Tests.Session;

/// <summary>Test-OdcConnection.</summary>
public sealed class TestOdcConnectionTests
{
    [Fact]
    public async Task A_good_connection_passes_every_check()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"], parameters: "-SecretExpiresOn (Get-Date).AddDays(60)");
        var checks = shell.Run("Test-OdcConnection").All<OdcCheck>();
        Assert.Equal(["Proxy", "Name", "Tls", "Clock", "Discovery", "Credential", "Secret", "Token", "Call"], checks.Select(c => c.Check));
        Assert.All(checks, c => Assert.Contains(c.Result, c.Check == "Tls" ? "Skipped" : "Passed", StringComparison.Ordinal));
        Assert.Equal(2, lab["acme"].Statistics.TokenRequests.Count);
    }

    [Theory]
    [InlineData("https://no-such-tenant.invalid", "Name", "Discovery")]
    [InlineData("http://127.0.0.1:9", "Discovery", null)]
    public void A_tenant_that_cannot_be_reached_says_where_it_ends(string tenant, string failed, string? alsoFailed)
    {
        using var shell = new Shell();
        var checks = shell.Run($"Test-OdcConnection -Tenant {tenant}").All<OdcCheck>();
        var failures = checks.Where(c => c.Result == "Failed").ToList();
        Assert.Equal(new[] { failed, alsoFailed }.OfType<string>(), failures.Select(c => c.Check));
        Assert.All(failures, c => Assert.False(string.IsNullOrEmpty(c.Fix)));
    }

    [Fact]
    public async Task What_is_wrong_is_an_object_with_its_fix_and_no_error()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"], parameters: "-SecretExpiresOn (Get-Date).AddDays(3)");
        lab["acme"].Clients["admin"].Suspend();
        var checks = shell.Run("Test-OdcConnection").All<OdcCheck>().ToDictionary(c => c.Check);
        Assert.Equal(("Failed", "Warning", "Failed"), (checks["Credential"].Result, checks["Secret"].Result, checks["Call"].Result));
        Assert.Contains("Resume", checks["Credential"].Fix, StringComparison.Ordinal);
        lab["acme"].Answer("/identity/.well-known/openid-configuration", new CannedAnswer(200, "text/html", "<html/>") { Headers = new Dictionary<string, string> { ["Date"] = DateTimeOffset.UtcNow.AddHours(2).ToString("R") } });
        Assert.Contains(shell.Run("Test-OdcConnection").All<OdcCheck>(), c => c is { Check: "Discovery", Result: "Failed" });
    }

    [Fact]
    public async Task The_permissions_of_commands_are_tried_or_named()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"], "deployer");
        var result = shell.Run("Test-OdcConnection -For Get-OdcUser, Get-OdcStage, Get-Nothing");
        var checks = result.Output.Select(o => o.BaseObject).OfType<OdcCheck>().Where(c => c.Check.StartsWith("Get-", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            [
                "Get-OdcUser: GET /api/identity/v1/users Failed", "Get-OdcUser: GET /api/identity/v1/users/{key} Skipped", "Get-OdcUser: GET /api/identity/v1/groups/{key}/users Skipped",
                "Get-OdcUser: GET /api/identity/v1/application-roles/{key}/users Skipped", "Get-OdcUser: GET /api/identity/v1/organization-roles/{key}/users Skipped",
                "Get-OdcStage: GET /api/portfolios/v2/environments Passed",
            ],
            checks.Select(c => $"{c.Check} {c.Result}"));
        Assert.Contains("View end users", checks[0].Fix, StringComparison.Ordinal);
        Assert.Contains("View end users", checks[1].Detail, StringComparison.Ordinal);
        Assert.Single(result.Errors).MustBe("OdcNotFound");
    }
}
