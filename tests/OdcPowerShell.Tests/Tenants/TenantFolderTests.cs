using System.Text;
using System.Text.Json.Nodes;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>Documents as files, and back.</summary>
public sealed class TenantFolderTests
{
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Any_content_reads_back_equal(int seed)
    {
        using var folder = new TestFolder();
        var written = new RandomTenant(seed).Content();
        new TenantFolder(folder.Path).Write(written);
        var read = new TenantFolderReader(folder.Path).Read();
        Assert.Equal(written.Documents.Select(Shown), read.Documents.Select(Shown));
        Assert.Equal(written.Unread, read.Unread);
        Assert.True(written.Scope!.IsSame(read.Scope!));
        Assert.Empty(TenantComparison.Of(written, read));

        static string Shown(TenantDocument document) => $"{document} {document.Content.ToJsonString()}";
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 30)];

    [Fact]
    public void Names_that_no_disk_takes_have_files_of_their_own()
    {
        string[] names =
        [
            "Sales", "sales", "SALES ", " Sales", "a/b", "a:b", "a*b?", "a\\b", "CON", "con.txt", "NUL.json", "COM1", "lpt9.x", ".hidden", "ends.", "caf\u00e9", "cafe\u0301", "x", new('x', 200), new string('x', 200) + "y",
            new('\u4e2d', 200), "\ud83d\ude00", "\ud83d\ude01", "a~12345678", "..", "tab\t", "line\nfeed", "Plain name", "ﬁ", "fi", "ſ", "s",
        ];
        var files = TenantFileNames.Of(names);
        Assert.Equal(names.Length, files.Values.Select(f => f.Normalize(NormalizationForm.FormKC).ToUpperInvariant()).Distinct(StringComparer.Ordinal).Count());
        Assert.All(files, file =>
        {
            Assert.InRange(Encoding.UTF8.GetByteCount(file.Value), 1, 100);
            Assert.DoesNotContain(file.Value, c => "/\\:*?\"<>|\t\n".Contains(c, StringComparison.Ordinal));
            Assert.Matches("^[^. ].*[^. ]$|^[^. ]$", file.Value);
            Assert.True(TenantFileNames.IsFor(file.Value, file.Key));
        });
        Assert.Equal("Plain name", files["Plain name"]);
        Assert.NotEqual("CON", files["CON"]);
        Assert.Equal(files, TenantFileNames.Of(names.Reverse()).OrderBy(f => Array.IndexOf(names, f.Key)));
    }

    [Fact]
    public void Writing_again_changes_nothing_and_removes_only_what_is_gone()
    {
        using var folder = new TestFolder();
        var all = Content(Group("QA", "Sales"), Group("QA", "Support"), Group("Production", "Sales"));
        new TenantFolder(folder.Path).Write(all);
        var before = folder.Files;
        File.WriteAllText(folder["groups.txt"], "mine");
        File.WriteAllText(folder["stages/QA/groups/notes.md"], "mine");
        File.WriteAllText(folder["package.json"], "{ \"name\": \"mine\" }");
        Assert.Equal(0, new TenantFolder(folder.Path).Write(all).Written);

        var changes = new TenantFolder(folder.Path).Write(Content(Group("QA", "Sales")));
        Assert.Equal(["stages/Production/groups/Sales.json", "stages/QA/groups/Support.json"], changes.Removed);
        Assert.Equal(
            before.Keys.Except(changes.Removed).Append("groups.txt").Append("stages/QA/groups/notes.md").Append("package.json").Order(StringComparer.Ordinal), folder.Files.Keys.Order(StringComparer.Ordinal));
        Assert.False(Directory.Exists(folder["stages/Production"]));
        new TenantFolderReader(folder.Path).Read();
    }

    [Fact]
    public void A_folder_is_no_export_until_all_files_are_there()
    {
        using var folder = new TestFolder();
        new TenantFolder(folder.Path).Write(Content(Group("QA", "Sales")));
        // In the place of a file that comes later there is a folder.
        Directory.CreateDirectory(folder["stages/QA/groups/Support.json"]);
        Assert.Throws<OdcException>(() => new TenantFolder(folder.Path).Write(Content(Group("QA", "Sales"), Group("QA", "Support"))));
        var error = Assert.Throws<OdcException>(() => new TenantFolderReader(folder.Path).Read());
        Assert.Contains("not complete", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\r\n", false)]
    [InlineData("\n", true)]
    [InlineData("\r\n", true)]
    public void Line_ends_and_byte_order_marks_are_none_of_the_content(string end, bool hasMark)
    {
        using var folder = new TestFolder();
        new TenantFolder(folder.Path).Write(Content(Group("QA", "Sales")));
        var path = folder["stages/QA/groups/Sales.json"];
        File.WriteAllText(path, File.ReadAllText(path).ReplaceLineEndings(end), new UTF8Encoding(hasMark));
        var read = Assert.Single(new TenantFolderReader(folder.Path).Read().Documents);
        Assert.Equal("stages/QA/groups/Sales.json:5", read.PlaceOf("roles"));
        Assert.Equal("stages/QA/groups/Sales.json:6", read.PlaceOf("roles[Order Desk/Clerk]"));
        Assert.Equal("stages/QA/groups/Sales.json:7", read.PlaceOf("roles[Order Desk/Clerk].asset"));
        Assert.Equal("stages/QA/groups/Sales.json:5", read.PlaceOf("roles[Order Desk/Nobody]"));
        Assert.Equal("stages/QA/groups/Sales.json:1", read.PlaceOf("users"));
    }

    public static TheoryData<string, string, string> Faults => new()
    {
        { "\"roles\"", "\"rols\"", "stages/QA/groups/Sales.json:5: There is no property \"rols\" here. Did you mean \"roles\"?" },
        { "\"roles\"", "\"Roles\"", "stages/QA/groups/Sales.json:5: \"Roles\" must be written \"roles\"." },
        { "\"role\": \"Clerk\"", "\"role\": 5", "stages/QA/groups/Sales.json:8: \"role\" must be a text in quotes." },
        { "\"asset\": \"Order Desk\",", "", "stages/QA/groups/Sales.json:6: \"asset\" is missing: The asset that has the role." },
        { "\"name\": \"Sales\"", "\"name\": \"Sales\", \"name\": \"Other\"", "stages/QA/groups/Sales.json:4: \"name\" is here a second time; the first is in line 4." },
        { "\"stage\": \"QA\"", "\"stage\": \"Production\"", "stages/QA/groups/Sales.json:3: The stage is \"Production\", and the file is in the folder of another: QA." },
        { "\"roles\": [", "\"roles\": [ { \"asset\": \"Order Desk\", \"role\": \"Clerk\" },", "stages/QA/groups/Sales.json:6: \"Order Desk/Clerk\" is in the list twice; the first is in line 5." },
        { "  \"name\"", "<<<<<<< HEAD\n  \"name\"", "stages/QA/groups/Sales.json:4: A merge conflict is not solved here: the line begins with a conflict marker." },
        { "  \"name\"", "=======\n  \"name\"", "stages/QA/groups/Sales.json:4: A merge conflict is not solved here: the line begins with a conflict marker." },
        { "\"Clerk\"", "\"Clerk\",", "stages/QA/groups/Sales.json:9: There is a comma after the last item." },
        { "  \"name\"", "  // The name.\n  \"name\"", "stages/QA/groups/Sales.json:4: Comments are not allowed: an export would remove them." },
        { "\"name\": \"Sales\",", "\"name\": \"Sales\"", "stages/QA/groups/Sales.json:5: This is not JSON: " },
        { "\"roles\": [", "\"roles\": {", "stages/QA/groups/Sales.json:" },
        { ".schema/groups.schema.json", ".schema/domains.schema.json", "stages/QA/groups/Sales.json:2: The file of group must have \"$schema\": \"../../../.schema/groups.schema.json\"." },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_is_wrong_has_its_file_and_line(string text, string edited, string fault)
    {
        using var folder = new TestFolder();
        new TenantFolder(folder.Path).Write(Content(Group("QA", "Sales")));
        folder.Edit("stages/QA/groups/Sales.json", file =>
        {
            Assert.Contains(text, file, StringComparison.Ordinal);
            return file.Replace(text, edited, StringComparison.Ordinal);
        });
        var error = Assert.Throws<OdcException>(() => new TenantFolderReader(folder.Path).Read());
        Assert.Contains("\n" + fault, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("One fault in the files of ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_in_one_error()
    {
        using var folder = new TestFolder();
        new TenantFolder(folder.Path).Write(Content(Group("QA", "Sales"), Group("QA", "Support"), Filter("QA", "Office")));
        File.Copy(folder["stages/QA/groups/Sales.json"], folder["stages/QA/groups/Copy.json"]);
        folder.Edit("stages/QA/ip-filter-groups/Office.json", file => file.Replace("\"Allow\"", "\"allow\"", StringComparison.Ordinal));
        Directory.CreateDirectory(folder["stages/QA/grups"]);
        File.Copy(folder["stages/QA/groups/Support.json"], folder["stages/QA/grups/Support.json"]);
        File.WriteAllBytes(folder["stages/QA/groups/Support.json"], Encoding.Unicode.GetPreamble());
        folder.Edit("tenant.json", file => file.Replace("\"Domain\"", "\"Domains\"", StringComparison.Ordinal).Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal));
        var error = Assert.Throws<OdcException>(() => new TenantFolderReader(folder.Path).Read());
        string[] expected =
        [
            "stages/QA/groups/Sales.json:4: stages/QA/groups/Copy.json is for the same group: Sales. Keep one of the files.",
            "stages/QA/groups/Support.json:1: The file is UTF-16. Save it as UTF-8.",
            "stages/QA/grups/Support.json:1: Nothing reads a file here. Files of a stage are: ",
            "stages/QA/ip-filter-groups/Office.json:5: \"accessType\" can't be \"allow\". It is one of: Allow, Deny.",
            "tenant.json:3: The folder has format 2, and this version of the module reads format 1.",
            "There is no kind \"Domains\". The kinds are: ",
            "\"kind\" can't be \"Domains\". It is one of: ",
        ];
        Assert.All(expected, fault => Assert.Contains(fault, error.Message, StringComparison.Ordinal));
        Assert.StartsWith("7 faults", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_of_a_setting_is_a_text_or_a_secret()
    {
        using var folder = new TestFolder();
        new TenantFolder(folder.Path).Write(Content(new TenantDocument(TenantKinds.AssetSettings, "QA", "Fleet", new JsonObject { ["asset"] = "Fleet", ["settings"] = new JsonObject { ["A"] = "1", ["B"] = null, ["C"] = new JsonObject { ["secret"] = "QA/Fleet/C" } } })));
        var read = Assert.Single(new TenantFolderReader(folder.Path).Read().Documents);
        Assert.Equal("QA/Fleet/C", TenantComparison.VaultEntryOf(read.Content["settings"]!["C"]));
        Assert.EndsWith(":7", read.PlaceOf("settings[B]"), StringComparison.Ordinal);
        folder.Edit("stages/QA/settings/Fleet.json", file => file.Replace("\"1\"", "1", StringComparison.Ordinal).Replace("null", "{ \"sekret\": \"x\" }", StringComparison.Ordinal));
        var error = Assert.Throws<OdcException>(() => new TenantFolderReader(folder.Path).Read());
        Assert.Contains("Fleet.json:6: The value of \"A\" must be a text: put it in quotes.", error.Message, StringComparison.Ordinal);
        Assert.Contains("Fleet.json:7: The value of \"B\" must be a text, null, or { \"secret\": \"name of a vault entry\" }.", error.Message, StringComparison.Ordinal);
    }

    internal static TenantContent Content(params TenantDocument[] documents) => new(TenantContent.Sorted(documents), []) { Scope = new TenantScope(TenantKinds.All, [], WithUsers: true) };

    internal static TenantDocument Group(string stage, string name) => new(TenantKinds.Group, stage, name, new JsonObject { ["name"] = name, ["roles"] = new JsonArray { new JsonObject { ["asset"] = "Order Desk", ["role"] = "Clerk" } } });

    private static TenantDocument Filter(string stage, string name) => new(TenantKinds.IpFilterGroup, stage, name, new JsonObject { ["name"] = name, ["accessType"] = "Allow" });
}
