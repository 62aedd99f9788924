namespace OdcPowerShell.Tests.Session;

/// <summary>A variable that holds nothing must not stand for everything, or for another tenant.</summary>
public sealed class NothingGivenTests
{
    [Theory]
    [InlineData("Disable-OdcUser ana@acme.example -Connection $null")]
    [InlineData("Get-OdcUser -Connection $unset")]
    [InlineData("$null | Disconnect-Odc")]
    [InlineData("Test-OdcConnection $null")]
    [InlineData("Get-OdcConnection $unset")]
    public async Task No_connection_is_not_the_default_one(string line)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Forget();
        Assert.True(lab.Run(line).HasError, line);
        Assert.Empty(lab.Sent);
        lab.Run("Get-OdcConnection -Default").ThrowOnError();
    }

    [Theory]
    [InlineData("Get-OdcUser -User @($none) | Remove-OdcUser -Confirm:$false")]
    [InlineData(",@() | Get-OdcUser")]
    [InlineData("Get-OdcUser -Stage @($none)")]
    [InlineData("Get-OdcGroup -Group @()")]
    [InlineData("Get-OdcAsset -Asset @()")]
    [InlineData("Get-OdcEndUserRole -EndUserRole @()")]
    [InlineData("Get-OdcOrganizationRole -OrganizationRole @()")]
    [InlineData("Get-OdcPortfolio -Portfolio @()")]
    [InlineData("Get-OdcDeployedAsset -Asset @()")]
    [InlineData("New-OdcOrganizationRole Some 'View members' -Stage @($none)")]
    public async Task An_empty_list_is_not_everything(string line)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Forget();
        Assert.True(lab.Run("$none = @(); " + line).HasError, line);
        Assert.Empty(lab.Sent);
    }

    [Fact]
    public async Task A_role_can_be_left_without_permissions()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("New-OdcOrganizationRole Some 'View members' | Set-OdcOrganizationRole -RemovePermission 'View members'").ThrowOnError();
        Assert.Empty(lab.Run("(Get-OdcOrganizationRole Some | Get-OdcOrganizationRole).Permissions").Output);
    }

    [Theory]
    [InlineData("Set-OdcOrganizationRole Developer -Permission @()")]
    [InlineData("Set-OdcOrganizationRole Developer -Permission @(Get-OdcPermission | Where-Object Name -eq 'Releas')")]
    [InlineData("Grant-OdcOrganizationRole (Get-OdcUser -First 1) Developer -Asset (Get-OdcAsset Nothing*)")]
    [InlineData("Revoke-OdcOrganizationRole (Get-OdcUser -First 1) Developer -Asset @()")]
    [InlineData("Grant-OdcOrganizationRole (Get-OdcUser -First 1) Developer -Asset $unset")]
    public async Task No_asset_is_not_the_whole_organization_and_no_permission_no_list(string line)
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.True(lab.Run(line).HasError, line);
        Assert.Empty(lab.Changes);
    }

    [Theory]
    [InlineData("Start-OdcPublication")]
    [InlineData("Start-OdcBuild")]
    [InlineData("Start-OdcDeployment -Stage QA")]
    public async Task An_empty_cell_is_not_revision_0(string command)
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.NotEmpty(lab.Run($"[pscustomobject]@{{ AssetKey = (Get-OdcAsset Fleet).AssetKey; Revision = '' }} | {command} -Confirm:$false").Errors);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task Empty_cells_of_a_new_user_and_a_new_asset_say_nothing()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("[pscustomobject]@{ Email = 'ana@acme.example'; Name = ''; IdentityProvider = ''; Subject = '' } | New-OdcUser").ThrowOnError();
        lab.Run("[pscustomobject]@{ Name = 'Orders'; Type = 'WebApplication'; Template = ''; IconPath = ''; Portfolio = ''; Description = '' } | New-OdcAsset").ThrowOnError();
    }
}
