using OdcPowerShell.Emulator;
using OdcPowerShell.EnvironmentConfigurations;

namespace OdcPowerShell.Tests.EnvironmentConfigurations;

/// <summary>A new domain says what to do next, and its certificate is waited for.</summary>
public sealed class NewOdcDomainTests
{
    private const string New = "New-OdcDomain shop.acme.example -Stage QA";
    private static string PollOne(TenantLab lab, OdcDomain domain) => $"GET /api/environment-configurations/v1/environments/{lab.Key("QA")}/domains/{domain.DomainKey}";

    [Fact]
    public async Task It_is_written_with_the_DNS_records_to_create()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Takes(TimeSpan.FromHours(1));
        var result = lab.Run("New-OdcDomain Shop.Acme.example. -Stage QA -Name 'Web shop'");
        var domain = result.Single<OdcDomain>();
        Assert.Equal(("shop.acme.example", "Web shop", "QA", "Creating", false), (domain.Hostname, domain.Name, domain.StageName, domain.CertificateStatus, domain.IsDefault));
        Assert.Equal("shop.acme.example CNAME acme-tst.outsystems.app", Assert.Single(domain.DnsRecords!).ToString());
        var warning = Assert.Single(result.Warnings);
        Assert.Contains("Create this DNS record where shop.acme.example is managed: shop.acme.example CNAME acme-tst.outsystems.app.", warning, StringComparison.Ordinal);
        Assert.Contains("Get-OdcDomain shows it", warning, StringComparison.Ordinal);
        Assert.Equal(["shop.acme.example"], lab.Run("Get-OdcDomain QA -Name shop*").All<OdcDomain>().Select(d => d.Hostname));
    }

    [Fact]
    public async Task A_wait_says_what_is_missing_and_ends_with_the_certificate()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Takes(TimeSpan.FromSeconds(4));
        var result = lab.Run($"{New} -Wait -TimeoutSec 60");
        var domain = result.Single<OdcDomain>();
        Assert.Equal(("Active", "QA"), (domain.CertificateStatus, domain.StageName));
        Assert.Equal(2, result.Warnings.Count);
        Assert.Contains("Create this DNS record", result.Warnings[0], StringComparison.Ordinal);
        Assert.Contains($"Create these DNS records where shop.acme.example is managed: shop.acme.example CNAME acme-tst.outsystems.app; {domain.Certificate!.CNameKey!.TrimEnd('.')} CNAME", result.Warnings[1], StringComparison.Ordinal);
        Assert.Contains("72 hours", result.Warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_that_is_over_leaves_the_domain_and_the_line_that_resumes_it()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Takes(TimeSpan.FromHours(1));
        var result = lab.Run($"{New} -Wait -TimeoutSec 1");
        var error = Assert.Single(result.Errors).MustBe("OdcTimeout");
        var domain = Assert.IsType<OdcDomain>(error.TargetObject);
        Assert.Contains("The certificate of shop.acme.example is still Creating after 1 s. It continues on the service. Create this DNS record", error.ToString(), StringComparison.Ordinal);
        var resume = $"Get-OdcDomain -Stage {lab.Key("QA")} -Domain {domain.DomainKey} | Wait-OdcOperation";
        Assert.Contains(resume, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        lab.Tenant.Delivery.SkipTime(TimeSpan.FromHours(1));
        Assert.Equal("Active", lab.Run(resume).Single<OdcDomain>().CertificateStatus);
    }

    [Fact]
    public async Task A_certificate_that_fails_is_an_error_with_the_reason()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.Delivery.Plan(EmulatedOperation.DomainCertificate, OperationPlan.Failing("CAA records forbid it."));
        var error = Assert.Single(lab.Run($"{New} -Wait -TimeoutSec 60").Errors).MustBe("OdcOperationFailed");
        Assert.Contains("The certificate of shop.acme.example ended as Failed: VALIDATION_TIMED_OUT: CAA records forbid it.", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Test-OdcDomain", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("Failed", Assert.IsType<OdcDomain>(error.TargetObject).CertificateStatus);
    }

    [Fact]
    public async Task Several_domains_of_a_stage_share_the_list_of_a_poll()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Takes(TimeSpan.FromHours(1));
        lab.Run("$new = 'a', 'b', 'c' | ForEach-Object { New-OdcDomain \"$_.acme.example\" -Stage QA -WarningAction Ignore }; $one = New-OdcDomain d.acme.example -Stage Production -WarningAction Ignore").ThrowOnError();
        lab.Tenant.Delivery.SkipTime(TimeSpan.FromMinutes(59.95));
        lab.Forget();
        var rows = lab.Run("$new + $one | Wait-OdcOperation -TimeoutSec 60 -WarningAction Ignore").All<OdcDomain>();
        Assert.Equal(["Active", "Active", "Active", "Active"], rows.Select(d => d.CertificateStatus));
        Assert.Equal(["Production", "QA", "QA", "QA"], rows.Select(d => d.StageName).Order(StringComparer.Ordinal));
        var polls = lab.Sent.GroupBy(s => s).ToDictionary(s => s.Key, s => s.Count());
        // One by one there would be four addresses. On a busy machine the last of a stage may be left alone, and is then asked for by its key.
        Assert.InRange(polls.Count, 2, 3);
        Assert.Contains(polls.Keys, address => address.Contains($"/environments/{lab.Tenant.Stages[1].Key}/domains", StringComparison.Ordinal) && !address.Contains("/domains/", StringComparison.Ordinal));
        Assert.All(polls.Values, count => Assert.InRange(count, 1, 20));
    }

    [Fact]
    public async Task A_hostname_that_the_stage_has_is_made_clear()
    {
        await using var lab = await TenantLab.StartAsync();
        var error = Assert.Single(lab.Run($"New-OdcDomain {DomainLab.Apps} -Stage Production").Errors).MustBe("OdcConflict");
        Assert.Contains($"The stage Production already has a domain {DomainLab.Apps}, whose certificate is Active.", error.ToString(), StringComparison.Ordinal);
        var elsewhere = Assert.Single(lab.Run($"New-OdcDomain {DomainLab.Apps} -Stage QA").Errors).MustBe("OdcConflict");
        Assert.Contains("already in use", elsewhere.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_known_about_a_hostname_is_said_before_anything_is_sent()
    {
        await using var lab = await TenantLab.StartAsync();
        var provided = Assert.Single(lab.Run("New-OdcDomain x.outsystems.app -Stage QA").Errors).MustBe("OdcInvalidRequest");
        Assert.Contains("OutSystems provides the domains that end with .outsystems.app", provided.ToString(), StringComparison.Ordinal);
        Assert.Contains("New-OdcBuiltInDomain x -Stage 'QA'", provided.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        lab.Run("$null = Get-OdcDomain Production").ThrowOnError();
        Assert.Contains("is already in use: it is a domain of stage Production", Assert.Single(lab.Run($"New-OdcDomain {DomainLab.Apps} -Stage QA").Errors).MustBe("OdcConflict").ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task A_certificate_that_is_issued_at_once_needs_no_warning()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.Answer($"/api/environment-configurations/v1/environments/{lab.Key("QA")}/domains", new CannedAnswer(201, "application/json", """
            { "id": "d", "name": "shop", "hostname": "shop.acme.example", "cNameValue": "acme-tst.outsystems.app", "builtIn": false, "isDefault": false, "redirectOption": "None",
              "certificate": { "status": "Active", "cNameKey": "_a.shop.acme.example.", "cNameValue": "_b.validations.outsystems.app." } }
            """));
        var result = lab.Run($"{New} -Wait -TimeoutSec 60").ThrowOnError();
        Assert.Equal(("Active", 2), (result.Single<OdcDomain>().CertificateStatus, result.Single<OdcDomain>().DnsRecords!.Count));
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public async Task Rows_of_a_file_have_their_own_stage_and_a_bad_one_is_one_error()
    {
        await using var lab = await TenantLab.StartAsync();
        var result = lab.Run("\"Hostname,Stage,Name`na.acme.example,QA,`nhttps://b.acme.example,QA,B`nc.acme.example,Nowhere,`nd.acme.example,Production,D\" | ConvertFrom-Csv | New-OdcDomain -WarningAction Ignore");
        Assert.Equal(["a.acme.example QA", "d.acme.example Production"], result.Output.Select(o => $"{o.Properties["Hostname"].Value} {o.Properties["StageName"].Value}"));
        Assert.Equal(["OdcInvalidRequest", "OdcNotFound"], result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Single(lab.Run("Get-OdcUser -First 1 | New-OdcDomain -Hostname x.acme.example -Stage QA").Errors).MustBe("OdcInvalidRequest");
    }

    [Theory]
    [InlineData("https://apps.acme.com/orders", "Specify only the hostname: apps.acme.com.")]
    [InlineData("*.acme.com", "create a domain for each")]
    [InlineData("apps", "apps.acme.com")]
    public async Task A_wrong_hostname_is_an_error_before_anything_is_sent(string hostname, string action)
    {
        await using var lab = await TenantLab.StartAsync();
        var error = Assert.Single(lab.Run($"New-OdcDomain '{hostname}' -Stage QA").Errors).MustBe("OdcInvalidRequest");
        Assert.Contains(action, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(hostname, error.TargetObject);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task WhatIf_shows_the_request_and_sends_none()
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Empty(lab.Run("New-OdcDomain München.example -Stage QA -Wait -WhatIf").ThrowOnError().Warnings);
        Assert.Contains("""domain xn--mnchen-3ya.example in QA (POST""", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("""{"hostname":"xn--mnchen-3ya.example"}""", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
        lab.Tenant.Clients["admin"].SetPermissions(Guid.Parse(lab.Key("QA")), "Configuration management > View configurations");
        Assert.Contains("Configuration management > Manage domains", Assert.Single(lab.Run(New).Errors).MustBe("OdcAccessDenied").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_domain_is_polled_by_its_key()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Takes(TimeSpan.FromSeconds(1));
        var domain = lab.Run($"{New} -Wait -TimeoutSec 60 -WarningAction Ignore").Single<OdcDomain>();
        Assert.Equal(0, lab.Lists());
        Assert.Contains(PollOne(lab, domain), lab.Sent);
    }
}
