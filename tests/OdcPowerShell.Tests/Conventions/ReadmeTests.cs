using System.Text.RegularExpressions;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>The code that the README shows is the module's.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_code_of_its_last_part_stands_in_the_sources()
    {
        var readme = File.ReadAllText(Path.Combine(ModuleFiles.Repository, "README.md")).ReplaceLineEndings("\n");
        var blocks = Regex.Matches(readme, @"^ *```csharp\n(?<code>.*?)^ *```$", RegexOptions.Multiline | RegexOptions.Singleline, TimeSpan.FromSeconds(5)).Select(m => m.Groups["code"].Value).ToList();
        Assert.Equal(4, blocks.Count);
        var sources = Words(string.Concat(Directory.EnumerateFiles(Path.Combine(ModuleFiles.Repository, "src"), "*Organization*.cs", SearchOption.AllDirectories)
            .Append(Path.Combine(ModuleFiles.Repository, "tests", "OdcPowerShell.Tests", "Contract", "OrganizationCalls.cs")).Select(File.ReadAllText)));
        Assert.All(blocks, block => Assert.Contains(Words(block), sources, StringComparison.Ordinal));
    }

    [Fact]
    public void Its_table_has_every_command_once()
    {
        var readme = File.ReadAllText(Path.Combine(ModuleFiles.Repository, "README.md")).ReplaceLineEndings("\n");
        var table = readme[readme.IndexOf("## The commands", StringComparison.Ordinal)..readme.IndexOf("## Install", StringComparison.Ordinal)];
        // `Get-`, `New-` and `Set-OdcGroup` are three.
        var named = table.Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal)).SelectMany(l => l.Split('|')[2].Split(';')).SelectMany(cell =>
        {
            var words = Regex.Matches(cell, "`(?<word>[^`]+)`", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(m => m.Groups["word"].Value).ToList();
            return words.Select(w => w.EndsWith('-') ? w + words[^1].Split('-')[1] : w);
        });
        Assert.Equal(Module.CmdletTypes.Select(t => t.CmdletName()).Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    private static string Words(string code) => string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
