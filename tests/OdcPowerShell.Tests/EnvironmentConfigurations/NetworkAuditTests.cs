using OdcPowerShell.Http;

namespace OdcPowerShell.Tests.EnvironmentConfigurations;

/// <summary>The audit of all domains, IP filters and gateways of all stages takes the fewest possible requests.</summary>
public sealed class NetworkAuditTests
{
    private const string Audit = """
        $stages = Get-OdcStage
        $stages | Get-OdcDomain; $stages | Get-OdcBuiltInDomain; $stages | Get-OdcDefaultDomain; $stages | Get-OdcIpFilterGroup; $stages | Get-OdcPrivateGateway
        Get-OdcBuiltInDomain -Organization; Get-OdcPlatformIpFilterGroup
        """;

    [Fact]
    public async Task A_second_audit_within_five_minutes_reads_only_what_must_be_read()
    {
        await using var lab = await TenantLab.StartAsync();
        var first = lab.Run(Audit).ThrowOnError().Output;
        // A list of each kind for each stage, and the stages.
        Assert.Equal(15, OfStages(lab));
        Assert.Equal(2, lab.Sent.Count(s => s.StartsWith("GET /api/organization/", StringComparison.Ordinal)));
        Assert.Equal(1, lab.Sent.Count(s => s.StartsWith("GET /api/portfolios/", StringComparison.Ordinal)));
        Assert.All(lab.Sent, s => Assert.StartsWith("GET ", s, StringComparison.Ordinal));
        lab.Forget();
        Assert.Equal(first.Count, lab.Run(Audit).ThrowOnError().Output.Count);
        // The gateways alone: their health changes at any moment.
        Assert.Equal(3, OfStages(lab));
        Assert.DoesNotContain(lab.Sent, s => s.StartsWith("GET /api/organization/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_changed_in_a_stage_is_read_again_and_nothing_else()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run(Audit).ThrowOnError();
        lab.Run("Set-OdcIpFilterGroup Office -Stage QA -Description changed -Confirm:$false").ThrowOnError();
        lab.Forget();
        Assert.Contains("changed", lab.Run(Audit + "| Out-Null; Get-OdcIpFilterGroup QA | ForEach-Object Description").ThrowOnError().Output.Select(o => o.ToString()));
        // The gateways, and domains, built-in domains, default domain and filters of QA.
        Assert.Equal(3 + 4, OfStages(lab));
    }

    [Fact]
    public async Task Names_of_what_the_lists_have_take_no_further_request()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$stages = Get-OdcStage; $null = $stages | Get-OdcDomain; $null = $stages | Get-OdcIpFilterGroup").ThrowOnError();
        lab.Forget();
        lab.Run("Remove-OdcDomain apps.acme.example -Stage Production -WhatIf; Remove-OdcIpFilterGroup Office -Stage QA -WhatIf; Set-OdcIpFilterGroup Office -Stage Production -Description x -WhatIf").ThrowOnError();
        // What must be fresh for the question: the group that would be removed.
        Assert.All(lab.Sent.Where(s => s.Contains("/environment-configurations/", StringComparison.Ordinal)), s => Assert.Contains("/ip-filter-groups/", s, StringComparison.Ordinal));
        Assert.InRange(OfStages(lab), 0, 1);
    }

    /// <summary>With the real limits, a budget of ten a minute: the audit waits, and is not rejected.</summary>
    [Fact]
    public async Task It_stays_within_the_limit_and_shows_why_it_waits()
    {
        await using var lab = await TenantLab.StartAsync();
        var window = TimeSpan.FromSeconds(4);
        (lab.Tenant.EnforceLimits, lab.Tenant.LimitWindow) = (true, window);
        RateBudgets.Shared.Set(lab.Tenant.Url, window);
        lab.Run("$stages = Get-OdcStage; $null = $stages | Get-OdcDomain; $null = $stages | Get-OdcIpFilterGroup; $null = $stages | Get-OdcBuiltInDomain; $null = $stages | Get-OdcPrivateGateway").ThrowOnError();
        Assert.Equal(12, OfStages(lab));
        Assert.DoesNotContain(lab.Tenant.Statistics.Requests, r => r.Status == 429);
        Assert.Contains("Waiting for the rate limit of environment-configurations", lab.Shell.Host.Text, StringComparison.Ordinal);
    }

    private static int OfStages(TenantLab lab) => lab.Sent.Count(s => s.Contains("/api/environment-configurations/", StringComparison.Ordinal));
}
