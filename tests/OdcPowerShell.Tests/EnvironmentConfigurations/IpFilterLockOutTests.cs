using OdcPowerShell.EnvironmentConfigurations;

namespace OdcPowerShell.Tests.EnvironmentConfigurations;

/// <summary>What can lock people out asks first, says who is affected, and warns of this machine.</summary>
public sealed class IpFilterLockOutTests
{
    private const string Mine = "203.0.113.7";
    private const int No = 2;

    [Theory]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Allow -Rule (New-OdcIpFilterRule A 192.0.2.1, 2001:db8::/48) -Asset Claims, Fleet", "only 192.0.2.1, 2001:db8::/48 can reach 2 apps (Claims, Fleet)")]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Allow -Rule (New-OdcIpFilterRule A 192.0.2.1) -Asset Claims", "only 192.0.2.1 can reach 1 app (Claims), and no IPv6 address")]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Allow -Asset Claims, Fleet, Expenses, Invoicing", "no rule is active, so that no address can reach 4 apps (Claims, Fleet, Expenses, …)")]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Allow -Rule (New-OdcIpFilterRule A 192.0.2.1 -Inactive) -Asset Claims", "no rule is active, so that no address can reach 1 app (Claims)")]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Deny -Rule (New-OdcIpFilterRule A 0.0.0.0/0) -Asset Claims", "no IPv4 address can reach 1 app (Claims)")]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Deny -Rule (New-OdcIpFilterRule A ::/0) -Asset Claims", "no IPv6 address can reach 1 app (Claims)")]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Deny -Rule (New-OdcIpFilterRule A 0.0.0.0/1, 128.0.0.0/1, ::/0) -Asset Claims", "no address can reach 1 app (Claims)")]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Deny -Rule (New-OdcIpFilterRule A 192.0.2.1) -Asset Claims", "all addresses but 192.0.2.1 can reach 1 app (Claims)")]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Deny", "all addresses can reach apps that are added to it")]
    [InlineData("Set-OdcIpFilterGroup Office -Stage QA -Rule @()", "the rule Head office is removed, the rule VPN is removed, the rule Old office is removed; then no rule is active, so that no address can reach 1 app (HR Self Service)")]
    [InlineData("Set-OdcIpFilterGroup Office -Stage QA -RemoveRule 'Head office'", "the rule Head office is removed; then only 198.51.100.7 can reach 1 app (HR Self Service), and no IPv6 address")]
    [InlineData("Set-OdcIpFilterGroup Office -Stage QA -RemoveRule VPN, 'Head office'", "no rule is active, so that no address can reach 1 app (HR Self Service)")]
    [InlineData("Get-OdcIpFilterGroup QA -Name Office | Set-OdcIpFilterGroup -AddAsset Claims", "1 app (Claims) gets this filter; then only 203.0.113.0/24, 2001:db8:10::/48, 198.51.100.7 can reach 2 apps (HR Self Service, Claims)")]
    [InlineData("Set-OdcIpFilterGroup Office -Stage QA -Asset @()", "1 app (HR Self Service) loses it and gets the stage's default group")]
    [InlineData("Set-OdcIpFilterGroup Default -Stage QA -AccessType Allow", "it becomes an allow list; then no rule is active, so that no address can reach")]
    [InlineData("Remove-OdcIpFilterGroup Office -Stage QA", "1 app (HR Self Service) loses this filter and gets the stage's default group")]
    [InlineData("Get-OdcIpFilterGroup QA -Name Office | Remove-OdcIpFilterGroup", "IP filter group Office in QA: 1 app (HR Self Service) loses this filter")]
    public async Task The_question_says_who_is_affected_and_No_changes_nothing(string line, string named)
    {
        await using var lab = await IpFilterLab.StartAsync();
        lab.Shell.Host.Choice = No;
        lab.Run(line).ThrowOnError();
        Assert.Contains("Are you sure", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains(named, lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Empty(lab.Tenant.Changes);
        lab.Run(line + " -WhatIf").ThrowOnError();
        Assert.Equal(2, lab.Shell.Host.Text.Split(named).Length - 1);
        Assert.Empty(lab.Tenant.Changes);
        lab.Shell.Host.Choice = 0;
        lab.Run(line).ThrowOnError();
        Assert.Single(lab.Tenant.Changes);
    }

    [Fact]
    public void What_can_lock_people_out_has_a_high_impact()
    {
        using var shell = new Shell();
        foreach (var command in (string[])["New-OdcIpFilterGroup", "Set-OdcIpFilterGroup", "Remove-OdcIpFilterGroup"])
            Assert.Equal("High", shell.Run($"[System.Management.Automation.CommandMetadata]::new((Get-Command {command})).ConfirmImpact.ToString()").Single<string>());
    }

    [Theory]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Allow -Rule (New-OdcIpFilterRule A 192.0.2.1)", true)]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Allow -Rule (New-OdcIpFilterRule A 203.0.113.0/24 -Inactive)", true)]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Allow -Rule (New-OdcIpFilterRule A 203.0.113.0/24)", false)]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Allow -Rule (New-OdcIpFilterRule A 0.0.0.0/0)", false)]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Deny -Rule (New-OdcIpFilterRule A 203.0.113.7)", true)]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Deny -Rule (New-OdcIpFilterRule A 192.0.2.1)", false)]
    [InlineData("Set-OdcIpFilterGroup Office -Stage QA -RemoveRule 'Head office'", true)]
    [InlineData("Set-OdcIpFilterGroup Office -Stage QA -RemoveRule VPN", false)]
    [InlineData("Set-OdcIpFilterGroup Office -Stage QA -Rule @()", true)]
    [InlineData("Set-OdcIpFilterGroup Default -Stage QA -AccessType Allow", true)]
    public async Task This_machine_s_own_address_is_checked(string line, bool warns)
    {
        await using var lab = await IpFilterLab.StartAsync(addresses: [Mine, "10.0.0.4", "127.0.0.1"]);
        var warnings = lab.Run(line + " -Confirm:$false").ThrowOnError().Warnings;
        if (warns)
            Assert.Contains($"this machine's address {Mine} will be locked out", Assert.Single(warnings), StringComparison.Ordinal);
        else
            Assert.Empty(warnings);
    }

    [Fact]
    public async Task A_second_family_is_an_address_of_its_own()
    {
        await using var lab = await IpFilterLab.StartAsync(addresses: [Mine, "2001:db8:10::5"]);
        var warning = Assert.Single(lab.Run("New-OdcIpFilterGroup A -Stage QA -AccessType Allow -Rule (New-OdcIpFilterRule A 203.0.113.0/24) -Confirm:$false").ThrowOnError().Warnings);
        Assert.Contains("address 2001:db8:10::5 will be locked out: no active rule contains it", warning, StringComparison.Ordinal);
        warning = Assert.Single(lab.Run("New-OdcIpFilterGroup B -Stage QA -AccessType Allow -MyAddress 198.51.100.9 -Confirm:$false").ThrowOnError().Warnings);
        Assert.Contains("addresses 198.51.100.9, 203.0.113.7, 2001:db8:10::5 will be locked out", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_not_known_is_not_guessed()
    {
        await using var lab = await IpFilterLab.StartAsync(addresses: ["10.0.0.4", "fe80::1"]);
        const string Allow = "-Stage QA -AccessType Allow -Rule (New-OdcIpFilterRule A 203.0.113.0/24) -Confirm:$false";
        var warning = Assert.Single(lab.Run("New-OdcIpFilterGroup A " + Allow).ThrowOnError().Warnings);
        Assert.Contains("not known", warning, StringComparison.Ordinal);
        Assert.Contains("-MyAddress", warning, StringComparison.Ordinal);
        Assert.Empty(lab.Run($"New-OdcIpFilterGroup B {Allow} -MyAddress {Mine}").ThrowOnError().Warnings);
        Assert.Contains("192.0.2.9 will be locked out", Assert.Single(lab.Run($"Set-OdcIpFilterGroup B -Stage QA -AddRule (New-OdcIpFilterRule B 198.51.100.1) -MyAddress {Mine}, 192.0.2.9 -Confirm:$false").ThrowOnError().Warnings), StringComparison.Ordinal);
        // A deny list locks out the few that it names.
        Assert.Empty(lab.Run("New-OdcIpFilterGroup C -Stage QA -AccessType Deny -Rule (New-OdcIpFilterRule A 203.0.113.0/24) -Confirm:$false").ThrowOnError().Warnings);
        Assert.All(lab.Tenant.Tenant.Statistics.Requests, r => Assert.StartsWith("/", r.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_removal_takes_one_request_without_a_question_and_the_default_group_stays()
    {
        await using var lab = await IpFilterLab.StartAsync();
        lab.Run("$office = Get-OdcIpFilterGroup QA -Name Office").ThrowOnError();
        lab.Forget();
        Assert.Empty(lab.Run("$office | Remove-OdcIpFilterGroup -Confirm:$false").ThrowOnError().Output);
        Assert.Equal(["DELETE one"], lab.Sent);
        lab.Run("$office | Remove-OdcIpFilterGroup -Confirm:$false").Error.MustBe("OdcNotFound");
        Assert.Equal("Default", lab.Run("Get-OdcIpFilterGroup QA").Single<OdcIpFilterGroup>().Name);
        Assert.Contains("default group", lab.Run("Remove-OdcIpFilterGroup Default -Stage QA -Confirm:$false").Error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
    }
}
