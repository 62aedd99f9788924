using OdcPowerShell.EnvironmentConfigurations;

namespace OdcPowerShell.Tests.EnvironmentConfigurations;

/// <summary>New groups.</summary>
public sealed class NewOdcIpFilterGroupTests
{
    private const string Rule = "(New-OdcIpFilterRule 'Partner' 203.0.113.0/24, 2001:db8:2::/48)";

    [Fact]
    public async Task A_group_is_created_and_written_as_the_service_has_it()
    {
        await using var lab = await IpFilterLab.StartAsync();
        var made = lab.Run($"New-OdcIpFilterGroup Partners -Stage QA -AccessType Allow -Description 'Two partners' -Rule {Rule}, @{{ Name = 'Second'; Ranges = '198.51.100.9'; IsActive = $false }} -Asset Claims, 'Supplier Hub' -Confirm:$false").Single<OdcIpFilterGroup>();
        Assert.Equal(("Partners", "ALLOWLIST", "Two partners", "Claims; Supplier Hub", "QA", 2), (made.Name, made.AccessType, made.Description, made.AssetNames!.ToString(), made.StageName, made.RuleCount));
        Assert.Equal((true, false), (made.Rules![0].IsActive, made.Rules[1].IsActive));
        // The groups of the stage, for apps that are in another one; then the creation, and the new group.
        Assert.Equal(["GET list", "POST list", "GET one"], lab.Sent);
        Assert.Equal(["Partner", "Second"], await lab.RulesAsync("QA", "Partners"));
        lab.Forget();
        lab.Run("New-OdcIpFilterGroup Guests QA DENYLIST -Confirm:$false").ThrowOnError();
        Assert.Equal(["POST list", "GET one"], lab.Sent);
    }

    [Fact]
    public async Task A_group_of_another_stage_is_copied_without_its_apps()
    {
        await using var lab = await IpFilterLab.StartAsync();
        lab.Run("Remove-OdcIpFilterGroup Office -Stage QA -Confirm:$false").ThrowOnError();
        var copy = lab.Run("Get-OdcIpFilterGroup Production -Name Office | New-OdcIpFilterGroup -Stage QA -Confirm:$false").Single<OdcIpFilterGroup>();
        var source = lab.Run("Get-OdcIpFilterGroup Production -Name Office").Single<OdcIpFilterGroup>();
        Assert.Equal(("Office", "ALLOWLIST", source.Description, "QA", 0), (copy.Name, copy.AccessType, copy.Description, copy.StageName, copy.AssetCount));
        Assert.Equal(source.Rules!.Select(r => $"{r.Name} {r.Ranges} {r.IsActive}"), copy.Rules!.Select(r => $"{r.Name} {r.Ranges} {r.IsActive}"));
    }

    [Fact]
    public async Task Rows_of_a_file_become_groups()
    {
        await using var lab = await IpFilterLab.StartAsync();
        var made = lab.Run("'Name,Stage,AccessType', 'A,QA,deny', 'B,Production,ALLOWLIST' | ConvertFrom-Csv | New-OdcIpFilterGroup -Confirm:$false").All<OdcIpFilterGroup>();
        Assert.Equal(["A QA DENYLIST", "B Production ALLOWLIST"], made.Select(g => $"{g.Name} {g.StageName} {g.AccessType}"));
    }

    [Fact]
    public async Task An_app_in_another_group_is_rejected_with_the_command_that_takes_it_out()
    {
        await using var lab = await IpFilterLab.StartAsync();
        var error = lab.Run("New-OdcIpFilterGroup Second -Stage QA -AccessType Deny -Asset 'HR Self Service', Claims -Confirm:$false").Error.MustBe("OdcConflict");
        Assert.Contains("HR Self Service is in Office", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Claims", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(lab.Sent, s => s.StartsWith("POST", StringComparison.Ordinal));
        var command = error.ErrorDetails.RecommendedAction.Split(": ")[1].TrimEnd('.');
        Assert.StartsWith("Set-OdcIpFilterGroup 'Office' -Stage 'QA' -RemoveAsset 'HR Self Service'", command, StringComparison.Ordinal);
        lab.Run(command + " -Confirm:$false").ThrowOnError();
        Assert.Equal("HR Self Service; Claims", lab.Run("New-OdcIpFilterGroup Second -Stage QA -AccessType Deny -Asset 'HR Self Service', Claims -Confirm:$false").Single<OdcIpFilterGroup>().AssetNames!.ToString());
    }

    [Fact]
    public async Task A_list_of_minutes_ago_does_not_reject_what_is_free_now()
    {
        await using var lab = await IpFilterLab.StartAsync();
        lab.Run("$null = Get-OdcIpFilterGroup QA").ThrowOnError();
        await lab.ChangeElsewhereAsync("QA", "Office", new() { ["appKeys"] = new System.Text.Json.Nodes.JsonArray() });
        lab.Run("New-OdcIpFilterGroup Second -Stage QA -AccessType Deny -Asset 'HR Self Service' -Confirm:$false").ThrowOnError();
        Assert.Equal(["GET list", "POST list", "GET one"], lab.Sent);
    }

    [Theory]
    [InlineData("-AccessType Block", "'Block' is not a type of list")]
    [InlineData("-AccessType Allow -Rule 10.0.0.0/24", "'10.0.0.0/24' is a text")]
    [InlineData("-AccessType Allow -Rule @{ Name = 'A'; Ranges = '10.0.0.1/33' }", "Rule A: '10.0.0.1/33'")]
    [InlineData("-AccessType Allow -Rule @{ Name = 'A'; Ranges = '10.0.0.1'; Active = $true }", "has no 'Active'")]
    [InlineData("-AccessType Allow -Rule @{ Name = 'A'; Ranges = '10.0.0.1'; IsActive = 'maybe' }", "neither yes nor no")]
    [InlineData("-AccessType Allow -Rule @{ Ranges = '10.0.0.1' }", "has no name")]
    [InlineData("-AccessType Allow -Rule @{ Name = 'A' }", "has no addresses")]
    [InlineData("-AccessType Allow -Rule (Get-Date)", "not a DateTime")]
    [InlineData("-AccessType Allow -Rule ([OdcPowerShell.EnvironmentConfigurations.OdcIpFilterGroup]@{ Name = 'Office' })", "property Rules")]
    [InlineData("-AccessType Allow -Rule (1..21 | ForEach-Object { New-OdcIpFilterRule \"R$_\" \"10.0.$_.1\" })", "21 rules")]
    [InlineData("-AccessType Allow -MyAddress 10.0.0.0/24", "more than one address")]
    [InlineData("-AccessType Allow -MyAddress home", "not an address")]
    public async Task What_is_wrong_is_an_error_before_anything_is_sent(string parameters, string message)
    {
        await using var lab = await IpFilterLab.StartAsync();
        var error = lab.Run($"New-OdcIpFilterGroup Wrong -Stage {lab.StageKey("QA")} {parameters} -Confirm:$false").Error.MustBe("OdcInvalidRequest");
        Assert.Contains(message, error + error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(lab.Tenant.Sent);
    }

    [Fact]
    public async Task Other_objects_and_names_that_exist_are_rejected()
    {
        await using var lab = await IpFilterLab.StartAsync();
        Assert.Contains("OdcUser", lab.Run("Get-OdcUser -First 1 | New-OdcIpFilterGroup -Stage QA -AccessType Deny -Confirm:$false").Error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        Assert.Contains("already has a group", lab.Run("New-OdcIpFilterGroup office -Stage QA -AccessType Deny -Confirm:$false").Error.MustBe("OdcConflict").ToString(), StringComparison.Ordinal);
        Assert.Contains("Manage IP filters", AsAuditor(lab).Error.MustBe("OdcAccessDenied").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_with_one_name_or_the_same_addresses_are_warned_of()
    {
        await using var lab = await IpFilterLab.StartAsync(addresses: "198.51.100.1");
        var warnings = lab.Run("New-OdcIpFilterGroup Twice -Stage QA -AccessType Deny -Rule (New-OdcIpFilterRule A 203.0.113.0/24), (New-OdcIpFilterRule a 192.0.2.1), (New-OdcIpFilterRule B 203.0.113.9), (New-OdcIpFilterRule C 203.0.113.9 -Inactive) -Confirm:$false").ThrowOnError().Warnings;
        Assert.Equal(2, warnings.Count);
        Assert.Contains("2 rules have the name A", warnings[0], StringComparison.Ordinal);
        Assert.Contains("The rule A already has 203.0.113.9: the rule B changes nothing", warnings[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Asset = 'Claims; Fleet'", "Claims; Fleet")]
    [InlineData("Asset = 'Claims', 'Claims'", "Claims")]
    [InlineData("AssetNames = 'Claims'", "Claims")]
    [InlineData("AssetKeys = \"$((Get-OdcAsset Claims).AssetKey);$((Get-OdcAsset Fleet).AssetKey)\"", "Claims; Fleet")]
    [InlineData("AssetKey = (Get-OdcAsset Claims).AssetKey; Asset = ''", "Claims")]
    [InlineData("Asset = ''", "")]
    public async Task Rows_can_have_the_apps(string column, string apps)
    {
        await using var lab = await IpFilterLab.StartAsync();
        var made = lab.Run($"[pscustomobject]@{{ Name = 'A'; Stage = 'QA'; AccessType = 'Deny'; {column} }} | New-OdcIpFilterGroup -Confirm:$false").Single<OdcIpFilterGroup>();
        Assert.Equal(apps.Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(lab.AssetKey), made.AssetKeys ?? []);
    }

    [Fact]
    public async Task An_app_of_a_row_that_does_not_exist_is_an_error_and_an_app_is_sent_once()
    {
        await using var lab = await IpFilterLab.StartAsync();
        Assert.Contains("Nowhere", lab.Run("[pscustomobject]@{ Name = 'A'; Stage = 'QA'; AccessType = 'Deny'; Asset = 'Nowhere' } | New-OdcIpFilterGroup -Confirm:$false").Error.MustBe("OdcNotFound").ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Tenant.Changes);
        lab.Run("New-OdcIpFilterGroup A -Stage QA -AccessType Deny -Asset Claims, claims, Fleet -WhatIf").ThrowOnError();
        Assert.Contains("can reach 2 apps (Claims, Fleet)", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains($"\"appKeys\":[\"{lab.AssetKey("Claims")}\",\"{lab.AssetKey("Fleet")}\"]", lab.Shell.Host.Text, StringComparison.Ordinal);
    }

    private static Result AsAuditor(IpFilterLab lab)
    {
        lab.Tenant.Tenant.Clients["admin"].Permissions = ["Configuration management > View configurations", "Stage > View stage"];
        return lab.Run("New-OdcIpFilterGroup Third -Stage QA -AccessType Deny -Confirm:$false");
    }
}
