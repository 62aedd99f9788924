using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using OdcPowerShell.Tests.Samples;
using YamlDotNet.RepresentationModel;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>The workflows for GitHub, as far as they can be checked without it: what they may do, what they use, and what they run.</summary>
public sealed class WorkflowTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Path.Combine(ModuleFiles.Repository, ".github", "workflows")).Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(Files))]
    public void It_may_only_read_the_repository(string file)
    {
        var root = Read(file);
        var permission = Assert.Single(((YamlMappingNode)root["permissions"]).Children);
        Assert.Equal(("contents", "read"), (permission.Key.ToString(), permission.Value.ToString()));
        Assert.All(Jobs(root), job => Assert.False(job.Children.ContainsKey("permissions"), "A job has permissions of its own."));
        Assert.All(Jobs(root), job => Assert.True(job.Children.ContainsKey("timeout-minutes"), "A job may run for hours."));
        // What a pull request from elsewhere says is never part of a script, and no secret is within its reach.
        var text = MarkdownFile.Text(".github/workflows/" + file);
        Assert.DoesNotContain("pull_request_target", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secrets.", text, StringComparison.Ordinal);
        Assert.All(Scripts(root), script => Assert.DoesNotContain("${{", script.Text, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void It_uses_actions_of_GitHub_in_a_pinned_version(string file) =>
        Assert.All(Steps(Read(file)).Where(s => s.Children.ContainsKey("uses")), step => Assert.Matches(new Regex("^actions/[a-z-]+@v[0-9]+$|^[a-z-]+/[a-z-]+@[0-9a-f]{40}$", RegexOptions.None, Limit), step["uses"].ToString()));

    [Theory]
    [MemberData(nameof(Files))]
    public void Its_scripts_are_valid_and_run_what_exists(string file)
    {
        var scripts = Scripts(Read(file)).ToList();
        Assert.NotEmpty(scripts);
        Assert.All(scripts, script =>
        {
            Assert.Contains(script.Shell, (string[])["bash", "pwsh", "powershell"]);
            // A line for bash is one command without anything of bash, which PowerShell reads too.
            var tree = Parser.ParseInput(script.Text, out _, out var errors);
            Assert.Empty(errors);
            var paths = tree.FindAll(a => a is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>().SelectMany(c => c.CommandElements.Select(e => e.ToString()))
                .Where(e => e.Contains(".ci/", StringComparison.Ordinal) || e.EndsWith(".ps1", StringComparison.Ordinal));
            Assert.All(paths, path => Assert.True(File.Exists(Path.Combine(ModuleFiles.Repository, path)), path));
        });
    }

    [Fact]
    public void Each_supported_PowerShell_does_the_main_job_and_each_system_runs_all_tests()
    {
        var jobs = (YamlMappingNode)Read("build.yml")["jobs"];
        var systems = ((YamlSequenceNode)jobs["tests"]["strategy"]["matrix"]["os"]).Select(n => n.ToString());
        Assert.Equal(["macos-latest", "ubuntu-latest", "windows-latest"], systems.Order(StringComparer.Ordinal));
        var shells = ((YamlSequenceNode)jobs["main-job"]["strategy"]["matrix"]["include"]).Select(n => $"{n["os"]} {n["powershell"]}").ToList();
        Assert.Superset(new HashSet<string> { "windows-latest 5.1", "windows-latest 7.4", "windows-latest 7.6", "ubuntu-latest 7.6", "macos-latest 7.6" }, shells.ToHashSet());
        var all = Scripts(Read("build.yml")).ToList();
        Assert.Contains(all, s => s.Text.Trim() == ".ci/run");
        Assert.Equal(["powershell", "pwsh"], all.Where(s => s.Text.Contains(".ci/main-job.ps1", StringComparison.Ordinal)).Select(s => s.Shell).Order(StringComparer.Ordinal));
    }

    /// <summary>What runs in Windows PowerShell 5.1 has nothing of later versions: its syntax, or a variable that is not there.</summary>
    [Fact]
    public void The_main_job_is_one_for_Windows_PowerShell_too()
    {
        var tree = Parser.ParseFile(Path.Combine(ModuleFiles.Repository, ".ci", "main-job.ps1"), out var tokens, out var errors);
        Assert.Empty(errors);
        Assert.DoesNotContain(tokens, t => t.Kind is TokenKind.QuestionQuestion or TokenKind.QuestionQuestionEquals or TokenKind.QuestionDot or TokenKind.QuestionLBracket or TokenKind.AndAnd or TokenKind.OrOr);
        Assert.DoesNotContain(tree.FindAll(_ => true, searchNestedScriptBlocks: true), a => a is TernaryExpressionAst or PipelineChainAst);
        // In 5.1 $IsWindows is null: it is asked only after the edition.
        Assert.Contains("-eq 'Desktop') { 'powershell.exe' } elseif ($IsWindows)", tree.ToString(), StringComparison.Ordinal);
        Assert.Contains("Start-OdcDeployment -FromStage QA -Stage Production -Asset 'Order Desk' -Wait -Confirm:$false", MarkdownFile.Text("README.md"), StringComparison.Ordinal);
        Assert.Contains("Start-OdcDeployment -FromStage QA -Stage Production -Asset 'Order Desk' -Wait -Confirm:$false", tree.ToString(), StringComparison.Ordinal);
    }

    private static YamlMappingNode Read(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(MarkdownFile.Text(".github/workflows/" + file)));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static IEnumerable<YamlMappingNode> Jobs(YamlMappingNode root) => ((YamlMappingNode)root["jobs"]).Children.Values.Cast<YamlMappingNode>();

    private static IEnumerable<YamlMappingNode> Steps(YamlMappingNode root) => Jobs(root).SelectMany(job => (YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>();

    private static IEnumerable<(string Shell, string Text)> Scripts(YamlMappingNode root) =>
        Steps(root).Where(s => s.Children.ContainsKey("run")).Select(s => (s["shell"].ToString(), s["run"].ToString()));
}
