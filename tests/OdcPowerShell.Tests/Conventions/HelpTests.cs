using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OdcPowerShell.Bases;
using OdcPowerShell.Http;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>A new PowerShell that imported the module from the repository.</summary>
public sealed class HelpFixture : IDisposable
{
    private readonly Dictionary<string, PSObject> _read = new(StringComparer.Ordinal);

    public HelpFixture()
    {
        Shell.Set("module", ModuleFiles.Manifest);
        Shell.Run("Import-Module $module").ThrowOnError();
    }

    internal Shell Shell { get; } = new(bare: true);

    /// <summary>The help of a command, which is read once.</summary>
    internal PSObject Help(string name)
    {
        if (!_read.TryGetValue(name, out var help))
            _read[name] = help = Assert.Single(Shell.Run("Get-Help " + name).ThrowOnError().Output);
        return help;
    }

    public void Dispose() => Shell.Dispose();
}

/// <summary>What Get-Help shows.</summary>
public sealed class HelpTests(HelpFixture fixture) : IClassFixture<HelpFixture>
{
    private Shell Shell => fixture.Shell;

    [Fact]
    public void Every_cmdlet_and_every_parameter_is_documented()
    {
        var missing = new List<string>();
        foreach (var name in CmdletNames())
        {
            var help = fixture.Help(name);
            Assert.Contains(help.TypeNames, t => t.StartsWith("MamlCommandHelpInfo", StringComparison.Ordinal));
            missing.AddRange(new[] { "Synopsis", "description", "returnValues", "alertSet" }.Where(part => Text(help, part).Length == 0).Select(part => $"{name}: {part}"));
            missing.AddRange(UndocumentedParameters(name, help).Select(parameter => $"{name}: -{parameter}"));
        }

        Assert.Empty(missing);
    }

    /// <summary>PowerShell turns the help of all commands into objects before it shows one: what no view of it shows takes time.</summary>
    [Fact]
    public void The_syntax_repeats_nothing_of_the_parameters()
    {
        var help = XDocument.Load(Path.Combine(ModuleFiles.Repository, "module", "bin", "net8.0", "en-US", "OdcPowerShell.dll-Help.xml"));
        var parts = help.Descendants().Where(e => e.Name.LocalName == "syntaxItem").Elements().Where(e => e.Name.LocalName == "parameter").Elements().Select(e => e.Name.LocalName).Distinct();
        Assert.Equal(["name", "parameterValue", "parameterValueGroup"], parts.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_cmdlet_has_two_examples_that_are_scripts_and_call_it()
    {
        Assert.All(CmdletNames(), name =>
        {
            var examples = Shell.Run($"(Get-Help {name} -Full).examples.example.code").All<string>();
            Assert.True(examples.Count >= 2, $"{name} has {examples.Count} examples.");
            Assert.All(examples, code => Assert.Contains(name, ScriptBlock.Create(code).ToString(), StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Notes_name_the_operations_with_their_permissions()
    {
        Assert.Contains("GET /api/organization/v1/organization: any one permission", Text(fixture.Help("Get-OdcOrganization"), "alertSet"), StringComparison.Ordinal);
        Assert.Contains("Stage > View stage", Text(fixture.Help("Get-OdcStage"), "alertSet"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Start-OdcDeployment", "Test-OdcDeployment", "Wait-OdcOperation", "Get-OdcDeployment")]
    [InlineData("Get-OdcUser", "Import-OdcUser", "Disable-OdcUser", "Get-OdcEndUserRole")]
    [InlineData("Connect-Odc", "Disconnect-Odc", "Register-OdcCredential", "about_OdcAuthentication")]
    public void Help_leads_to_what_follows(string name, params string[] related)
    {
        var seeAlso = Text(fixture.Help(name), "description").Split('\n').Single(l => l.StartsWith("See also: ", StringComparison.Ordinal));
        Assert.All(related, r => Assert.Contains(r, seeAlso, StringComparison.Ordinal));
    }

    [Fact]
    public void What_help_leads_to_exists_and_no_address_is_promised()
    {
        var names = CmdletNames();
        Assert.All(names, name =>
        {
            var help = fixture.Help(name);
            var seeAlso = Text(help, "description").Split('\n').Single(l => l.StartsWith("See also: ", StringComparison.Ordinal))["See also: ".Length..].TrimEnd('.').Split(", ");
            Assert.All(seeAlso, s => Assert.True(names.Contains(s) || File.Exists(Path.Combine(ModuleFiles.Repository, "module", "en-US", s + ".help.txt")), $"{name}: {s}"));
            // PowerShell recommends -Online wherever there are links, and no address exists yet.
            Assert.Null(help.Properties["relatedLinks"]);
        });
    }

    [Theory]
    [InlineData("about_Odc")]
    [InlineData("about_OdcAuthentication")]
    [InlineData("about_OdcAutomation")]
    [InlineData("about_OdcErrors")]
    [InlineData("about_OdcRateLimits")]
    [InlineData("about_OdcTenantFiles")]
    public void About_topics_are_found_and_fit_80_columns(string topic)
    {
        var shown = Shell.Run("Get-Help " + topic).Single<string>();
        Assert.Equal(Topic(topic).TrimEnd(), shown.ReplaceLineEndings("\n").TrimEnd());
        Assert.All(Topic(topic).Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void About_OdcOperations_has_every_operation_with_its_commands_and_permission()
    {
        var shown = Shell.Run("Get-Help about_OdcOperations").Single<string>().ReplaceLineEndings("\n");
        Assert.All(shown.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        var operations = Regex.Split(shown, "^    (?=(?:GET|POST|PATCH|DELETE) )", RegexOptions.Multiline, TimeSpan.FromSeconds(1)).Skip(1).ToList();
        Assert.Equal(OperationCatalogue.All.Count(), operations.Count);
        Faults.None(operations.Where(o => !o.Contains("-Odc", StringComparison.Ordinal) || !o.Contains("Permission: ", StringComparison.Ordinal)));
        Assert.Contains("GET    /environments/{environmentKey}/private-gateway\n           Get-OdcPrivateGateway", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void About_OdcErrors_names_every_cause_with_its_category_and_whether_it_ends_the_command()
    {
        var documented = Regex.Matches(
                Topic("about_OdcErrors"), "^    (?<id>Odc[A-Za-z]+) +(?<category>[A-Za-z]+) +(?<effect>ends|input)$", RegexOptions.Multiline, TimeSpan.FromSeconds(1))
            .Select(m => $"{m.Groups["id"]} {m.Groups["category"]} {m.Groups["effect"]}");
        var real = Enum.GetValues<OdcErrorCause>().Select(cause =>
        {
            var record = ErrorRecords.From(new OdcException(cause, "message", "action"), target: null);
            return $"{record.FullyQualifiedErrorId} {record.CategoryInfo.Category} {(ErrorRecords.IsTerminating(cause) ? "ends" : "input")}";
        });
        Assert.Equal(real.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    private List<string> CmdletNames()
    {
        var names = Shell.Run("(Get-Command -Module OdcPowerShell -CommandType Cmdlet).Name").All<string>().Distinct(StringComparer.Ordinal).ToList();
        Assert.True(names.Count > 10, "The module exports too few cmdlets: " + string.Join(", ", names));
        return names;
    }

    private IEnumerable<string> UndocumentedParameters(string name, PSObject help)
    {
        var described = PSObject.AsPSObject(help.Properties["parameters"].Value).Properties["parameter"]?.Value;
        var texts = (LanguagePrimitives.GetEnumerable(described)?.Cast<object>() ?? [described!]).Select(PSObject.AsPSObject)
            .ToDictionary(p => Text(p, "name"), p => Text(p, "description"), StringComparer.Ordinal);
        return Shell.Run($"(Get-Command {name}).Parameters.Keys").All<string>()
            .Where(p => !Cmdlet.CommonParameters.Contains(p) && string.IsNullOrEmpty(texts.GetValueOrDefault(p)));
    }

    /// <summary>All the words of a part of the help, however deep they are.</summary>
    internal static string Text(PSObject help, string part) => Words(help.Properties[part]?.Value).Trim();

    private static string Words(object? value) => value switch
    {
        null => "",
        string text => text,
        PSObject { BaseObject: string text } => text,
        _ when LanguagePrimitives.GetEnumerable(value) is { } several => string.Join("\n", several.Cast<object>().Select(Words)),
        PSObject one => string.Join("\n", one.Properties.Where(p => p is PSNoteProperty).Select(p => Words(p.Value))),
        _ => value.ToString() ?? "",
    };

    private static string Topic(string name) =>
        File.ReadAllText(Path.Combine(ModuleFiles.Repository, "module", "en-US", name + ".help.txt")).ReplaceLineEndings("\n");
}
