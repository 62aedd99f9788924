namespace OdcPowerShell.Tests.Binding;

/// <summary>A row of Get-OdcDeployedAsset -Matrix says where an asset runs: it is no asset to remove.</summary>
public sealed class MatrixInputTests
{
    [Theory]
    [InlineData("Get-OdcDeployedAsset Fleet -Matrix | Remove-OdcAsset -Confirm:$false")]
    [InlineData("Get-OdcDeployedAsset Fleet -Matrix | Select-Object -First 1 | Remove-OdcAsset -Confirm:$false")]
    public async Task It_removes_nothing(string line)
    {
        await using var lab = await TenantLab.StartAsync(users: 0);
        lab.Forget();
        Assert.Contains("OdcDeployedAsset", lab.Run(line).Error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
    }
}
