using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using OdcPowerShell.Tests.Conventions;

namespace OdcPowerShell.Tests.Samples;

/// <summary>What every sample must be: it parses, calls commands that there are, and says what it is for.</summary>
public sealed class SampleTests
{
    public static TheoryData<string> Scripts => [.. SampleFile.Scripts];

    public static TheoryData<string> Pipelines => [.. SampleFile.Pipelines];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_calls_commands_that_there_are_with_their_parameters(string name) => Faults.None(Wrong(SampleFile.Text(name)));

    [Theory]
    [MemberData(nameof(Pipelines))]
    public void A_pipeline_calls_commands_that_there_are_with_their_parameters(string name)
    {
        Assert.NotEmpty(SampleFile.Steps(name));
        Faults.None(SampleFile.Steps(name).SelectMany(s => Wrong(s.Text)));
    }

    [Fact]
    public void The_README_calls_commands_that_there_are_with_their_parameters() =>
        Faults.None(SampleFile.Blocks("powershell").Concat(SampleFile.Blocks("yaml").SelectMany(PipelineStep.Read).Select(s => s.Text)).SelectMany(Wrong));

    [Theory]
    [InlineData("Get-OdcUsers", "Get-OdcUsers")]
    [InlineData("Get-OdcUser -Frist 1", "-Frist")]
    [InlineData("Get-OdcUser | Start-OdcDeployment -S QA", "-S")]
    [InlineData("if ($true) {", "'}'")]
    public void What_is_wrong_is_found(string script, string named) => Assert.Contains(Wrong(script), w => w.Contains(named, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_is_short_says_what_it_is_for_and_stops_at_errors(string name)
    {
        var script = Parser.ParseInput(SampleFile.Text(name), out _, out _);
        Assert.InRange(File.ReadLines(Path.Combine(SampleFile.Folder, name)).Count(), 1, 60);
        var help = script.GetHelpContent();
        Assert.NotNull(help);
        Assert.NotEmpty(help.Synopsis);
        Assert.NotEmpty(help.Description);
        Assert.NotEmpty(help.Examples);
        if (script.ParamBlock is null)
            return;
        Assert.Contains("Set-StrictMode -Version Latest", script.Extent.Text, StringComparison.Ordinal);
        Assert.Contains("$ErrorActionPreference = 'Stop'", script.Extent.Text, StringComparison.Ordinal);
    }

    /// <summary>A range that begins at 0.1 leaves out 0.1.0-preview1, which sorts before it.</summary>
    [Theory]
    [MemberData(nameof(Pipelines))]
    public void The_line_that_installs_the_module_finds_this_version(string name)
    {
        var lowest = Regex.Matches(SampleFile.Text(name), @"-Name OdcPowerShell -Version '\[(?<lowest>[^,]+),", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(m => m.Groups["lowest"].Value).ToList();
        Assert.NotEmpty(lowest);
        Assert.All(lowest, l => Assert.True(Sorted(l).CompareTo(Sorted(ManifestFile.Version)) <= 0, $"{l} is higher than {ManifestFile.Version}"));

        static (Version Number, string Label) Sorted(string version) =>
            (Version.Parse(version.Split('-')[0] + (version.Split('-')[0].Count(c => c == '.') == 1 ? ".0" : "")), version.Contains('-', StringComparison.Ordinal) ? version.Split('-', 2)[1] : "~");
    }

    [Fact]
    public void The_topic_names_every_sample()
    {
        var topic = File.ReadAllText(Path.Combine(ModuleFiles.Repository, "module", "en-US", "about_OdcAutomation.help.txt"));
        Assert.All(SampleFile.Scripts.Concat(SampleFile.Pipelines), name => Assert.Contains(name, topic, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Wrong(string text)
    {
        using var shell = new Shell();
        var script = Parser.ParseInput(text, out _, out var errors);
        var calls = script.FindAll(a => a is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>().Where(c => c.GetCommandName()?.Contains("-Odc", StringComparison.Ordinal) == true);
        return [.. errors.Select(e => $"Line {e.Extent.StartLineNumber}: {e.Message}"), .. calls.Where(c => !c.GetCommandName().EndsWith(".ps1", StringComparison.Ordinal)).SelectMany(c => Wrong(c, shell))];
    }

    private static IEnumerable<string> Wrong(CommandAst call, Shell shell)
    {
        if (shell.Run($"Get-Command {call.GetCommandName()}").Output.FirstOrDefault()?.BaseObject is not CommandInfo command)
            return [$"Line {call.Extent.StartLineNumber}: there is no command {call.GetCommandName()}"];
        return call.CommandElements.OfType<CommandParameterAst>().Where(p => !HasParameter(command, p.ParameterName))
            .Select(p => $"Line {p.Extent.StartLineNumber}: {command.Name} has no parameter -{p.ParameterName}");
    }

    // A sample writes names out: what is short for one parameter today may be for two tomorrow.
    private static bool HasParameter(CommandInfo command, string name) =>
        command.Parameters.Values.Any(p => p.Aliases.Prepend(p.Name).Contains(name, StringComparer.OrdinalIgnoreCase));
}
