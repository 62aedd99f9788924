using OdcPowerShell.Organization;

namespace OdcPowerShell.Tests.Organization;

/// <summary>The name of the organization.</summary>
public sealed class SetOdcOrganizationTests
{
    [Fact]
    public async Task It_is_renamed_and_written_on_request()
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Empty(lab.Run("Set-OdcOrganization 'ACME Group'").ThrowOnError().Output);
        Assert.Equal("ACME Group", lab.Run("(Get-OdcOrganization).Name").Single<string>());
        Assert.Equal("Äcme \"2\"", lab.Run("Rename-OdcOrganization -Name 'Äcme \"2\"' -PassThru").Single<OdcOrganization>().Name);
    }

    [Fact]
    public async Task WhatIf_and_a_question_name_tenant_and_name()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("Set-OdcOrganization New -WhatIf").ThrowOnError();
        Assert.Contains($"organization of {lab.Tenant.Url.Host}: new name New (PATCH ", lab.Shell.Host.Text, StringComparison.Ordinal);
        lab.Shell.Host.Choice = 2;
        lab.Run("Set-OdcOrganization New -Confirm").ThrowOnError();
        Assert.Empty(lab.Sent);
    }

    [Theory]
    [InlineData("''")]
    [InlineData("'  '")]
    [InlineData("$null")]
    public async Task No_name_is_an_error(string name)
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.True(lab.Run($"Set-OdcOrganization {name}").HasError);
        Assert.Empty(lab.Sent);
    }
}
