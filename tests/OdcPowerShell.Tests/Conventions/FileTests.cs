namespace OdcPowerShell.Tests.Conventions;

/// <summary>Files are short.</summary>
public sealed class FileTests
{
    [Fact]
    public void No_source_is_longer_than_300_lines() =>
        Faults.None(Lengths().Where(l => l.Lines > 300).Select(l => $"src/{l.File} has {l.Lines} lines: split it"));

    /// <summary>What is only read together with another file stands in it, and few files are long.</summary>
    [Fact]
    public void One_source_in_ten_has_25_lines_at_most_and_nine_of_ten_have_200()
    {
        var lengths = Lengths().Select(l => l.Lines).Order().ToList();
        Assert.InRange(lengths.Count(l => l <= 25), 0, lengths.Count / 10);
        Assert.InRange(lengths[lengths.Count * 9 / 10], 1, 200);
    }

    [Fact]
    public void The_build_script_has_150_lines_at_most() =>
        Assert.InRange(File.ReadLines(Path.Combine(ModuleFiles.Repository, "build.ps1")).Count(), 1, 150);

    private static IEnumerable<(string File, int Lines)> Lengths() => Module.Sources().Select(f => (f, File.ReadLines(Path.Combine(Module.SourceFolder, f)).Count()));
}
