namespace OdcPowerShell.Tests.Conventions;

/// <summary>Arrows between layers point down only: cmdlets, pipeline, client, HTTP.</summary>
public sealed class LayerTests
{
    /// <summary>Files beside <c>*Api.cs</c> that may hold a path of the API, with the reason.</summary>
    private static readonly Dictionary<string, string> Paths = new()
    {
        ["OdcPowerShell.Core/Http/Budget/RateLimits.cs"] = "is the table of the published limits, by base path",
        ["OdcPowerShell.Core/Http/RawRequests.cs"] = "knows the one API whose query names are in capitals",
    };

    [Fact]
    public void Core_does_not_know_PowerShell() =>
        Assert.DoesNotContain(Module.Core.GetReferencedAssemblies(), a => a.Name!.Contains("Automation", StringComparison.Ordinal) || a.Name == "OdcPowerShell");

    [Theory]
    [InlineData("HttpClient")]
    [InlineData("HttpMessageInvoker")]
    [InlineData("HttpStatusCode")]
    [InlineData(".StatusCode")]
    [InlineData("new Uri(")]
    public void A_cmdlet_does_not_know_HTTP(string word) => Faults.None(Uses("OdcPowerShell/Cmdlets", word));

    [Fact]
    public void Only_the_cmdlets_layer_knows_cmdlets() =>
        Faults.None(Module.Sources("OdcPowerShell").Where(f => !f.Contains("/Cmdlets/", StringComparison.Ordinal)).SelectMany(f => Uses(f, "OdcPowerShell.Cmdlets")));

    [Fact]
    public void A_path_of_the_API_stands_in_its_Api_file_only()
    {
        var files = Module.Sources("OdcPowerShell").Concat(Module.Sources("OdcPowerShell.Core"));
        Faults.None(files.Where(f => !f.EndsWith("Api.cs", StringComparison.Ordinal) && !Paths.ContainsKey(f)).SelectMany(f => Uses(f, "\"/api/"))
            .Select(use => use + ": paths stand in <Domain>Api.cs"));
    }

    [Fact]
    public void A_domain_has_the_same_name_in_both_assemblies()
    {
        var core = Folders("OdcPowerShell.Core").ToList();
        Faults.None(Folders("OdcPowerShell/Cmdlets").Where(f => f != "Session" && !core.Contains(f)).Select(f => $"src/OdcPowerShell.Core/{f} is missing"));
    }

    private static IEnumerable<string?> Folders(string folder) => Directory.EnumerateDirectories(Path.Combine(Module.SourceFolder, folder)).Select(Path.GetFileName);

    private static IEnumerable<string> Uses(string fileOrFolder, string word) =>
        from file in fileOrFolder.EndsWith(".cs", StringComparison.Ordinal) ? [fileOrFolder] : Module.Sources(fileOrFolder)
        from line in Module.Code(file)
        where line.Text.Contains(word, StringComparison.Ordinal)
        select $"src/{file}:{line.Number} uses {word}";
}
