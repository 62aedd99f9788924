using System.Text;
using System.Text.Json.Nodes;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>Files that no export wrote like this: in wrong places, in other encodings, or of what tenant.json does not have. Each is a fault with its file and line.</summary>
public sealed class TenantFaultTests
{
    private const string Sales = "stages/QA/groups/Sales.json";

    [Fact]
    public void A_file_where_nothing_reads_is_a_fault_however_deep()
    {
        using var folder = Written(Group("QA", "Sales"), Role("Crew"));
        string[] lost = ["stages/QA/groups/sub/A.json", "stages/QA/groups/sub/deeper/B.json", "stages/QA/Sales.json", "stages/C.json", "organization-roles/sub/D.json", "stages/QA/other/E.json"];
        foreach (var file in lost)
            Copy(folder, Sales, file);
        // Folders of the user's own.
        Copy(folder, Sales, "node_modules/groups/sub/mine.json");
        File.WriteAllText(folder["package.json"], "{}");
        Directory.CreateDirectory(folder["stages/.git"]);
        Assert.Equal(lost.Order(StringComparer.Ordinal).Select(file => $"{file}:1: Nothing reads a file here."), Faults(folder).Where(f => f.Contains("Nothing reads", StringComparison.Ordinal)).Select(f => f[..(f.IndexOf("here.", StringComparison.Ordinal) + 5)]));
        Assert.Equal(lost.Length, Faults(folder).Count);
    }

    [Fact]
    public void A_link_that_leads_to_nothing_is_a_fault_beside_the_others()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        using var folder = Written(Group("QA", "Sales"), Group("QA", "Support"), Role("Crew"));
        File.Delete(folder[Sales]);
        File.CreateSymbolicLink(folder[Sales], folder["nowhere.json"]);
        Directory.Delete(folder["organization-roles"], recursive: true);
        File.CreateSymbolicLink(folder["organization-roles"], folder["nowhere"]);
        folder.Edit("stages/QA/groups/Support.json", text => text.Replace("\"roles\"", "\"rols\"", StringComparison.Ordinal));
        var faults = Faults(folder);
        Assert.Equal(["organization-roles", Sales, "stages/QA/groups/Support.json"], faults.Select(f => f.Split(':')[0]));
        Assert.All(faults.Take(2), f => Assert.EndsWith(":1: This is a link that leads to nothing. Restore what it leads to, or remove the link.", f, StringComparison.Ordinal));
    }

    [Fact]
    public void A_link_among_folders_that_leads_back_is_a_fault_and_no_endless_way()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        using var folder = Written(Group("QA", "Sales"));
        Directory.CreateDirectory(folder["stages/QA/groups/sub"]);
        Directory.CreateSymbolicLink(folder["stages/QA/groups/sub/back"], folder["stages/QA"]);
        Assert.StartsWith("stages/QA/groups/sub/back:1: Nothing reads a file here.", Assert.Single(Faults(folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_renamed_folder_of_a_stage_is_one_fault()
    {
        using var folder = Written([.. Enumerable.Range(0, 6).Select(i => Group("QA", $"Team {i}")), Group("Production", "Sales")]);
        Directory.Move(folder["stages/QA"], folder["stages/Test"]);
        Assert.Equal(["stages/Test/groups/Team 0.json:3: The stage is \"QA\", and the file is in the folder of another: Test. 5 more files in the folder are of that stage."], Faults(folder));
    }

    [Fact]
    public void What_tenant_json_does_not_have_is_a_fault()
    {
        using var folder = Written(Group("QA", "Sales", "a@acme.example"), Group("QA", "Support", "b@acme.example"), Group("Production", "Sales"), Role("Crew"));
        folder.Edit("tenant.json", text => text.Replace("\"withUsers\": true", "\"withUsers\": false, \"stages\": [\"QA\"]", StringComparison.Ordinal).Replace("    \"OrganizationRole\",\n", "", StringComparison.Ordinal));
        var faults = Faults(folder);
        Assert.Equal(3, faults.Count);
        Assert.Equal("organization-roles/Crew.json:1: tenant.json does not have OrganizationRole among its \"kinds\". Add it there, or remove the file.", faults[0]);
        Assert.Equal("stages/Production/groups/Sales.json:1: tenant.json says that the folder is only about QA. Add Production to its \"stages\", or remove the file.", faults[1]);
        Assert.Matches("^stages/QA/groups/Sales\\.json:\\d\\d?: The file has users, and tenant\\.json says that the folder has none\\. .* 1 more file has users\\.$", faults[2]);
        Assert.DoesNotContain("Sales.json:1:", faults[2], StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string?> Encodings => new()
    {
        { "utf-32", "", "1: The file is UTF-32. Save it as UTF-8." },
        { "utf-32BE", "", "1: The file is UTF-32. Save it as UTF-8." },
        { "utf-32", "no mark", "1: The file is UTF-32. Save it as UTF-8." },
        { "utf-16", "", "1: The file is UTF-16. Save it as UTF-8." },
        { "utf-16", "no mark", "1: The file is UTF-16. Save it as UTF-8." },
        { "utf-16BE", "no mark", "1: The file is UTF-16. Save it as UTF-8." },
        { "utf-8", "", null },
        { "utf-8", "no mark", null },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Another_encoding_is_named(string encoding, string mark, string? fault)
    {
        using var folder = Written(Group("QA", "Sales"));
        var (written, name) = (Encoding.GetEncoding(encoding), folder[Sales]);
        File.WriteAllBytes(name, [.. mark.Length == 0 ? written.GetPreamble() : [], .. written.GetBytes(File.ReadAllText(name))]);
        if (fault is null)
            Assert.Single(new TenantFolderReader(folder.Path).Read().Documents);
        else
            Assert.Equal([$"{Sales}:{fault}"], Faults(folder));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    public void A_file_that_is_no_object_is_one_fault(string text)
    {
        using var folder = Written(Group("QA", "Sales"));
        File.WriteAllText(folder[Sales], text);
        Assert.Equal([$"{Sales}:1: An object is needed here: {{ }}."], Faults(folder));
    }

    [Theory]
    [InlineData("\r")]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void Lines_are_counted_by_any_line_end(string end)
    {
        using var folder = Written(Group("QA", "Sales"));
        folder.Edit(Sales, text => text.Replace("\"role\": \"Clerk\"", "\"role\": 5", StringComparison.Ordinal).ReplaceLineEndings(end));
        Assert.Equal([$"{Sales}:8: \"role\" must be a text in quotes."], Faults(folder));
        folder.Edit(Sales, text => text.Replace("\"role\": 5", "\"role\": ?", StringComparison.Ordinal));
        Assert.StartsWith($"{Sales}:8: This is not JSON", Assert.Single(Faults(folder)), StringComparison.Ordinal);
    }

    public static TheoryData<string, bool> Moments => new()
    {
        { "2027-12-31", true }, { "2027-12-31T18:00Z", true }, { "2027-12-31T18:00:00Z", true }, { "2027-12-31T18:00:00.1234567Z", true }, { "2027-12-31T18:00:00+02:00", true },
        { "yesterday", false }, { "31.12.2027", false }, { "12/31/2027", false }, { "2027-02-30", false }, { " 2027-12-31", false }, { "2027-12-31 18:00", false }, { "5", false },
    };

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task A_date_has_one_form_in_files_and_schema(string text, bool isDate)
    {
        var user = new JsonObject { ["email"] = "ada@acme.example", ["organizationRoles"] = new JsonArray(new JsonObject { ["role"] = "Crew", ["until"] = text }) };
        using var folder = Written(new TenantDocument(TenantKinds.User, null, "ada@acme.example", user));
        if (isDate)
            Assert.Single(new TenantFolderReader(folder.Path).Read().Documents);
        else
            Assert.StartsWith($"users/ada@acme.example.json:7: \"until\" can't be \"{text.Trim()}\". Write a date such as 2027-12-31", Assert.Single(Faults(folder)), StringComparison.Ordinal);
        // A schema can't count the days of a month.
        var schema = await NJsonSchema.JsonSchema.FromFileAsync(folder[".schema/users.schema.json"], TestContext.Current.CancellationToken);
        Assert.Equal(isDate || text == "2027-02-30", schema.Validate(await File.ReadAllTextAsync(folder["users/ada@acme.example.json"], TestContext.Current.CancellationToken)).Count == 0);
    }

    private static List<string> Faults(TestFolder folder) => [.. Assert.Throws<OdcException>(() => new TenantFolderReader(folder.Path).Read()).Message.Split('\n').Skip(1)];

    private static TestFolder Written(params TenantDocument[] documents)
    {
        var folder = new TestFolder();
        new TenantFolder(folder.Path).Write(TenantFolderTests.Content(documents));
        return folder;
    }

    private static void Copy(TestFolder folder, string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[to])!);
        File.Copy(folder[from], folder[to]);
    }

    private static TenantDocument Role(string name) => new(TenantKinds.OrganizationRole, null, name, new JsonObject { ["name"] = name });

    private static TenantDocument Group(string stage, string name, params string[] users)
    {
        var group = TenantFolderTests.Group(stage, name);
        group.Content.With("users", users);
        return group;
    }
}
