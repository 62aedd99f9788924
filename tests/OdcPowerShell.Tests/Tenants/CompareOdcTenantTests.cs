using System.Xml.Linq;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>What differs between files, tenants and stages.</summary>
public sealed class CompareOdcTenantTests
{
    [Fact]
    public async Task Files_and_the_tenant_differ_in_what_was_changed_since()
    {
        await using var lab = await TenantLab.StartAsync();
        using var folder = new TestFolder();
        lab.Shell.Set("folder", folder.Path);
        lab.Run("Export-OdcTenant $folder").ThrowOnError();
        Assert.Empty(lab.Run("Compare-OdcTenant $folder -ErrorOnDrift").ThrowOnError().Output);
        var gone = lab.Identity.Groups[0];
        lab.Run($$"""
            New-OdcGroup 'New team' -Stage QA
            Remove-OdcGroup {{gone.Key}} -Confirm:$false
            Set-OdcAssetSetting 'Order Desk' QA Welcome 'Hello there'
            """).ThrowOnError();
        lab.Forget();
        var rows = lab.Run("Compare-OdcTenant $folder -Kind Group, AssetSettings").All<OdcTenantDifference>();
        Assert.Empty(lab.Changes);
        Assert.Equal(("Group", "New team", "QA", null, "Added"), Of(Assert.Single(rows, r => r.Change == "Added")));
        Assert.Equal(("Group", gone.Name, lab.Tenant.Stages.Single(s => s.Key == gone.StageKey).Name, null, "Removed"), Of(Assert.Single(rows, r => r.Change == "Removed")));
        var setting = Assert.Single(rows, r => r.Kind == "AssetSettings");
        Assert.Equal(("AssetSettings", "Order Desk", "QA", "settings[Welcome]", "Changed"), Of(setting));
        Assert.Equal("Hello there", setting.Difference);
        Assert.Equal(["Files", "Tenant", null], rows.OrderBy(r => r.Change == "Removed" ? 0 : r.Change == "Added" ? 1 : 2).Select(r => r.OnlyIn));
        Assert.Equal("AssetSettings Order Desk in QA", setting.ObjectName);
        Assert.StartsWith("stages/QA/settings/Order Desk.json:", setting.File, StringComparison.Ordinal);
        Assert.Equal(3, rows.Count);

        var drift = lab.Run("Compare-OdcTenant $folder -Kind Group -ErrorOnDrift");
        Assert.Equal(2, drift.Output.Count);
        Assert.Contains("1 added, 1 removed", drift.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal("New team", lab.Run("Compare-OdcTenant $folder -Kind Group -Name New*").Single<OdcTenantDifference>().Name);

        static (string?, string?, string?, string?, string?) Of(OdcTenantDifference row) => (row.Kind, row.Name, row.Stage, row.Property, row.Change);
    }

    [Fact]
    public async Task Files_and_files_need_no_connection()
    {
        using var one = new TestFolder();
        using var other = new TestFolder();
        using var shell = new Shell();
        new TenantFolder(one.Path).Write(TenantFolderTests.Content(TenantFolderTests.Group("QA", "Sales"), TenantFolderTests.Group("QA", "sales")));
        new TenantFolder(other.Path).Write(TenantFolderTests.Content(TenantFolderTests.Group("QA", "Sales")));
        other.Edit("stages/QA/groups/Sales.json", file => file.Replace("Clerk", "Boss", StringComparison.Ordinal));
        (string one, string other) paths = (one.Path, other.Path);
        shell.Set("one", paths.one);
        shell.Set("other", paths.other);
        var rows = shell.Run("Compare-OdcTenant $one $other").All<OdcTenantDifference>();
        Assert.Equal(
            ["Removed Sales roles[Order Desk/Clerk]", "Added Sales roles[Order Desk/Boss]", "Removed sales "],
            rows.OrderBy(r => r.Name, StringComparer.Ordinal).ThenByDescending(r => r.Property, StringComparer.Ordinal).Select(r => $"{r.Change} {r.Name} {r.Property}"));
        Assert.Equal("OdcNotConnected", shell.Run("Compare-OdcTenant $one").ErrorId);
        Assert.Equal("OdcFileNotFound", shell.Run("Compare-OdcTenant $one ./nowhere").ErrorId);
        other.Edit("stages/QA/groups/Sales.json", file => file.Replace("roles", "rolls", StringComparison.Ordinal));
        var wrong = shell.Run("Compare-OdcTenant $one $other");
        Assert.Contains("stages/QA/groups/Sales.json:5: There is no property \"rolls\" here. Did you mean \"roles\"?", wrong.Error.ToString(), StringComparison.Ordinal);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_part_that_one_side_does_not_have_is_a_warning()
    {
        await using var lab = await TenantLab.StartAsync();
        using var groups = new TestFolder();
        using var all = new TestFolder();
        lab.Shell.Set("groups", groups.Path);
        lab.Shell.Set("all", all.Path);
        lab.Run("Export-OdcTenant $groups -Kind Group -Stage QA; Export-OdcTenant $all").ThrowOnError();
        var compared = lab.Run("Compare-OdcTenant $all $groups").ThrowOnError();
        Assert.Empty(compared.Output);
        Assert.Contains(compared.Warnings, w => w.StartsWith("Not compared: organization role", StringComparison.Ordinal));
        Assert.Contains(compared.Warnings, w => w.StartsWith("Not compared: group in Production", StringComparison.Ordinal));
        Assert.Contains("Nothing was compared", lab.Run("Compare-OdcTenant $all $groups -Kind Domain -ErrorOnDrift").Error.ToString(), StringComparison.Ordinal);
        lab.Forget();
        Assert.Empty(lab.Run("Compare-OdcTenant $groups").ThrowOnError().Output);
        Assert.DoesNotContain(lab.Sent, s => s.Contains("asset-configurations", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stage_limits_the_comparison_and_its_requests_to_stages_and_the_organization()
    {
        await using var lab = await TenantLab.StartAsync();
        using var folder = new TestFolder();
        lab.Shell.Set("folder", folder.Path);
        lab.Run("Export-OdcTenant $folder; New-OdcGroup Nowhere -Stage Production; New-OdcGroup Somewhere -Stage QA; New-OdcOrganizationRole Anywhere -Permission 'View members'").ThrowOnError();
        lab.Forget();
        var compared = lab.Run("Compare-OdcTenant $folder -Stage QA").ThrowOnError();
        Assert.Equal(["Anywhere", "Somewhere"], compared.All<OdcTenantDifference>().Select(r => r.Name).Order(StringComparer.Ordinal));
        Assert.Empty(compared.Warnings);
        Assert.DoesNotContain(lab.Sent, s => s.Contains(lab.Tenant.Stages[2].Key.ToString(), StringComparison.Ordinal));
        Assert.Equal(["Anywhere", "Nowhere"], lab.Run("Compare-OdcTenant $folder -Stage Prod*").All<OdcTenantDifference>().Select(r => r.Name).Order(StringComparer.Ordinal));
        Assert.Empty(lab.Run("Compare-OdcTenant $folder $folder -Stage QA").ThrowOnError().Output);
        Assert.Contains("Neither side has a stage 'Staging'", lab.Run("Compare-OdcTenant $folder -Stage Staging").Exception.Message, StringComparison.Ordinal);
        Assert.Contains("Neither side has a stage 'Staging'", lab.Run("Compare-OdcTenant $folder $folder -Stage Staging").Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_means_the_same_is_no_difference_and_a_secret_stays_one()
    {
        await using var lab = await TenantLab.StartAsync();
        using var folder = new TestFolder();
        lab.Shell.Set("folder", folder.Path);
        lab.Run("Export-OdcTenant $folder -IncludeUser").ThrowOnError();
        // Names in another case, which an import finds too.
        folder.Edit("stages/QA/groups/Order Desk Clerk Team.json", text => text.Replace("Order Desk Clerk Team", "order desk CLERK team", StringComparison.Ordinal).Replace("\"QA\"", "\"qa\"", StringComparison.Ordinal));
        // What a person who writes a file leaves to the service.
        folder.Edit("organization-roles/Release Crew.json", text => System.Text.RegularExpressions.Regex.Replace(text, "\\s*\"isReadOnly\": false,", ""));
        // A single address as a block of one.
        folder.Edit("stages/QA/ip-filter-groups/Office.json", text => System.Text.RegularExpressions.Regex.Replace(text, "\"(\\d+[.]\\d+[.]\\d+[.]\\d+)\"", "\"$1/32\""));
        Assert.Empty(lab.Run("Compare-OdcTenant $folder -ErrorOnDrift").ThrowOnError().Output);

        folder.Edit("stages/QA/settings/Claims.json", text => System.Text.RegularExpressions.Regex.Replace(text, "(\"PaymentApiKey\": )[{][^}]*[}]", "$1\"hunter2\""));
        var row = lab.Run("Compare-OdcTenant $folder -OutFile $folder/../secret.md").ThrowOnError().Single<OdcTenantDifference>();
        Assert.Equal(("(not shown)", "(secret)"), (row.Reference, row.Difference));
        File.Delete(Path.Combine(folder.Path, "..", "secret.md"));
    }

    [Fact]
    public async Task A_part_that_can_not_be_read_is_no_green_result()
    {
        await using var lab = await TenantLab.StartAsync();
        using var folder = new TestFolder();
        lab.Shell.Set("folder", folder.Path);
        lab.Run("Export-OdcTenant $folder").ThrowOnError();
        lab.Shell.Connect(lab.Tenant, client: "auditor", "-Name auditor").ThrowOnError();
        var compared = lab.Run("Compare-OdcTenant $folder -Kind Group, Stage -ErrorOnDrift");
        Assert.Contains("objects could not be compared, such as ", compared.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("neither side has an object", Assert.Single(lab.Run("Compare-OdcTenant $folder -Kind Stage -Name Nowhere").Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_stages_are_compared_in_what_belongs_to_a_stage()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("Set-OdcAssetSetting 'Order Desk' QA Welcome 'Only here'; New-OdcGroup 'Only in QA' -Stage QA").ThrowOnError();
        var rows = lab.Run("Compare-OdcTenant -ReferenceStage QA -DifferenceStage Production -Kind Group, AssetSettings").All<OdcTenantDifference>();
        Assert.Contains(rows, r => r is { Kind: "Group", Name: "Only in QA", Change: "Removed", OnlyIn: "QA", Stage: "QA" });
        Assert.Contains(rows, r => r is { Kind: "Group", Change: "Removed", Property: not null, Stage: null, OnlyIn: "QA" });
        Assert.Contains(rows, r => r is { Kind: "AssetSettings", Name: "Order Desk", Property: "settings[Welcome]", Reference: "Only here" });
        Assert.DoesNotContain(rows, r => r.Property?.Contains("PaymentApiKey", StringComparison.Ordinal) == true);
        Assert.True(lab.Run("Compare-OdcTenant -ReferenceStage QA -DifferenceStage QA").HasError);
        Assert.True(lab.Run("Compare-OdcTenant -ReferenceStage QA -DifferenceStage Production -Kind Portfolio").HasError);
    }

    [Fact]
    public async Task Two_tenants_are_compared_by_names()
    {
        await using var emulator = await Lab.StartAsync(hasGlobex: true);
        using var shell = Shell.Connected(emulator["globex"], parameters: "-Name globex");
        shell.Connect(emulator["acme"], parameters: "-Name acme").ThrowOnError();
        var rows = shell.Run("Compare-OdcTenant -ReferenceConnection acme -DifferenceConnection globex -Kind Organization").All<OdcTenantDifference>();
        Assert.Contains(rows, r => r is { Kind: "Organization", Property: "name", Change: "Changed" });
        Assert.Empty(shell.Run("Compare-OdcTenant -ReferenceConnection acme -DifferenceConnection acme -ErrorOnDrift").ThrowOnError().Output);
    }

    [Fact]
    public void The_result_is_a_file_that_no_name_breaks()
    {
        using var one = new TestFolder();
        using var other = new TestFolder();
        using var shell = new Shell();
        const string Name = "<b> | `x` & \"@team\"\u0007";
        new TenantFolder(one.Path).Write(TenantFolderTests.Content(TenantFolderTests.Group("QA", Name), TenantFolderTests.Group("QA", "Same")));
        new TenantFolder(other.Path).Write(TenantFolderTests.Content(TenantFolderTests.Group("QA", "Same")) with { Unread = [new UnreadPart(TenantKinds.Domain, "QA", null, "the API client lacks it")] });
        shell.Set("one", one.Path);
        shell.Set("other", other.Path);
        shell.Set("xml", one["drift.xml"]);
        shell.Set("md", one["drift.md"]);
        shell.Run("Compare-OdcTenant $one $other -OutFile $xml; Compare-OdcTenant $one $other -OutFile $md").ThrowOnError();
        var suites = XDocument.Load(one["drift.xml"]).Root!.Elements("testsuite").ToDictionary(s => (string)s.Attribute("name")!);
        Assert.Equal(("2", "1"), ((string)suites["Group"].Attribute("tests")!, (string)suites["Group"].Attribute("failures")!));
        Assert.Equal("1", (string)suites["Domain"].Attribute("skipped")!);
        Assert.Single(suites["Group"].Descendants("failure"));
        var table = File.ReadAllText(one["drift.md"]);
        var row = Assert.Single(table.Split('\n'), l => l.StartsWith("| Removed", StringComparison.Ordinal));
        Assert.Equal(9, row.Count(c => c == '|'));
        Assert.DoesNotContain("<b>", table, StringComparison.Ordinal);
        Assert.Contains("Not compared:", table, StringComparison.Ordinal);
        Assert.True(shell.Run("Compare-OdcTenant $one $other -OutFile drift.txt").HasError);
    }
}
