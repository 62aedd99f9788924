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
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Allow -Rule (New-OdcIpFilterRule A 0.0.0.0/0) -Asset Claims", "every IPv4 address can reach 1 app (Claims), and no IPv6 address")]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Allow -Rule (New-OdcIpFilterRule A 0.0.0.0/0, 192.0.2.1, 2001:db8::/48) -Asset Claims", "every IPv4 address, 2001:db8::/48 can reach 1 app (Claims)")]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Deny -Rule (New-OdcIpFilterRule A 0.0.0.0/0) -Asset Claims", "no IPv4 address can reach 1 app (Claims)")]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Deny -Rule (New-OdcIpFilterRule A ::/0) -Asset Claims", "no IPv6 address can reach 1 app (Claims)")]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Deny -Rule (New-OdcIpFilterRule A 0.0.0.0/1, 128.0.0.0/1, ::/0) -Asset Claims", "no address can reach 1 app (Claims)")]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Deny -Rule (New-OdcIpFilterRule A 192.0.2.1) -Asset Claims", "all addresses but 192.0.2.1 can reach 1 app (Claims)")]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Deny", "all addresses can reach apps that are added to it")]
    [InlineData("Set-OdcIpFilterGroup Office -Stage QA -Rule @()", "the rule Head office is removed, the rule VPN is removed, the rule Old office is removed; then no rule is active, so that no address can reach 1 app (HR Self Service)")]
    [InlineData("Set-OdcIpFilterGroup Office -Stage QA -RemoveRule 'Head office'", "the rule Head office is removed; then only 198.51.100.7 can reach 1 app (HR Self Service), and no IPv6 address")]
    [InlineData("Set-OdcIpFilterGroup Office -Stage QA -RemoveRule VPN, 'Head office'", "no rule is active, so that no address can reach 1 app (HR Self Service)")]
    [InlineData("Get-OdcIpFilterGroup QA -Name Office | Set-OdcIpFilterGroup -AddAsset Claims", "1 app (Claims) gets this filter; then only 203.0.113.0/24, 2001:db8:10::/48, 198.51.100.7 can reach 2 apps (HR Self Service, Claims)")]
    [InlineData("Set-OdcIpFilterGroup Office -Stage QA -Asset @()", "1 app (HR Self Service) loses it and gets the stage's default group: all addresses can reach it")]
    [InlineData("Set-OdcIpFilterGroup Default -Stage QA -AccessType Allow", "it becomes an allow list; then no rule is active, so that no address can reach")]
    [InlineData("Set-OdcIpFilterGroup Default -Stage QA -AccessType Allow", "no address can reach every app of the stage that is in no other group: this is the stage's default group")]
    [InlineData("Set-OdcIpFilterGroup Default -Stage QA -AddRule (New-OdcIpFilterRule A 192.0.2.1)", "the rule A is added; then all addresses but 192.0.2.1 can reach every app of the stage that is in no other group: this is the stage's default group")]
    [InlineData("Set-OdcIpFilterGroup Office -Stage QA -AddRule (New-OdcIpFilterRule A 198.51.100.7)", "then only 203.0.113.0/24, 2001:db8:10::/48, 198.51.100.7 can reach")]
    [InlineData("Set-OdcIpFilterGroup Office -Stage QA -RemoveRule 'Old office', VPN -AddRule (New-OdcIpFilterRule 'Old office' 192.0.2.0-192.0.2.99), (New-OdcIpFilterRule VPN 198.51.100.7 -Inactive)", "the rule VPN becomes inactive, the rule Old office becomes active; then")]
    [InlineData("Set-OdcIpFilterGroup Office -Stage QA -RemoveRule 'Old office' -AddRule (New-OdcIpFilterRule 'Old office' 192.0.2.0)", "the rule Old office is changed and becomes active; then")]
    [InlineData("Set-OdcIpFilterGroup Office -Stage QA -Name Offices -Description $null", "IP filter group Office in QA: its name becomes Offices, its description is cleared (PATCH")]
    [InlineData("Set-OdcIpFilterGroup Office -Stage QA -Description New -RemoveRule VPN", "its description becomes 'New', the rule VPN is removed; then")]
    [InlineData("Remove-OdcIpFilterGroup Office -Stage QA", "1 app (HR Self Service) loses this filter and gets the stage's default group: all addresses can reach it")]
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
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Allow -Rule (New-OdcIpFilterRule A 192.0.2.1) -Asset Claims", true)]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Allow -Rule (New-OdcIpFilterRule A 203.0.113.0/24 -Inactive) -Asset Claims", true)]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Allow -Rule (New-OdcIpFilterRule A 203.0.113.0/24) -Asset Claims", false)]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Allow -Rule (New-OdcIpFilterRule A 0.0.0.0/0) -Asset Claims", false)]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Deny -Rule (New-OdcIpFilterRule A 203.0.113.7) -Asset Claims", true)]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Deny -Rule (New-OdcIpFilterRule A 192.0.2.1) -Asset Claims", false)]
    [InlineData("New-OdcIpFilterGroup Second -Stage QA -AccessType Allow -Rule (New-OdcIpFilterRule A 192.0.2.1)", false)]
    [InlineData("Set-OdcIpFilterGroup Office -Stage QA -Asset @()", false)]
    [InlineData("Set-OdcIpFilterGroup Office -Stage QA -Asset Claims", false)]
    [InlineData("Set-OdcIpFilterGroup Office -Stage QA -Rule @() -Asset @()", false)]
    [InlineData("Set-OdcIpFilterGroup Office -Stage QA -RemoveRule 'Head office' -MyAddress 198.51.100.7", false)]
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
        var warning = Assert.Single(lab.Run("New-OdcIpFilterGroup A -Stage QA -AccessType Allow -Rule (New-OdcIpFilterRule A 203.0.113.0/24) -Asset Claims -Confirm:$false").ThrowOnError().Warnings);
        Assert.Contains("address 2001:db8:10::5 will be locked out: no active rule contains it", warning, StringComparison.Ordinal);
        warning = Assert.Single(lab.Run("New-OdcIpFilterGroup B -Stage QA -AccessType Allow -Asset Fleet -MyAddress 198.51.100.9 -Confirm:$false").ThrowOnError().Warnings);
        Assert.Contains("this machine's address 198.51.100.9 will be locked out", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_not_known_is_not_guessed()
    {
        await using var lab = await IpFilterLab.StartAsync(addresses: ["10.0.0.4", "fe80::1"]);
        const string Allow = "-Stage QA -AccessType Allow -Rule (New-OdcIpFilterRule A 203.0.113.0/24) -Confirm:$false";
        var warning = Assert.Single(lab.Run($"New-OdcIpFilterGroup A {Allow} -Asset Claims").ThrowOnError().Warnings);
        Assert.Contains("not known", warning, StringComparison.Ordinal);
        Assert.Contains("-MyAddress", warning, StringComparison.Ordinal);
        Assert.Empty(lab.Run($"New-OdcIpFilterGroup B {Allow} -Asset Fleet -MyAddress {Mine}").ThrowOnError().Warnings);
        Assert.Contains("192.0.2.9 is still locked out", Assert.Single(lab.Run($"Set-OdcIpFilterGroup B -Stage QA -AddRule (New-OdcIpFilterRule B 198.51.100.1) -MyAddress {Mine}, 192.0.2.9 -Confirm:$false").ThrowOnError().Warnings), StringComparison.Ordinal);
        // A deny list locks out the few that it names.
        Assert.Empty(lab.Run("New-OdcIpFilterGroup C -Stage QA -AccessType Deny -Rule (New-OdcIpFilterRule A 203.0.113.0/24) -Asset Expenses -Confirm:$false").ThrowOnError().Warnings);
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

    [Fact]
    public async Task A_group_without_apps_may_be_the_default_group()
    {
        await using var lab = await IpFilterLab.StartAsync(addresses: Mine);
        lab.Run("Set-OdcIpFilterGroup Default -Stage QA -Name Everyone -Confirm:$false; $group = Get-OdcIpFilterGroup QA Everyone").ThrowOnError();
        var warning = Assert.Single(lab.Run("$group | Set-OdcIpFilterGroup -AccessType Allow -WhatIf").ThrowOnError().Warnings);
        Assert.Contains($"{Mine} will be locked out", warning, StringComparison.Ordinal);
        Assert.Contains("this may be the stage's default group, and then it is so for every app of the stage that is in no other group", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Empty(lab.Run("Set-OdcIpFilterGroup Office -Stage QA -Asset @() -WhatIf").ThrowOnError().Warnings);
        Assert.Contains("gets the stage's default group, which may allow all addresses", lab.Shell.Host.Text, StringComparison.Ordinal);
        // Another group that is the default one is known: this one concerns nobody.
        lab.Run("$null = New-OdcIpFilterGroup Empty -Stage Production -AccessType Deny -Confirm:$false; $empty = Get-OdcIpFilterGroup Production Empty").ThrowOnError();
        Assert.Empty(lab.Run("$empty | Set-OdcIpFilterGroup -AddRule (New-OdcIpFilterRule A 203.0.113.7) -WhatIf").ThrowOnError().Warnings);
        Assert.Contains("can reach apps that are added to it (PATCH", lab.Shell.Host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_known_not_to_work_is_rejected_before_it_is_sent()
    {
        await using var lab = await IpFilterLab.StartAsync();
        lab.Run("$default, $office = Get-OdcIpFilterGroup QA").ThrowOnError();
        Assert.Contains("can't be removed", lab.Run("$default | Remove-OdcIpFilterGroup -WhatIf").Error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        Assert.Contains("New-OdcIpFilterGroup", lab.Run("$office | Set-OdcIpFilterGroup -AccessType Deny -WhatIf").Error.MustBe("OdcInvalidRequest").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("already has a group Office", lab.Run("New-OdcIpFilterGroup office -Stage QA -AccessType Deny -WhatIf").Error.MustBe("OdcConflict").ToString(), StringComparison.Ordinal);
        Assert.Contains("already has a group Default", lab.Run("$office | Set-OdcIpFilterGroup -Name default -WhatIf").Error.MustBe("OdcConflict").ToString(), StringComparison.Ordinal);
        lab.Run("$office | Set-OdcIpFilterGroup -Name OFFICE -WhatIf; New-OdcIpFilterGroup Office2 -Stage QA -AccessType Deny -WhatIf").ThrowOnError();
        await lab.ChangeElsewhereAsync("QA", "Office", new() { ["name"] = "Elsewhere" });
        lab.Run("New-OdcIpFilterGroup Office -Stage QA -AccessType Deny -WhatIf").ThrowOnError();
        foreach (var type in (string[])["Agent", "LowCodeLibrary"])
        {
            lab.Run($"$asset = Get-OdcAsset -Type {type} -First 1").ThrowOnError();
            foreach (var line in (string[])["New-OdcIpFilterGroup Third -Stage QA -AccessType Deny -Asset $asset -WhatIf", "Set-OdcIpFilterGroup Elsewhere -Stage QA -AddAsset $asset.AssetKey -WhatIf"])
                Assert.Contains($"{type}, which can't be in an IP filter group", lab.Run(line).Error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        }

        Assert.Empty(lab.Tenant.Changes);
    }
}
