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
    [InlineData("Get-OdcDomain Production -Name apps* | Set-OdcDomain -Stage QA -RedirectOption None", "belongs to stage Production, not to QA")]
    [InlineData("Set-OdcDomain apps.acme.example -Stage QA -RedirectOption None", "There is no domain with the hostname or name 'apps.acme.example'")]
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
    [InlineData("Remove-OdcDomain apps.acme.example -Stage QA -Confirm:$false", "There is no domain")]
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

    private static (string? App, string? Redirect) State(TenantLab lab)
    {
        var domain = lab.Domain(DomainLab.Apps, "Production");
        return (domain.DefaultAssetName, domain.RedirectOption);
    }
}
