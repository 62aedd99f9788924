using OdcPowerShell.EnvironmentConfigurations;
using OdcPowerShell.Http;
using OdcPowerShell.Tests.Transport;

namespace OdcPowerShell.Tests.EnvironmentConfigurations;

/// <summary>Domains are read with the fewest requests, and found by what they are called.</summary>
public sealed class GetOdcDomainTests
{
    [Fact]
    public async Task Each_stage_takes_one_request_in_five_minutes_unless_something_changes()
    {
        await using var lab = await TenantLab.StartAsync();
        var rows = lab.Run("Get-OdcStage | Get-OdcDomain").All<OdcDomain>();
        Assert.Equal(["Development", "QA", "Production", "Production"], rows.Select(d => d.StageName));
        Assert.Equal(4, lab.Sent.Count);
        Assert.Equal(3, lab.Lists());
        Assert.Equal(4, lab.Run("Get-OdcStage | Get-OdcDomain").Output.Count);
        Assert.Single(lab.Run("Get-OdcDomain Production -Name apps*").Output);
        Assert.Single(lab.Run("Get-OdcDomain Production -First 1").Output);
        Assert.Equal(2, lab.Run("Get-OdcDomain Production, production; Get-OdcStage QA | Get-OdcDomain -Name nothing*").Output.Count);
        Assert.Equal(3, lab.Scarce());

        // A change in one stage costs the list of that stage once.
        lab.Run($"Set-OdcDomain {DomainLab.Apps} -Stage Production -ClearDefaultAsset -RedirectOption None").ThrowOnError();
        lab.Forget();
        Assert.Equal("None", lab.Run("Get-OdcStage | Get-OdcDomain").All<OdcDomain>().Single(d => d.Hostname == DomainLab.Apps).RedirectOption);
        Assert.Equal(1, lab.Scarce());
        lab.Run("Get-OdcStage | Get-OdcDomain; Get-OdcStage | Get-OdcDomain").ThrowOnError();
        Assert.Equal(1, lab.Scarce());
        lab.Run("Get-OdcStage | Get-OdcDomain -Refresh").ThrowOnError();
        Assert.Equal(4, lab.Scarce());
    }

    [Fact]
    public async Task Built_in_and_custom_domains_are_in_one_list_and_only_custom_ones_need_DNS_records()
    {
        await using var lab = await TenantLab.StartAsync();
        var rows = lab.Run("Get-OdcDomain Production").All<OdcDomain>();
        var (provided, custom) = (rows[0], rows[1]);
        Assert.Equal((true, "acme.outsystems.app", false, null, 0), (provided.BuiltIn, provided.Hostname, provided.IsDefault, provided.CertificateStatus, provided.DnsRecords!.Count));
        Assert.Equal((false, DomainLab.Apps, true, "Active", lab.Key("Production")), (custom.BuiltIn, custom.Hostname, custom.IsDefault, custom.CertificateStatus, custom.StageKey));
        Assert.Equal(["apps.acme.example CNAME acme.outsystems.app Leads to the apps", $"{custom.Certificate!.CNameKey!.TrimEnd('.')} CNAME {custom.Certificate.CNameValue!.TrimEnd('.')} Renews the certificate"], custom.DnsRecords!.Select(r => $"{r} {r.Purpose}"));
        Assert.Null(custom.NextSteps);
    }

    [Fact]
    public async Task The_records_of_a_domain_that_is_validated_have_its_validation_too()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Takes(TimeSpan.FromHours(1));
        lab.Run("New-OdcDomain shop.acme.example -Stage QA -WarningAction Ignore").ThrowOnError();
        Assert.Single(lab.Domain("shop.acme.example").DnsRecords!);
        lab.Tenant.Delivery.SkipTime(TimeSpan.FromMinutes(30));
        var waiting = lab.Domain("shop.acme.example");
        Assert.Equal("PendingValidation", waiting.CertificateStatus);
        Assert.Equal(["shop.acme.example", waiting.Certificate!.CNameKey!.TrimEnd('.')], waiting.DnsRecords!.Select(r => r.Name));
        Assert.All(waiting.DnsRecords!, r => Assert.Equal("CNAME", r.Type));
        // A list with a domain that changes is not used again.
        lab.Forget();
        lab.Run("Get-OdcDomain QA; Get-OdcDomain QA").ThrowOnError();
        Assert.Equal(2, lab.Lists());
        lab.Tenant.Delivery.SkipTime(TimeSpan.FromMinutes(31));
        Assert.Equal(("Active", 2), (lab.Run("(Get-OdcDomain QA -Name shop*).CertificateStatus").Single<string>(), lab.Domain("shop.acme.example").DnsRecords!.Count));
    }

    [Fact]
    public async Task Names_of_default_apps_take_one_request_and_no_permission()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run($"Set-OdcDomain {DomainLab.Apps} -Stage Production -DefaultAsset 'Order Desk' -RedirectOption Temporary").ThrowOnError();
        lab.Forget();
        var domain = lab.Domain(DomainLab.Apps, "Production");
        Assert.Equal(("Order Desk", lab.Tenant.Delivery.Asset("Order Desk").Key.ToString()), (domain.DefaultAssetName, domain.DefaultAssetKey));
        Assert.InRange(lab.Sent.Count(s => s == "GET /api/asset-repository/v1/assets"), 0, 1);
        var others = lab.Tenant.Clients["auditor"];
        others.Permissions = ["Configuration management > View configurations", "Stage > View stage"];
        using var shell = Shell.Connected(lab.Tenant, "auditor");
        var unnamed = shell.Run($"Get-OdcDomain Production -Name {DomainLab.Apps}").Single<OdcDomain>();
        Assert.Equal((domain.DefaultAssetKey, null), (unnamed.DefaultAssetKey, unnamed.DefaultAssetName));
    }

    [Theory]
    [InlineData("Get-OdcDomain Production -Name apps.acme.example", DomainLab.Apps)]
    [InlineData("Get-OdcDomain Production -Hostname APPS.*.example", DomainLab.Apps)]
    [InlineData("Get-OdcDomain Production 'Apps of Production'", DomainLab.Apps)]
    [InlineData("Get-OdcStage | Get-OdcDomain -Name apps.acme.example", DomainLab.Apps)]
    [InlineData("Get-OdcDomain QA, Production -Name apps.*", DomainLab.Apps)]
    [InlineData("Get-OdcDomain Production -Domain apps.acme.example", DomainLab.Apps)]
    [InlineData("Get-OdcDomain Production -Skip 1", DomainLab.Apps)]
    [InlineData("Get-OdcDomain Production -Name nothing*", null)]
    public async Task A_domain_is_found_by_hostname_or_name(string line, string? hostname)
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Equal(hostname, lab.Run(line).All<OdcDomain>().SingleOrDefault()?.Hostname);
    }

    [Fact]
    public async Task A_hostname_with_letters_of_its_own_is_found_in_both_forms()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("New-OdcDomain MÜNCHEN.example -Stage QA -WarningAction Ignore").ThrowOnError();
        foreach (var text in new[] { "münchen.example", "xn--mnchen-3ya.example", "m*chen.example", "XN--MNCHEN-*", "MU\u0308NCHEN.example" })
            Assert.Equal("xn--mnchen-3ya.example", lab.Run($"Get-OdcDomain QA -Name {text}").Single<OdcDomain>().Hostname);
        Assert.Equal("xn--mnchen-3ya.example", lab.Run("Get-OdcDomain QA -Domain münchen.example").Single<OdcDomain>().Hostname);
    }

    [Fact]
    public async Task By_key_each_domain_is_read_now_and_an_object_knows_its_stage()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$domain = Get-OdcDomain Production -Name apps*; $row = $domain | ConvertTo-Csv | ConvertFrom-Csv; $file = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($domain))").ThrowOnError();
        lab.Forget();
        foreach (var line in new[] { "$domain | Get-OdcDomain", "Get-OdcDomain -Domain $domain", "$row | Get-OdcDomain", "$file | Get-OdcDomain", "Get-OdcDomain Production -Domain $domain.DomainKey" })
        {
            var found = lab.Run(line).Single<OdcDomain>();
            Assert.Equal((DomainLab.Apps, "Production"), (found.Hostname, found.StageName));
        }

        Assert.Equal((5, 0), (lab.Scarce(), lab.Lists()));
        Assert.Contains("belongs to stage Production, not to QA", Assert.Single(lab.Run("Get-OdcDomain QA -Domain $domain").Errors).MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        Assert.Single(lab.Run("Get-OdcDomain QA -Domain $domain.DomainKey").Errors).MustBe("OdcNotFound");
    }

    [Theory]
    [InlineData("Get-OdcDomain Nowhere", "OdcNotFound")]
    [InlineData("Get-OdcDomain -Stage $nothing", "OdcInvalidRequest")]
    [InlineData("Get-OdcDomain -Stage @()", "OdcInvalidRequest")]
    [InlineData("$null | Get-OdcDomain", "OdcInvalidRequest")]
    [InlineData("Get-OdcDomain Production -Name '['", "OdcInvalidRequest")]
    [InlineData("Get-OdcDomain Production -Name ''", "ParameterArgumentValidationError")]
    [InlineData("Get-OdcDomain QA, Production -Domain apps.acme.example", "OdcInvalidRequest")]
    [InlineData("Get-OdcDomain -Domain apps.acme.example", "OdcInvalidRequest")]
    [InlineData("Get-OdcDomain -Domain 00000000-0000-0000-0000-000000000001", "OdcInvalidRequest")]
    [InlineData("Get-OdcUser -First 1 | Get-OdcDomain", "OdcInvalidRequest")]
    public async Task A_mistake_takes_no_request(string line, string error)
    {
        await using var lab = await TenantLab.StartAsync();
        var result = lab.Run(line);
        Assert.Equal(error, result.ErrorId);
        Assert.Empty(result.Output);
        Assert.Equal(0, lab.Scarce());
    }

    [Theory]
    [InlineData("Get-OdcDomain Production -Name nothing.acme.example", "nothing.acme.example")]
    [InlineData("Get-OdcStage | Get-OdcDomain -Name nothing.acme.example", "nothing.acme.example")]
    [InlineData("Get-OdcDomain Production -Domain nothing.acme.example", "nothing.acme.example")]
    public async Task What_no_stage_has_is_one_error(string line, string named)
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Contains(named, Assert.Single(lab.Run(line).Errors).MustBe("OdcNotFound").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task First_Skip_and_totals_count_the_output()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Takes(TimeSpan.Zero);
        lab.Run("1..5 | ForEach-Object { [pscustomobject]@{ Hostname = \"app$_.acme.example\"; Stage = 'QA' } } | New-OdcDomain -WarningAction Ignore").ThrowOnError();
        lab.Forget();
        Assert.Equal(["app2.acme.example", "app3.acme.example"], lab.Run("Get-OdcDomain QA -Skip 2 -First 2").All<OdcDomain>().Select(d => d.Hostname));
        Assert.Equal(4, lab.Run("Get-OdcStage QA, Production | Get-OdcDomain -Skip 3 -First 4").All<OdcDomain>().Count);
        Assert.StartsWith("Total count: 6", lab.Run("(Get-OdcDomain QA -First 1 -IncludeTotalCount)[0].ToString()").Single<string>(), StringComparison.Ordinal);
        Assert.StartsWith("Total count: 6", lab.Run("(Get-OdcDomain QA -First 0 -IncludeTotalCount).ToString()").Single<string>(), StringComparison.Ordinal);
        // The whole list was read once.
        Assert.Equal(2, lab.Lists());
        Assert.Equal(6, lab.Run("Get-OdcDomain QA -PageSize 2").Output.Count);
        Assert.Equal(5, lab.Lists());
        Assert.Single(lab.Run("Get-OdcStage | Get-OdcDomain -Refresh | Select-Object -First 1").Output);
        Assert.Equal(6, lab.Lists());
    }

    [Fact]
    public async Task An_older_list_warns_once_and_names_Refresh()
    {
        await using var lab = await TenantLab.StartAsync();
        var time = new LaterTime();
        lab.Shell.Set("c", lab.ConnectionAt(time));
        const string All = "Get-OdcStage -Connection $c | Get-OdcDomain -Connection $c";
        Assert.Empty(lab.Run(All).ThrowOnError().Warnings);
        time.Skipped = TimeSpan.FromSeconds(30);
        Assert.Empty(lab.Run(All).ThrowOnError().Warnings);
        time.Skipped = TimeSpan.FromMinutes(3);
        Assert.Contains("3 minutes ago", Assert.Single(lab.Run(All).ThrowOnError().Warnings), StringComparison.Ordinal);
        Assert.Contains("use -Refresh", Assert.Single(lab.Run(All).ThrowOnError().Warnings), StringComparison.Ordinal);
        Assert.Equal(3, lab.Scarce());
        Assert.Empty(lab.Run(All + " -Refresh").ThrowOnError().Warnings);
        Assert.Equal(6, lab.Scarce());
        time.Skipped = TimeSpan.FromMinutes(9);
        Assert.Empty(lab.Run(All).ThrowOnError().Warnings);
        Assert.Equal(9, lab.Scarce());
    }

    [Fact]
    public async Task A_wait_for_the_rate_limit_is_shown()
    {
        await using var emulator = await RateLimitTests.StartAsync();
        using var shell = Shell.Connected(emulator["acme"]);
        RateBudgets.Shared.Set(emulator["acme"].Url, TimeSpan.FromSeconds(5));
        shell.Run("1..11 | ForEach-Object { Get-OdcDomain QA -Refresh }").ThrowOnError();
        Assert.Contains("Waiting for the rate limit of environment-configurations", shell.Host.Text, StringComparison.Ordinal);
        Assert.Equal(0, emulator["acme"].Statistics.Count429);
    }

    [Fact]
    public async Task Permissions_are_those_of_each_stage()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.Clients["admin"].SetPermissions(Guid.Parse(lab.Key("QA")));
        var result = lab.Run("Get-OdcStage | Get-OdcDomain");
        Assert.Contains("Configuration management > View configurations", Assert.Single(result.Errors).MustBe("OdcAccessDenied").ToString(), StringComparison.Ordinal);
        Assert.Equal(["Development", "Production", "Production"], result.Output.Select(o => ((OdcDomain)o.BaseObject).StageName));
    }

    [Fact]
    public async Task Tab_offers_the_hostnames_of_the_stage()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("Get-OdcStage; Get-OdcDomain Production").ThrowOnError();
        lab.Forget();
        Assert.Contains(DomainLab.Apps, lab.Run("(TabExpansion2 'Get-OdcDomain -Stage Production -Name app').CompletionMatches.CompletionText").All<string>());
        Assert.Contains(DomainLab.Apps, lab.Run("(TabExpansion2 'Remove-OdcDomain -Stage Production -Domain app').CompletionMatches.CompletionText").All<string>());
        Assert.Empty(lab.Sent);
    }
}
