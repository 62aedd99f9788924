using OdcPowerShell.EnvironmentConfigurations;

namespace OdcPowerShell.Tests.EnvironmentConfigurations;

/// <summary>The domain that new apps of a stage get.</summary>
public sealed class DefaultDomainTests
{
    [Fact]
    public async Task Each_stage_has_one_and_it_is_read_once()
    {
        await using var lab = await TenantLab.StartAsync();
        const string Line = "Get-OdcStage | Get-OdcDefaultDomain";
        var domains = lab.Run(Line).All<OdcDefaultDomain>();
        Assert.Equal(["Development acme-dev.outsystems.app", "QA acme-tst.outsystems.app", "Production apps.acme.example"], domains.Select(d => $"{d.StageName} {d.DefaultDomain}"));
        Assert.Equal(lab.Tenant.Stages.Select(s => s.Key.ToString()), domains.Select(d => d.StageKey));
        Assert.Equal(4, lab.Sent.Count);
        lab.Forget();
        lab.Run(Line).ThrowOnError();
        Assert.DoesNotContain(lab.Sent, s => s.EndsWith("/default-domain", StringComparison.Ordinal));
        Assert.Equal("OdcNotFound", lab.Run("Get-OdcDefaultDomain Nowhere").ErrorId);
    }

    [Fact]
    public async Task It_is_changed_to_a_built_in_domain_of_the_stage()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("New-OdcBuiltInDomain acme-b -Stage QA").ThrowOnError();
        lab.Forget();
        // The list of built-in domains is asked for, because the list of stages has only the primary one.
        var changed = lab.Run("Set-OdcDefaultDomain QA Acme-B.outsystems.app -PassThru").Single<OdcDefaultDomain>();
        Assert.Equal(("acme-b.outsystems.app", "QA", lab.Tenant.Stages[1].Key.ToString()), (changed.DefaultDomain, changed.StageName, changed.StageKey));
        Assert.Equal(["builtin-domains", "default-domain", "default-domain"], lab.Sent.Select(s => s.Split('/')[^1]));
        Assert.Equal("acme-b.outsystems.app", lab.Run("(Get-OdcStage QA).DefaultDomain").Single<string>());
        // One that the list of stages has costs nothing more.
        lab.Forget();
        lab.Run("Set-OdcDefaultDomain QA acme-tst.outsystems.app").ThrowOnError();
        Assert.Equal(["default-domain"], lab.Sent.Where(s => s.Contains("/environment-configurations/", StringComparison.Ordinal)).Select(s => s.Split('/')[^1]));
        Assert.Contains("default domain of stage QA", Assert.Single(lab.Run("Set-OdcBuiltInDomain acme-b -Primary -Stage QA -Confirm:$false; Remove-OdcBuiltInDomain acme-tst -Stage QA -WhatIf").ThrowOnError().Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Objects_have_their_stage()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("Get-OdcStage | Get-OdcBuiltInDomain | Set-OdcDefaultDomain -WhatIf").ThrowOnError();
        Assert.Contains("default domain of stage Production: acme.outsystems.app, for apps that are newly deployed (PATCH ", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
        lab.Run("Get-OdcStage | Get-OdcBuiltInDomain | Set-OdcDefaultDomain").ThrowOnError();
        Assert.Equal(3, lab.Changes.Count);
        Assert.Equal("acme.outsystems.app", lab.Run("(Get-OdcStage Production).DefaultDomain").Single<string>());
        lab.Run("@('Stage,Domain', 'Production,apps.acme.example') | ConvertFrom-Csv | Set-OdcDefaultDomain -WhatIf");
        lab.Run("Get-OdcDefaultDomain QA | Set-OdcDefaultDomain -Domain acme-tst.outsystems.app; Get-OdcStage QA | Set-OdcDefaultDomain -Domain acme-tst.outsystems.app").ThrowOnError();
    }

    [Fact]
    public async Task A_custom_domain_is_looked_for_in_the_list_of_all()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.Answer($"/api/environment-configurations/v1/environments/{lab.Tenant.Stages[2].Key}/domains", new CannedAnswer(200, "application/json", """
            { "page": { "count": 1, "limit": 100, "offset": 0, "nextPageOffset": null, "totalResults": 1, "totalPages": 1 }, "results": [{ "id": "d", "hostname": "shop.acme.example", "builtIn": false, "isDefault": false }] }
            """));
        lab.Run("Set-OdcDefaultDomain Production shop.acme.example -WhatIf").ThrowOnError();
        var error = Assert.Single(lab.Run("Set-OdcDefaultDomain Production shop.acme.com").Errors).MustBe("OdcNotFound");
        Assert.Contains("Stage Production has no domain shop.acme.com", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("shop.acme.example", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        // The list was kept, so that it was read again before the domain was rejected.
        Assert.Equal(2, lab.Sent.Count(s => s.EndsWith("/domains", StringComparison.Ordinal)));
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task A_default_domain_is_written_back_from_its_object_or_a_file()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$default = Get-OdcDefaultDomain QA; Set-OdcDefaultDomain Production acme.outsystems.app; $default | Set-OdcDefaultDomain; $default | ConvertTo-Csv | ConvertFrom-Csv | Set-OdcDefaultDomain").ThrowOnError();
        Assert.Equal("acme-tst.outsystems.app", lab.Run("(Get-OdcStage QA).DefaultDomain").Single<string>());
        Assert.Equal(3, lab.Changes.Count);
        Assert.Contains("contradict each other", Assert.Single(lab.Run("$default | Select-Object * | ForEach-Object { $_.StageName = 'Production'; $_ } | Set-OdcDefaultDomain").Errors).MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-OdcDomain QA -Name shop* -WarningAction Ignore | Set-OdcDefaultDomain -WhatIf")]
    [InlineData("Set-OdcDefaultDomain QA shop.acme.example -WhatIf")]
    public async Task A_domain_without_a_certificate_is_a_warning(string line)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Takes(TimeSpan.FromHours(1));
        lab.Run("New-OdcDomain shop.acme.example -Stage QA -WarningAction Ignore").ThrowOnError();
        Assert.Contains("New apps in stage QA would get a domain that does not work yet: the certificate of shop.acme.example is Creating.", Assert.Single(lab.Run(line).ThrowOnError().Warnings), StringComparison.Ordinal);
        lab.Tenant.Delivery.SkipTime(TimeSpan.FromHours(2));
        Assert.Empty(lab.Run(line).ThrowOnError().Warnings);
    }

    [Theory]
    [InlineData("Set-OdcDefaultDomain QA acme-nothing.outsystems.app", "OdcNotFound")]
    [InlineData("Set-OdcDefaultDomain Nowhere acme-tst.outsystems.app", "OdcNotFound")]
    [InlineData("Set-OdcDefaultDomain -Domain acme-tst.outsystems.app", "OdcInvalidRequest")]
    [InlineData("Set-OdcDefaultDomain QA acme-tst", "OdcInvalidRequest")]
    [InlineData("Set-OdcDefaultDomain QA https://acme-tst.outsystems.app", "OdcInvalidRequest")]
    [InlineData("Set-OdcDefaultDomain QA '*.outsystems.app'", "OdcInvalidRequest")]
    [InlineData("Get-OdcBuiltInDomain Production | Set-OdcDefaultDomain QA", "OdcInvalidRequest")]
    [InlineData("Set-OdcDefaultDomain QA (Get-OdcBuiltInDomain Production)", "OdcInvalidRequest")]
    [InlineData("Get-OdcBuiltInDomain -Organization | Set-OdcDefaultDomain QA", "OdcInvalidRequest")]
    [InlineData("Set-OdcDefaultDomain QA (Get-OdcUser -First 1)", "OdcInvalidRequest")]
    [InlineData("Get-OdcStage QA | Set-OdcDefaultDomain", "OdcInvalidRequest")]
    [InlineData("Get-OdcGroup -First 1 | Set-OdcDefaultDomain -Domain acme-tst.outsystems.app", "OdcInvalidRequest")]
    [InlineData("'acme-tst.outsystems.app' | Set-OdcDefaultDomain", "OdcInvalidRequest")]
    public async Task What_is_wrong_changes_nothing(string line, string error)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run(line).Error.MustBe(error);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task Two_domains_for_one_stage_are_an_error()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("New-OdcBuiltInDomain acme-b -Stage QA").ThrowOnError();
        lab.Forget();
        Assert.Contains("two are specified for stage QA", Assert.Single(lab.Run("Get-OdcBuiltInDomain QA | Set-OdcDefaultDomain").Errors).MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        Assert.Single(lab.Changes);
    }

    [Fact]
    public async Task Without_the_permission_to_see_domains_the_service_decides()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.Clients["admin"].SetPermissions(lab.Tenant.Stages[1].Key, "Stage > View stage", "Configuration management > Manage domains");
        Assert.Contains("is not a domain of the environment", Assert.Single(lab.Run("Set-OdcDefaultDomain QA acme-nothing.outsystems.app").Errors).MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        Assert.Single(lab.Changes);
    }
}
