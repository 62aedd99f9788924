namespace OdcPowerShell.Tests.Binding;

/// <summary>The same object twice in the input is changed, removed or started once: lists joined from several sources have it more than once.</summary>
public sealed class RepeatedInputTests
{
    [Theory]
    [InlineData("Start-OdcBuild 'Invoicing', 'Invoicing' -Wait", 1)]
    [InlineData("Start-OdcBuild 'Invoicing', 'Fleet', 'Invoicing'", 2)]
    [InlineData("Start-OdcUndeployment 'Invoicing', 'invoicing' -Stage QA -Wait -Confirm:$false", 1)]
    [InlineData("Get-OdcDeployedAsset Fleet -Flat | Start-OdcUndeployment -Stage QA -Confirm:$false", 1)]
    [InlineData("$u = Get-OdcUser -First 1; $u, $u, $u.UserKey | Remove-OdcUser -Confirm:$false", 1)]
    [InlineData("$u = Get-OdcUser -First 1; $u, $u | Disable-OdcUser -Confirm:$false", 1)]
    [InlineData("$u = Get-OdcUser -First 2; $u[0], $u[1], $u[0] | Remove-OdcUser -Confirm:$false", 2)]
    [InlineData("$g = New-OdcGroup Repeated -Stage QA; $g, $g | Remove-OdcGroup -Confirm:$false", 2)]
    public async Task It_is_done_once(string line, int changes)
    {
        await using var lab = await TenantLab.StartAsync(users: 20);
        lab.Forget();
        lab.Run(line).ThrowOnError();
        Assert.Equal(changes, lab.Changes.Count());
    }

    /// <summary>Back to a value that was set before is a change again, and new objects may have one name.</summary>
    [Theory]
    [InlineData("$k = (Get-OdcUser -First 1).UserKey; 'A', 'B', 'A' | ForEach-Object { [pscustomobject]@{ UserKey = $k; Name = $_ } } | Set-OdcUser -Confirm:$false; (Get-OdcUser $k).Name", 3, "A")]
    [InlineData("'x', 'x' | ForEach-Object { [pscustomobject]@{ Name = 'Twin'; AssetType = 'WebApplication' } } | New-OdcAsset | Out-Null; (Get-OdcAsset Twin).Count", 2, "2")]
    public async Task What_is_not_the_same_is_done_again(string line, int changes, string outcome)
    {
        await using var lab = await TenantLab.StartAsync(users: 20);
        lab.Forget();
        Assert.Equal(outcome, lab.Run(line).Output.Last().ToString());
        Assert.Equal(changes, lab.Changes.Count());
    }

    [Theory]
    [InlineData("$u = Get-OdcUser -First 1; $u, $u | Remove-OdcUser -WhatIf")]
    [InlineData("Start-OdcUndeployment Invoicing, Invoicing -Stage QA -WhatIf")]
    public async Task WhatIf_shows_it_once(string line)
    {
        await using var lab = await TenantLab.StartAsync(users: 20);
        lab.Forget();
        lab.Run(line).ThrowOnError();
        Assert.Empty(lab.Changes);
        Assert.Single(lab.Shell.Host.Text.Split("What if:").Skip(1));
    }

    [Fact]
    public async Task What_failed_is_tried_again()
    {
        await using var lab = await TenantLab.StartAsync(users: 20);
        lab.Forget();
        var result = lab.Run("$k = [guid]::NewGuid(); $k, $k | Remove-OdcUser -Confirm:$false");
        Assert.Equal(2, result.Errors.Count);
        Assert.Equal(2, lab.Changes.Count());
    }
}
