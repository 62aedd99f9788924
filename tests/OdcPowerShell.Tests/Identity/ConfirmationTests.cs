using System.Management.Automation;
using OdcPowerShell.Tests.Conventions;

namespace OdcPowerShell.Tests.Identity;

/// <summary>What takes something away asks first.</summary>
public sealed class ConfirmationTests
{
    private const int Yes = 0;
    private const int No = 2;

    /// <summary>Lines that remove something, with what the question must name.</summary>
    public static TheoryData<string, string> Removals => new()
    {
        { "Get-OdcUser -First 1 | Remove-OdcUser", "DELETE" },
        { "Get-OdcGroup 'Fleet Driver Team' -Stage QA | Remove-OdcGroup", "Fleet Driver Team" },
        { "Remove-OdcGroupUser -Group (Get-OdcGroup 'Fleet Driver Team' -Stage QA) -User (Get-OdcUser -First 1)", "userKeysToRemove" },
        { "Remove-OdcOrganizationRole 'Release Crew'", "Release Crew" },
        { "Get-OdcGroup | ForEach-Object ClaimMappings | Where-Object { $_.ForeignClaim.Name -eq 'groups' } | Remove-OdcGroupClaimMapping", "/claim-mappings/" },
    };

    [Theory]
    [MemberData(nameof(Removals))]
    public async Task A_removal_asks_and_takes_no_for_an_answer(string line, string named)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Shell.Host.Choice = No;
        lab.Run(line).ThrowOnError();
        Assert.Contains("Are you sure", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains(named, lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
        lab.Shell.Host.Choice = Yes;
        lab.Run(line);
        Assert.NotEmpty(lab.Changes);
    }

    [Fact]
    public void Every_removal_is_among_them() =>
        Faults.None(Module.CmdletTypes.Where(t => t.Declaration().VerbName == VerbsCommon.Remove && t.Namespace!.EndsWith(".Identity", StringComparison.Ordinal))
            .Select(t => t.CmdletName()).Where(name => !Removals.Any(r => r.Data.Item1.Contains(name, StringComparison.Ordinal))));

    [Theory]
    [InlineData("Get-OdcUser -First 1 | Disable-OdcUser")]
    [InlineData("New-OdcGroup Clerks -Stage QA")]
    public async Task Other_changes_ask_only_when_told_to(string line)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Shell.Host.Choice = No;
        lab.Run(line + " -Confirm").ThrowOnError();
        Assert.Empty(lab.Changes);
        lab.Run(line).ThrowOnError();
        Assert.Single(lab.Changes);
    }
}
