using OdcPowerShell.Identity;

namespace OdcPowerShell.Tests.Binding;

/// <summary>What can't be meant is noticed before anything is sent; what a row or a batch was made of is not lost.</summary>
public sealed class ContradictionTests
{
    private const string U = "(Get-OdcUser -First 1)";

    [Theory]
    [InlineData("Set-OdcStage QA -Name " + Long)]
    [InlineData("Set-OdcPortfolio Partners " + Long)]
    [InlineData("Set-OdcStage -Update @{ StageKey = 'QA'; Name = '" + Long + "' }")]
    [InlineData("Set-OdcStage -Update @{ StageKey = 'QA'; Order = 1 }, @{ StageKey = 'qa'; Name = 'x' }")]
    [InlineData("Set-OdcStage QA -Order -1")]
    [InlineData("Set-OdcOrganizationRole Viewer -Permission 'View members' -AddPermission 'View groups'")]
    [InlineData("Set-OdcOrganizationRole Viewer -Permission 'View members' -RemovePermission 'View groups'")]
    [InlineData("New-OdcUser ana@new.example -Subject x")]
    [InlineData("New-OdcUser ana@new.example -Username x")]
    [InlineData("Import-OdcUser ana@new.example -Subject x")]
    [InlineData("New-OdcUser '   '")]
    [InlineData("New-OdcUser ana@new.example -Active $true -Inactive")]
    [InlineData("Grant-OdcOrganizationRole $u Viewer -StartTime 2026-12-31 -EndTime 2026-12-01")]
    [InlineData("Grant-OdcOrganizationRole $u Viewer -StartTime 2026-12-01 -EndTime 2026-12-01")]
    [InlineData("Get-OdcUser -LastLoginSince 2026-12-31 -LastLoginTo 2026-12-01")]
    [InlineData("Measure-OdcUser -LastLoginSince 2026-12-31 -LastLoginTo 2026-12-01")]
    [InlineData("Get-OdcDeployment -Since 2026-12-31 -Before 2026-12-01")]
    [InlineData("Get-OdcPublication -Since 2026-12-31 -Before 2026-12-01")]
    [InlineData("Get-OdcAssetRevision Fleet -Since 2026-12-31 -Before 2026-12-01")]
    [InlineData("Start-OdcBuild Fleet 1 -BuildType $null")]
    [InlineData("Set-OdcUser $u -Name $null")]
    public async Task It_is_an_error_and_nothing_is_changed(string line)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run($"$u = {U}").ThrowOnError();
        lab.Forget();
        var result = lab.Run(line + (line.Contains("Get-", StringComparison.Ordinal) || line.Contains("Measure", StringComparison.Ordinal) ? "" : " -Confirm:$false"));
        Assert.True(result.HasError, line);
        Assert.Empty(lab.Changes);
        Assert.DoesNotContain(lab.Tenant.Statistics.Requests, r => r.PathAndQuery.Contains("2026", StringComparison.Ordinal));
        Assert.True(result.Error.Exception is OdcException || result.Error.CategoryInfo.Category == System.Management.Automation.ErrorCategory.InvalidData, result.Error.ToString());
    }

    [Fact]
    public async Task An_import_that_is_not_waited_for_knows_its_rows()
    {
        await using var lab = await TenantLab.StartAsync();
        var import = lab.Run("'a@new.example', 'b@new.example' | Import-OdcUser").Single<OdcUserImport>();
        Assert.Equal(["a@new.example", "b@new.example"], import.Emails);
        Assert.Equal(["a@new.example", "b@new.example"], lab.Run("$i = 'a@new.example', 'b@new.example' | Import-OdcUser; $i.Emails").All<string>());
    }

    [Theory]
    [InlineData("'a@new.example'", "1 user (row 1)")]
    [InlineData("'a@new.example', 'b@new.example'", "2 users (rows 1 to 2)")]
    public async Task WhatIf_counts_in_words(string rows, string shown)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run($"{rows} | Import-OdcUser -WhatIf").ThrowOnError();
        Assert.Contains(shown, lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
    }

    [Theory]
    [InlineData("New-OdcUser")]
    [InlineData("Import-OdcUser")]
    [InlineData("Import-OdcUser -Wait")]
    [InlineData("Disable-OdcUser")]
    public async Task A_head_without_the_column_is_shown(string command)
    {
        await using var lab = await TenantLab.StartAsync();
        var result = lab.Run("[pscustomobject]@{ 'E-mail' = 'a@x.example'; Team = 'A' } | " + command);
        Assert.Contains("E-mail, Team", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task Keys_and_a_state_go_together()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$keys = (Get-OdcUser -First 30).UserKey").ThrowOnError();
        var active = lab.Run("Get-OdcUser -User $keys -Status Active").All<OdcUser>();
        Assert.InRange(active.Count, 1, 29);
        Assert.All(active, u => Assert.Equal("Active", u.Status));
        Assert.Empty(lab.Run("Get-OdcUser -User $keys[0] -Status PendingRegistration").ThrowOnError().Output.Skip(1));
    }

    private const string Long = "A23456789_B23456789_C23456789_D23456789_E23456789_F";
}
