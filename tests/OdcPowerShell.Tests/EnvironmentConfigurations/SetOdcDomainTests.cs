using OdcPowerShell.EnvironmentConfigurations;

namespace OdcPowerShell.Tests.EnvironmentConfigurations;

/// <summary>A change of one setting of a domain leaves the other as it is, although the service can't tell a missing value from an empty one.</summary>
public sealed class SetOdcDomainTests
{
    private const string Set = "Set-OdcDomain apps.acme.example -Stage Production";

    [Fact]
    public async Task What_is_not_specified_stays()
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Empty(lab.Run($"{Set} -DefaultAsset 'Order Desk' -RedirectOption Temporary").ThrowOnError().Output);
        Assert.Equal(("Order Desk", "Temporary"), State(lab));
        var changed = lab.Run($"{Set} -RedirectOption none -PassThru").Single<OdcDomain>();
        Assert.Equal(("Order Desk", "None", "Production", DomainLab.Apps), (changed.DefaultAssetName, changed.RedirectOption, changed.StageName, changed.Hostname));
        lab.Run($"{Set} -DefaultAssetKey {lab.Tenant.Delivery.Asset("Fleet").Key}").ThrowOnError();
        Assert.Equal(("Fleet", "None"), State(lab));
        lab.Run($"{Set} -DefaultAsset (Get-OdcAsset 'Order Desk')").ThrowOnError();
        Assert.Equal(("Order Desk", "None"), State(lab));
        lab.Run($"{Set} -ClearDefaultAsset").ThrowOnError();
        Assert.Equal((null, "None"), State(lab));
    }

    [Fact]
    public async Task The_state_is_read_only_when_it_is_needed()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$domain = Get-OdcDomain Production -Name apps*").ThrowOnError();
        lab.Forget();
        lab.Run("$domain | Set-OdcDomain -ClearDefaultAsset -RedirectOption None").ThrowOnError();
        Assert.Equal(1, lab.Scarce());
        lab.Run("$domain | Set-OdcDomain -RedirectOption Permanent").ThrowOnError();
        Assert.Equal(3, lab.Scarce());

        // Several domains of a stage are read with one list.
        lab.Run("1..3 | ForEach-Object { New-OdcDomain \"app$_.acme.example\" -Stage Production -WarningAction Ignore }; $several = Get-OdcDomain Production -Name app*").ThrowOnError();
        lab.Forget();
        Assert.Equal(4, lab.Run("$several | Set-OdcDomain -RedirectOption Temporary -PassThru").All<OdcDomain>().Count(d => d.RedirectOption == "Temporary"));
        Assert.Equal((5, 1), (lab.Scarce(), lab.Lists()));
    }

    [Fact]
    public async Task WhatIf_shows_both_values_and_what_changes()
    {
        await using var lab = await TenantLab.StartAsync();
        var asset = lab.Tenant.Delivery.Asset("Order Desk").Key;
        lab.Run($"{Set} -DefaultAsset 'Order Desk' -RedirectOption Temporary; {Set} -RedirectOption None -WhatIf; {Set} -ClearDefaultAsset -WhatIf -PassThru").ThrowOnError();
        Assert.Contains("domain apps.acme.example in Production: redirect None (PATCH", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains($$"""{"defaultApplicationKey":"{{asset}}","redirectOption":"None"}""", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("no default app", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("""{"defaultApplicationKey":null,"redirectOption":"Temporary"}""", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Single(lab.Changes);
    }

    [Theory]
    [InlineData(Set, "There is nothing to change")]
    [InlineData(Set + " -DefaultAsset Fleet -ClearDefaultAsset", "exclude each other")]
    [InlineData(Set + " -DefaultAsset $nothing", "An asset is expected here, but the value is null.")]
    [InlineData(Set + " -RedirectOption ''", "RedirectOption")]
    [InlineData("Set-OdcDomain acme.outsystems.app -Stage Production -RedirectOption None", "OutSystems provides the domain acme.outsystems.app")]
    [InlineData("Get-OdcDomain Production -Name acme.* | Set-OdcDomain -ClearDefaultAsset", "OutSystems provides the domain acme.outsystems.app")]
    [InlineData("Get-OdcDomain Production -Name apps* | Set-OdcDomain -Stage QA -RedirectOption None", "Domain apps.acme.example belongs to stage Production, not to QA")]
    [InlineData("Set-OdcDomain apps.acme.example -Stage QA -RedirectOption None", "Stage QA has no domain 'apps.acme.example'")]
    [InlineData("Set-OdcDomain 00000000-0000-0000-0000-000000000001 -Stage QA -RedirectOption None", "not found")]
    [InlineData("Set-OdcDomain apps.acme.example -RedirectOption None", "looked up in a stage, and none is specified")]
    [InlineData("Get-OdcStage QA | Set-OdcDomain -RedirectOption None", "A domain is expected here, not an OdcStage")]
    [InlineData("Get-OdcDomain Production -Name apps* | Test-OdcDomain | Set-OdcDomain -RedirectOption None", "A domain is expected here, not an OdcDomainCheck")]
    [InlineData("Get-OdcDomain Production -Name apps* | Test-OdcDomain | ConvertTo-Csv | ConvertFrom-Csv | Set-OdcDomain -RedirectOption None", "A domain is expected here")]
    public async Task What_is_wrong_changes_nothing(string line, string message)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Client().Resolver = new PlantedNames();
        Assert.Contains(message, lab.Run(line).Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task The_service_has_the_last_word_on_the_app()
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Contains("is not deployed", Assert.Single(lab.Run($"{Set} -DefaultAsset 00000000-0000-0000-0000-000000000001").Errors).MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_looked_up_in_each_stage_that_is_piped()
    {
        await using var lab = await TenantLab.StartAsync();
        var result = lab.Run("Get-OdcStage QA, Production | Select-Object StageKey | ForEach-Object { [pscustomobject]@{ Domain = 'apps.acme.example'; StageKey = $_.StageKey } } | Set-OdcDomain -RedirectOption None");
        Assert.Single(result.Errors).MustBe("OdcNotFound");
        Assert.Equal("None", State(lab).Redirect);
    }

    [Fact]
    public async Task Removal_says_what_stops_working_and_takes_time()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Takes(TimeSpan.FromMinutes(10));
        lab.Run($"{Set} -DefaultAsset 'Order Desk' -RedirectOption None; Get-OdcDomain Production -Name apps* | Remove-OdcDomain -WhatIf; Remove-OdcDomain apps.acme.example -Stage Production -WhatIf").ThrowOnError();
        Assert.Contains("domain apps.acme.example in Production: its apps are no longer reached under this hostname; it is the default domain of the stage; its default app is Order Desk (DELETE", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Single(lab.Changes);
        Assert.Equal("High", lab.Run("[System.Management.Automation.CommandMetadata]::new((Get-Command Remove-OdcDomain)).ConfirmImpact.ToString()").Single<string>());
        lab.Run("Get-OdcDomain Production -Name apps* | Remove-OdcDomain -Confirm:$false").ThrowOnError();
        Assert.Equal("Deleting", lab.Domain(DomainLab.Apps, "Production").CertificateStatus);
        lab.Tenant.Delivery.SkipTime(TimeSpan.FromMinutes(11));
        // A list with a domain that is being removed is not used again.
        Assert.Equal(["acme.outsystems.app"], lab.Run("Get-OdcDomain Production").All<OdcDomain>().Select(d => d.Hostname));
    }

    [Theory]
    [InlineData("Get-OdcDomain Production -Name acme.* | Remove-OdcDomain -Confirm:$false", "OutSystems provides the domain")]
    [InlineData("Get-OdcDomain Production -Name apps* | Remove-OdcDomain -Stage QA -Confirm:$false", "belongs to stage Production, not to QA")]
    [InlineData("Remove-OdcDomain apps.acme.example -Stage QA -Confirm:$false", "Stage QA has no domain")]
    [InlineData("Remove-OdcDomain apps.* -Stage Production -Confirm:$false", "Stage Production has no domain 'apps.*'")]
    [InlineData("$p = Get-OdcDomain Production -Name apps*; $p | Select-Object * | ForEach-Object { $_.Hostname = 'other.acme.example'; $_ } | Remove-OdcDomain -WhatIf", "its key is that of domain apps.acme.example in Production, and it names other.acme.example")]
    [InlineData("$p = Get-OdcDomain Production -Name apps*; $null = Get-OdcDomain QA; Remove-OdcDomain $p.DomainKey -Stage QA -Confirm:$false", "Stage QA has no such domain")]
    [InlineData("Get-OdcDomain Production -Name apps* | ConvertTo-Csv | ConvertFrom-Csv | ForEach-Object { $_.StageName = 'QA'; $_ } | Remove-OdcDomain -Confirm:$false", "contradict each other: the key is that of stage Production, and the name is QA")]
    [InlineData("Remove-OdcDomain apps.acme.example -Confirm:$false", "looked up in a stage, and none is specified")]
    [InlineData("Get-OdcDomain Production -Name apps* | Test-OdcDomain | ConvertTo-Csv | ConvertFrom-Csv | Remove-OdcDomain -Confirm:$false", "A domain is expected here")]
    [InlineData("Remove-OdcDomain -Domain @() -Stage QA -Confirm:$false", "The list of domains is empty")]
    public async Task Only_the_domain_that_is_meant_is_removed(string line, string message)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Client().Resolver = new PlantedNames();
        var result = lab.Run(line);
        Assert.Contains(message, result.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task A_copy_of_a_domain_is_described_as_it_is_there()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$domain = Get-OdcDomain Production -Name apps*").ThrowOnError();
        lab.Forget();
        foreach (var copy in new[] { "$domain | Select-Object *", "$domain | ConvertTo-Csv | ConvertFrom-Csv", "$domain | Select-Object DomainKey, StageKey" })
        {
            var before = lab.Shell.Host.Text.Length;
            lab.Run($"{copy} | Remove-OdcDomain -WhatIf").ThrowOnError();
            Assert.Contains("domain apps.acme.example in Production: its apps are no longer reached under this hostname; it is the default domain of the stage (DELETE", lab.Shell.Host.Text[before..], StringComparison.Ordinal);
        }

        // The list that was kept is enough.
        Assert.Equal(0, lab.Scarce());
        var error = Assert.Single(lab.Run("Remove-OdcDomain 'apps*' -Stage Production -WhatIf").Errors).MustBe("OdcNotFound");
        Assert.Contains("Wildcards are not allowed here. Its domains: acme.outsystems.app, apps.acme.example.", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_IP_filter_group_is_described_by_its_present_name_and_a_row_may_have_a_new_one()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$group = Get-OdcIpFilterGroup Production | Select-Object -First 1; $name = $group.Name; $row = $group | Select-Object IpFilterGroupKey, StageKey, @{ n = 'Name'; e = { 'A new name' } }").ThrowOnError();
        lab.Run("$row | Set-OdcIpFilterGroup -WhatIf").ThrowOnError();
        Assert.Contains($"IP filter group {lab.Run("$name").Single<string>()} in Production", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("A new name", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("it names A new name", Assert.Single(lab.Run("$row | Remove-OdcIpFilterGroup -WhatIf").Errors).MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        Assert.Contains("Stage Production has no IP filter group 'nothing'", Assert.Single(lab.Run("Remove-OdcIpFilterGroup nothing -Stage Production -WhatIf").Errors).MustBe("OdcNotFound").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_of_another_tenant_is_refused_before_anything_is_sent()
    {
        await using var emulator = await Lab.StartAsync(hasGlobex: true);
        using var shell = Shell.Connected(emulator["acme"], parameters: "-Name acme");
        shell.Connect(emulator["globex"], parameters: "-Name globex").ThrowOnError();
        shell.Run("$gd = Get-OdcDomain Production -Connection globex | Where-Object BuiltIn -eq $false; $gs = Get-OdcStage Production -Connection globex; $key = (Get-OdcDomain Production -Connection acme)[1].DomainKey").ThrowOnError();
        foreach (var line in new[]
        {
            "$gd | Remove-OdcDomain -Connection acme -WhatIf", "$gd | Set-OdcDomain -RedirectOption None -Connection acme", "Remove-OdcDomain $key -Stage $gs -Connection acme -WhatIf",
            "Get-OdcBuiltInDomain Production -Connection globex | Remove-OdcBuiltInDomain -Connection acme -WhatIf", "$gd | Set-OdcDefaultDomain -Connection acme -WhatIf",
        })
        {
            Assert.Contains("belongs to a stage that this tenant does not have, or that this API client can't see", Assert.Single(shell.Run(line).Errors).MustBe("OdcNotFound").ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_client_that_may_not_see_stages_is_not_refused()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$domain = Get-OdcDomain Production -Name apps*").ThrowOnError();
        lab.Tenant.Clients["auditor"].Permissions = ["Configuration management > View configurations", "Configuration management > Manage domains"];
        lab.Shell.Connect(lab.Tenant, "auditor", parameters: "-Name auditor").ThrowOnError();
        lab.Run("$domain | Remove-OdcDomain -Connection auditor -WhatIf").ThrowOnError();
        Assert.Contains("domain apps.acme.example", lab.Shell.Host.Text, StringComparison.Ordinal);
    }

    private static (string? App, string? Redirect) State(TenantLab lab)
    {
        var domain = lab.Domain(DomainLab.Apps, "Production");
        return (domain.DefaultAssetName, domain.RedirectOption);
    }
}
