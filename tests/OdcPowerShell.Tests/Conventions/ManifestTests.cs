using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>OdcPowerShell.psd1 and its root module.</summary>
public sealed class ManifestTests
{
    [Fact]
    public void It_exports_exactly_the_cmdlets_of_the_assembly() =>
        Same("CmdletsToExport", Module.CmdletTypes.Select(t => t.CmdletName()));

    [Fact]
    public void It_exports_exactly_the_aliases_of_the_assembly() =>
        Same("AliasesToExport", Module.CmdletTypes.SelectMany(t => t.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []));

    [Fact]
    public void It_exports_nothing_else()
    {
        Assert.Empty(ManifestFile.Listed("FunctionsToExport"));
        Assert.Empty(ManifestFile.Listed("VariablesToExport"));
    }

    [Fact]
    public void It_is_pure_data()
    {
        var script = Parser.ParseFile(ModuleFiles.Manifest, out _, out var errors);
        Assert.Empty(errors);
        Assert.Null(script.ParamBlock);
        var pipeline = Assert.IsType<PipelineAst>(Assert.Single(script.EndBlock.Statements));
        var table = Assert.IsType<HashtableAst>(Assert.IsType<CommandExpressionAst>(Assert.Single(pipeline.PipelineElements)).Expression);
        Assert.DoesNotContain(table.FindAll(_ => true, searchNestedScriptBlocks: true), a => a is CommandAst or VariableExpressionAst or ScriptBlockAst or IfStatementAst);
    }

    [Theory]
    [InlineData("RequiredModules")]
    [InlineData("RequiredAssemblies")]
    [InlineData("ScriptsToProcess")]
    [InlineData("NestedModules")]
    public void It_needs_and_runs_nothing_else(string key) => Assert.False(ManifestFile.Read().ContainsKey(key), $"OdcPowerShell.psd1: remove {key}");

    [Fact]
    public void It_serves_windows_powershell_and_powershell()
    {
        Assert.Equal("5.1", ManifestFile.Read()["PowerShellVersion"]);
        Assert.Equal(["Core", "Desktop"], ManifestFile.Listed("CompatiblePSEditions"));
    }

    [Fact]
    public void Its_version_is_the_assemblys() =>
        Assert.Equal(Module.Cmdlets.GetName().Version!.ToString(3), ManifestFile.Read()["ModuleVersion"]);

    [Fact]
    public void Its_files_exist()
    {
        foreach (var file in ManifestFile.Listed("FormatsToProcess").Append((string)ManifestFile.Read()["RootModule"]!))
            Assert.True(File.Exists(Path.Combine(ModuleFiles.Repository, file)), $"OdcPowerShell.psd1 names {file}");
    }

    /// <summary>Package managers read it as data. An expression that would choose the assembly there, and save the script, they reject.</summary>
    [Fact]
    public void It_is_data()
    {
        var manifest = Parser.ParseFile(ModuleFiles.Manifest, out _, out _);
        Assert.IsType<HashtableAst>(manifest.EndBlock.Statements.Single().Find(ast => ast is HashtableAst, searchNestedScriptBlocks: false)).SafeGetValue();
    }

    [Fact]
    public void Its_root_chooses_a_build_and_imports_it()
    {
        var script = Parser.ParseFile(Path.Combine(ModuleFiles.Repository, "module", "OdcPowerShell.psm1"), out _, out var errors);
        Assert.Empty(errors);
        Assert.Equal(4, script.EndBlock.Statements.Count);
        Assert.All(script.EndBlock.Statements.Take(2), statement => Assert.IsType<AssignmentStatementAst>(statement));
        Assert.StartsWith("if ($net -ge 10)", script.EndBlock.Statements[2].ToString(), StringComparison.Ordinal);
        Assert.StartsWith("Import-Module", script.EndBlock.Statements[3].ToString(), StringComparison.Ordinal);
    }

    private static void Same(string key, IEnumerable<string> compiled)
    {
        var (listed, there) = (ManifestFile.Listed(key).ToList(), compiled.Order(StringComparer.Ordinal).ToList());
        Faults.None(there.Except(listed).Select(n => $"OdcPowerShell.psd1: add '{n}' to {key}").Concat(listed.Except(there).Select(n => $"OdcPowerShell.psd1: remove '{n}' from {key}")));
        Assert.Equal(there, listed);
    }
}
