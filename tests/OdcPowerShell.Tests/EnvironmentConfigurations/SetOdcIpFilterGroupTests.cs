using System.Text.Json.Nodes;
using OdcPowerShell.EnvironmentConfigurations;

namespace OdcPowerShell.Tests.EnvironmentConfigurations;

/// <summary>Changes of groups: single rules and apps, although the service replaces whole lists.</summary>
public sealed class SetOdcIpFilterGroupTests
{
    private const string Vpn = "(New-OdcIpFilterRule Branch 192.0.2.200)";

    [Theory]
    [InlineData("-AddRule " + Vpn, "Head office, VPN, Old office, Branch", "HR Self Service")]
    [InlineData("-RemoveRule VPN", "Head office, Old office", "HR Self Service")]
    [InlineData("-RemoveRule vpn, 'Old office' -AddRule " + Vpn, "Head office, Branch", "HR Self Service")]
    [InlineData("-RemoveRule VPN -AddRule (New-OdcIpFilterRule VPN 192.0.2.7)", "Head office, Old office, VPN", "HR Self Service")]
    [InlineData("-Rule " + Vpn, "Branch", "HR Self Service")]
    [InlineData("-Rule @()", "", "HR Self Service")]
    [InlineData("-AddAsset Claims, Fleet", "Head office, VPN, Old office", "HR Self Service; Claims; Fleet")]
    [InlineData("-RemoveAsset 'HR Self Service' -AddAsset Claims", "Head office, VPN, Old office", "Claims")]
    [InlineData("-Asset Fleet", "Head office, VPN, Old office", "Fleet")]
    [InlineData("-Asset @()", "Head office, VPN, Old office", "")]
    [InlineData("-RemoveRule VPN -AddAsset Claims -Name Renamed", "Head office, Old office", "HR Self Service; Claims")]
    public async Task A_change_keeps_what_it_does_not_name(string parameters, string rules, string apps)
    {
        await using var lab = await IpFilterLab.StartAsync();
        var changed = lab.Run($"Set-OdcIpFilterGroup Office -Stage QA {parameters} -PassThru -Confirm:$false").Single<OdcIpFilterGroup>();
        Assert.Equal((rules, apps, "QA", "Only from the offices."), (string.Join(", ", changed.Rules!.Select(r => r.Name)), changed.AssetNames!.ToString(), changed.StageName, changed.Description));
        // By name: the list, and before the change the group as it is now.
        Assert.Equal(["GET list", "GET one", "PATCH one", "GET one"], lab.Sent);
        Assert.Empty(lab.Run("Set-OdcIpFilterGroup Default -Stage QA -Description x -Confirm:$false").ThrowOnError().Output);
    }

    [Fact]
    public async Task Requests_are_few()
    {
        await using var lab = await IpFilterLab.StartAsync();
        lab.Run("$office = Get-OdcIpFilterGroup QA -Name Office").ThrowOnError();
        lab.Forget();
        lab.Run("$office | Set-OdcIpFilterGroup -Description One -Confirm:$false").ThrowOnError();
        Assert.Equal(["PATCH one"], lab.Sent);
        lab.Forget();
        lab.Run("$office | Set-OdcIpFilterGroup -RemoveRule VPN -Confirm:$false").ThrowOnError();
        Assert.Equal(["GET one", "PATCH one"], lab.Sent);
        lab.Run("$null = Get-OdcIpFilterGroup QA").ThrowOnError();
        lab.Forget();
        lab.Run("Set-OdcIpFilterGroup Office -Stage QA -AddAsset Claims -Confirm:$false").ThrowOnError();
        Assert.Equal(["GET one", "PATCH one"], lab.Sent);
        lab.Forget();
        // Names are looked up for all before the first change.
        lab.Run("Set-OdcIpFilterGroup Office, Default -Stage QA -Description Two -Confirm:$false").ThrowOnError();
        Assert.Equal(["GET list", "PATCH one", "PATCH one"], lab.Sent);
    }

    [Fact]
    public async Task What_is_so_already_is_not_sent()
    {
        await using var lab = await IpFilterLab.StartAsync();
        var result = lab.Run("Set-OdcIpFilterGroup Office -Stage QA -AddAsset 'HR Self Service' -AddRule (New-OdcIpFilterRule VPN 198.51.100.7/32) -AccessType Allow -PassThru -Confirm:$false");
        Assert.Equal(3, result.Single<OdcIpFilterGroup>().RuleCount);
        Assert.Contains("IP filter group Office in QA is so already: nothing is sent.", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Empty(lab.Tenant.Changes);
    }

    [Fact]
    public async Task Description_and_name_change_and_null_clears()
    {
        await using var lab = await IpFilterLab.StartAsync();
        var changed = lab.Run("Get-OdcIpFilterGroup QA -Name Office | Set-OdcIpFilterGroup -Name Offices -Description $null -PassThru -Confirm:$false").Single<OdcIpFilterGroup>();
        Assert.Equal(("Offices", null, 3), (changed.Name, changed.Description, changed.RuleCount));
        var row = lab.Run($"[pscustomobject]@{{ IpFilterGroup = 'Offices'; Stage = 'QA'; Description = 'From a file' }} | Set-OdcIpFilterGroup -PassThru -Confirm:$false").Single<OdcIpFilterGroup>();
        Assert.Equal(("Offices", "From a file"), (row.Name, row.Description));
    }

    [Fact]
    public async Task Only_the_default_group_changes_its_type()
    {
        await using var lab = await IpFilterLab.StartAsync();
        var error = lab.Run("Set-OdcIpFilterGroup Office -Stage QA -AccessType Deny -Confirm:$false").Error.MustBe("OdcInvalidRequest");
        Assert.Contains("create a new group with New-OdcIpFilterGroup", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(lab.Tenant.Changes);
        Assert.Equal("ALLOWLIST", (string)(await lab.GroupAsync("QA", "Office"))["accessType"]!);
        Assert.Equal("ALLOWLIST", lab.Run("Set-OdcIpFilterGroup Default -Stage QA -AccessType Allow -Rule (New-OdcIpFilterRule All 0.0.0.0/0, ::/0) -PassThru -Confirm:$false").Single<OdcIpFilterGroup>().AccessType);
    }

    [Theory]
    [InlineData("", "There is nothing to change")]
    [InlineData("-AddAsset 0f8fad5b-d9cb-469f-a165-70867728950e -RemoveAsset 0f8fad5b-d9cb-469f-a165-70867728950e", "exclude each other")]
    [InlineData("-Rule $null", "-Rule has no value")]
    [InlineData("-Rule $unset", "-Rule has no value")]
    [InlineData("-Rule @($null)", "not nothing")]
    [InlineData("-AddRule @()", "-AddRule has no value")]
    [InlineData("-Rule " + Vpn + " -AddRule " + Vpn, "-Rule is the whole new list")]
    [InlineData("-Rule @() -RemoveRule VPN", "-Rule is the whole new list")]
    [InlineData("-Asset 0f8fad5b-d9cb-469f-a165-70867728950e -AddAsset 0f8fad5b-d9cb-469f-a165-70867728950e", "-Asset is the whole new list")]
    [InlineData("-Asset @() -RemoveAsset 0f8fad5b-d9cb-469f-a165-70867728950e", "-Asset is the whole new list")]
    [InlineData("-AddRule @{ Name = 'A'; Ranges = '10.0.0.5/24' }", "10.0.0.5/24")]
    [InlineData("-AccessType Both", "'Both' is not a type of list")]
    public async Task What_is_wrong_is_an_error_before_anything_is_sent(string parameters, string message)
    {
        await using var lab = await IpFilterLab.StartAsync();
        var error = lab.Run($"Set-OdcIpFilterGroup 7c9e6679-7425-40de-944b-e07fc1f90ae7 -Stage {lab.StageKey("QA")} {parameters} -Confirm:$false").Error.MustBe("OdcInvalidRequest");
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Tenant.Sent);
    }

    [Theory]
    [InlineData("-RemoveRule Branch", "OdcNotFound", "There is no rule 'Branch'", "Head office, VPN, Old office")]
    [InlineData("-RemoveAsset Claims", "OdcNotFound", "Claims is not in the group", "HR Self Service")]
    [InlineData("-AddRule (1..18 | ForEach-Object { New-OdcIpFilterRule \"R$_\" \"10.0.$_.1\" })", "OdcInvalidRequest", "would have 21 rules", "20 rules")]
    public async Task What_does_not_fit_the_group_is_an_error_before_the_change(string parameters, string id, string message, string action)
    {
        await using var lab = await IpFilterLab.StartAsync();
        var error = lab.Run($"Set-OdcIpFilterGroup Office -Stage QA {parameters} -Confirm:$false").Error.MustBe(id);
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.Contains(action, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(lab.Tenant.Changes);
    }

    [Fact]
    public async Task An_app_in_another_group_is_rejected_also_when_it_is_added()
    {
        await using var lab = await IpFilterLab.StartAsync();
        lab.Run("$null = New-OdcIpFilterGroup Second -Stage QA -AccessType Deny -Asset Claims -Confirm:$false").ThrowOnError();
        foreach (var parameters in (string[])["-AddAsset Claims", "-Asset Claims, Fleet"])
        {
            lab.Forget();
            var error = lab.Run($"Set-OdcIpFilterGroup Office -Stage QA {parameters} -Confirm:$false").Error.MustBe("OdcConflict");
            Assert.Contains("Claims is in Second", error.ToString(), StringComparison.Ordinal);
            Assert.Contains("Set-OdcIpFilterGroup 'Second' -Stage 'QA' -RemoveAsset 'Claims'", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            Assert.Empty(lab.Tenant.Changes);
        }

        // In another stage it is free.
        lab.Run("Set-OdcIpFilterGroup Office -Stage Production -AddAsset Claims -Confirm:$false").ThrowOnError();
    }

    [Fact]
    public async Task A_group_belongs_to_its_stage()
    {
        await using var lab = await IpFilterLab.StartAsync();
        lab.Run("$office = Get-OdcIpFilterGroup QA -Name Office").ThrowOnError();
        lab.Forget();
        Assert.Contains("belongs to stage QA", lab.Run("$office | Set-OdcIpFilterGroup -Stage Production -RemoveRule VPN -Confirm:$false").Error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        Assert.Contains("-Stage", lab.Run("Set-OdcIpFilterGroup $office.IpFilterGroupKey -RemoveRule VPN -Confirm:$false").Error.MustBe("OdcInvalidRequest").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("-Stage", lab.Run("Set-OdcIpFilterGroup Office -RemoveRule VPN -Confirm:$false").Error.MustBe("OdcInvalidRequest").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        lab.Run("Set-OdcIpFilterGroup $office.IpFilterGroupKey -Stage Production -RemoveRule VPN -Confirm:$false").Error.MustBe("OdcNotFound");
        lab.Run("Set-OdcIpFilterGroup Nowhere -Stage QA -RemoveRule VPN -Confirm:$false").Error.MustBe("OdcNotFound");
        Assert.Contains("OdcUser", lab.Run("Get-OdcUser -First 1 | Set-OdcIpFilterGroup -Stage QA -RemoveRule VPN -Confirm:$false").Error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Tenant.Changes);
    }

    [Fact]
    public async Task A_group_of_another_tenant_is_not_found_there()
    {
        await using var emulator = await Lab.StartAsync(hasGlobex: true);
        using var shell = Shell.Connected(emulator["acme"], parameters: "-Name acme");
        shell.Connect(emulator["globex"], parameters: "-Name globex").ThrowOnError();
        foreach (var change in (string[])["-RemoveRule VPN", "-Description x"])
            shell.Run($"Get-OdcIpFilterGroup QA Office -Connection acme | Set-OdcIpFilterGroup {change} -Connection globex -Confirm:$false").Error.MustBe("OdcNotFound");
    }

    [Fact]
    public async Task Members_of_a_rule_that_this_module_does_not_know_stay()
    {
        await using var lab = await IpFilterLab.StartAsync();
        var office = lab.Run("$office = Get-OdcIpFilterGroup QA Office; $office").Single<OdcIpFilterGroup>();
        lab.Tenant.Tenant.Answer(
            $"/api/environment-configurations/v1/environments/{office.StageKey}/ip-filter-groups/{office.Key}",
            new CannedAnswer(200, Body: """{ "name": "Office", "accessType": "ALLOWLIST", "ipRules": [{ "name": "Odd", "ranges": ["10.*"], "isActive": true, "later": { "by": "us" } }], "appKeys": [] }"""));
        lab.Run($"Set-OdcIpFilterGroup $office.Key -Stage QA -AddRule {Vpn} -WhatIf").ThrowOnError();
        Assert.Contains("""{"name":"Odd","ranges":["10.*"],"isActive":true,"later":{"by":"us"}},{"name":"Branch",""", lab.Shell.Host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_bad_group_among_many_is_one_error()
    {
        await using var lab = await IpFilterLab.StartAsync();
        lab.Run("Set-OdcIpFilterGroup Office -Stage QA -RemoveRule VPN -Confirm:$false").ThrowOnError();
        var result = lab.Run("Get-OdcStage | Get-OdcIpFilterGroup -Name Office -Refresh | Set-OdcIpFilterGroup -RemoveRule VPN -Confirm:$false");
        Assert.Contains("QA", Assert.Single(result.Errors).MustBe("OdcNotFound").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("VPN", await lab.RulesAsync("Production", "Office"));
    }

    [Fact]
    public async Task Another_client_s_change_before_the_command_is_found()
    {
        await using var lab = await IpFilterLab.StartAsync();
        lab.Run("$office = Get-OdcIpFilterGroup QA -Name Office").ThrowOnError();
        await lab.ChangeElsewhereAsync("QA", "Office", new JsonObject { ["ipRules"] = IpFilterLab.Rules(("Head office", "203.0.113.0/25"), ("New", "192.0.2.1")), ["appKeys"] = new JsonArray(lab.AssetKey("Claims")) });
        foreach (var parameters in (string[])["-AddRule " + Vpn, "-Rule ($office.Rules + " + Vpn + ")", "-RemoveRule VPN", "-AddAsset Fleet"])
        {
            lab.Forget();
            var error = lab.Run($"$office | Set-OdcIpFilterGroup {parameters} -Confirm:$false").Error.MustBe("OdcConflict");
            foreach (var difference in (string[])["the rule Head office was changed", "the rule VPN was removed", "the rule Old office was removed", "the rule New was added", "HR Self Service was taken out", "Claims was added"])
                Assert.Contains(difference, error.ToString(), StringComparison.Ordinal);
            Assert.Contains("-Force", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            Assert.Empty(lab.Tenant.Changes);
        }

        // Read again, or forced, it is changed as it is now.
        lab.Run($"Get-OdcIpFilterGroup QA -Name Office -Refresh | Set-OdcIpFilterGroup -AddRule {Vpn} -Confirm:$false").ThrowOnError();
        Assert.Equal(["Head office", "New", "Branch"], await lab.RulesAsync("QA", "Office"));
        lab.Run("$office | Set-OdcIpFilterGroup -RemoveRule New -Force -Confirm:$false").ThrowOnError();
        Assert.Equal(["Head office", "Branch"], await lab.RulesAsync("QA", "Office"));
    }

    [Fact]
    public async Task A_change_while_the_question_is_open_is_found()
    {
        await using var lab = await IpFilterLab.StartAsync();
        lab.Shell.Host.WhenAsked = () =>
        {
            lab.ChangeElsewhereAsync("QA", "Office", new JsonObject { ["ipRules"] = IpFilterLab.Rules(("Elsewhere", "192.0.2.1")) }).GetAwaiter().GetResult();
            Thread.Sleep(TimeSpan.FromSeconds(1.2));
        };
        var error = lab.Run($"Set-OdcIpFilterGroup Office -Stage QA -AddRule {Vpn}").Error.MustBe("OdcConflict");
        Assert.Contains("since the question was asked", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("the rule Elsewhere was added", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["Elsewhere"], await lab.RulesAsync("QA", "Office"));
    }

    [Fact]
    public async Task A_group_from_a_file_or_a_job_is_the_same_group()
    {
        await using var lab = await IpFilterLab.StartAsync();
        lab.Shell.Set("folder", Path.GetTempPath());
        var name = Guid.NewGuid().ToString("N");
        lab.Run($"$f = Join-Path $folder '{name}.xml'; Get-OdcIpFilterGroup QA -Name Office | Export-Clixml $f; $group = Import-Clixml $f; Remove-Item $f").ThrowOnError();
        lab.Run($"$group | Set-OdcIpFilterGroup -AddRule {Vpn} -Confirm:$false").ThrowOnError();
        Assert.Equal(["Head office", "VPN", "Old office", "Branch"], await lab.RulesAsync("QA", "Office"));
    }

    [Fact]
    public async Task A_row_names_its_group_in_a_column_of_its_own()
    {
        await using var lab = await IpFilterLab.StartAsync();
        foreach (var change in (string[])["Set-OdcIpFilterGroup -Description x", "Remove-OdcIpFilterGroup"])
        {
            var action = lab.Run($"[pscustomobject]@{{ Name = 'Office'; Stage = 'QA' }} | {change} -Confirm:$false").Error.MustBe("OdcInvalidRequest").ErrorDetails.RecommendedAction;
            Assert.Contains("a row with a column IpFilterGroupKey or IpFilterGroup", action, StringComparison.Ordinal);
        }

        Assert.Contains("-AccessType", lab.Run("Set-OdcIpFilterGroup Office -Stage QA -Confirm:$false").Error.MustBe("OdcInvalidRequest").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        lab.Run("[pscustomobject]@{ IpFilterGroup = 'Office'; Stage = 'QA' } | Remove-OdcIpFilterGroup -Confirm:$false").ThrowOnError();
    }
}
