using System.IO.Compression;
using OdcPowerShell.ExternalLibraries;
using OdcPowerShell.Tests.AssetRepository;

namespace OdcPowerShell.Tests.ExternalLibraries;

/// <summary>What Import-OdcExternalLibrary says about files before it sends anything.</summary>
public sealed class LibraryPackageTests
{
    [Theory]
    [InlineData("nowhere.zip", "OdcFileNotFound", "nowhere.zip")]
    [InlineData("folder", "OdcInvalidRequest", "is a folder")]
    [InlineData("text.zip", "OdcInvalidRequest", "is not a readable zip file")]
    [InlineData("nothing.zip", "OdcInvalidRequest", "is empty")]
    [InlineData("bare.zip", "OdcInvalidRequest", "contains no files")]
    [InlineData("source.zip", "OdcInvalidRequest", "contains no .dll")]
    [InlineData("out.zip", "OdcInvalidRequest", "leads out of the folder")]
    [InlineData("rooted.zip", "OdcInvalidRequest", "leads out of the folder")]
    [InlineData("drive.zip", "OdcInvalidRequest", "leads out of the folder")]
    [InlineData("cut.zip", "OdcInvalidRequest", "is not a readable zip file")]
    [InlineData("method.zip", "OdcInvalidRequest", "can't be read")]
    [InlineData("large.zip", "OdcFileTooLarge", "100.0 MB")]
    [InlineData("*.none", "OdcFileNotFound", "No file matches '*.none'")]
    [InlineData("variable:", "OdcFileNotFound", "not a path of the file system")]
    public async Task What_can_not_be_a_library_is_rejected_before_anything_is_sent(string path, string id, string message)
    {
        await using var lab = await LibraryLab.StartAsync();
        Directory.CreateDirectory(lab.PathOf("folder"));
        File.WriteAllText(lab.PathOf("text.zip"), "This is no zip file, although its name says so.");
        File.WriteAllBytes(lab.PathOf("nothing.zip"), []);
        lab.WriteZip("bare.zip");
        lab.WriteZip("source.zip", "Calculator.cs", "Calculator.csproj");
        lab.WriteZip("out.zip", "Calculator.dll", "../../evil.dll");
        lab.WriteZip("rooted.zip", "Calculator.dll", "/etc/evil");
        lab.WriteZip("drive.zip", "Calculator.dll", "C:\\evil.dll");
        var whole = lab.WriteLibrary("whole.zip", "Calculator", LibraryLab.Add);
        File.WriteAllBytes(lab.PathOf("cut.zip"), whole[..(whole.Length / 2)]);
        File.WriteAllBytes(lab.PathOf("method.zip"), OfMethod(whole, 99));
        LargeFile.Write(lab.PathOf("large.zip"));
        var result = lab.Shell.Run($"Import-OdcExternalLibrary '{path}' -Wait");
        Assert.Null(result.Terminating);
        Assert.Contains(message, Assert.Single(result.Errors).MustBe(id).ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Tenant.Statistics.Requests);
    }

    [Theory]
    [InlineData("A release needs", "-Release")]
    [InlineData("Specify -Release too", "-Tag 1.0.0")]
    [InlineData("Specify -Release too", "-ReleaseNote x")]
    [InlineData("'1.0' is not a tag", "-Release -Tag 1.0")]
    [InlineData("'v1.0.0' is not a tag", "-Release -Tag v1.0.0")]
    [InlineData("'1.0.0.0' is not a tag", "-Release -Tag 1.0.0.0")]
    public async Task Parameters_of_a_release_belong_together(string message, string parameters)
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.WriteLibrary("calc.zip", "Calculator", LibraryLab.Add);
        var error = lab.Shell.Catch($"Import-OdcExternalLibrary calc.zip {parameters}").MustBe("OdcInvalidRequest");
        Assert.Contains(message, error + error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(lab.Tenant.Statistics.Requests);
    }

    [Fact]
    public async Task Assemblies_in_a_folder_are_warned_of()
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.WriteZip("calc.zip", "publish/linux/Calculator.dll", "publish\\linux\\Other.dll");
        var result = lab.Shell.Run("Import-OdcExternalLibrary calc.zip -Wait");
        Assert.Contains("in the folder publish/linux", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Contains("root directory", result.Error.MustBe("OdcOperationFailed").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(28, null)]
    [InlineData(30, "exceeds 28.6 MB for uploads:")]
    [InlineData(51, "exceeds 28.6 MB for uploads, 50 MB for libraries of the MCP server:")]
    [InlineData(95, "90 MB for libraries in the ODC Portal")]
    public async Task A_large_file_is_warned_of_and_sent(int megabytes, string? warning)
    {
        await using var lab = await LibraryLab.StartAsync();
        using (var zip = ZipFile.Open(lab.PathOf("calc.zip"), ZipArchiveMode.Create))
        {
            using (var assembly = zip.CreateEntry("Calculator.dll").Open())
                assembly.Write("MZ"u8);
            using var content = zip.CreateEntry("data.bin", CompressionLevel.NoCompression).Open();
            content.Write(new byte[megabytes * 1024 * 1024]);
        }

        var result = lab.Shell.Run("Import-OdcExternalLibrary calc.zip").ThrowOnError();
        Assert.Equal(warning is null ? 0 : 1, result.Warnings.Count);
        Assert.All(result.Warnings, w => Assert.Contains(warning!, w, StringComparison.Ordinal));
        Assert.Single(result.Output);
    }

    [Theory]
    [InlineData("Import-OdcExternalLibrary lib*.zip", "lib1.zip, lib[1].zip")]
    [InlineData("Import-OdcExternalLibrary 'lib[1].zip'", "lib1.zip")]
    [InlineData("Import-OdcExternalLibrary 'lib`[1`].zip'", "lib[1].zip")]
    [InlineData("Import-OdcExternalLibrary -LiteralPath 'lib[1].zip'", "lib[1].zip")]
    [InlineData("Get-Item -LiteralPath 'lib[1].zip' | Import-OdcExternalLibrary", "lib[1].zip")]
    [InlineData("'lib1.zip', './lib1.zip' | Import-OdcExternalLibrary", "lib1.zip")]
    [InlineData("Remove-Item lib1.zip; Import-OdcExternalLibrary 'lib[1].zip'", "lib[1].zip")]
    [InlineData("[pscustomobject]@{ Path = 'lib1.zip' } | Import-OdcExternalLibrary", "lib1.zip")]
    [InlineData("Import-OdcExternalLibrary nowhere.zip, lib1.zip -ErrorAction SilentlyContinue", "lib1.zip")]
    public async Task Paths_have_wildcards_and_literal_paths_none(string script, string files)
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.WriteLibrary("lib1.zip", "One", LibraryLab.Add);
        lab.WriteLibrary("lib[1].zip", "Two", LibraryLab.Add);
        var result = lab.Shell.Run(script);
        Assert.Equal(files, string.Join(", ", result.Output.Select(o => ((OdcExternalLibraryImport)o.BaseObject).FileName).Order(StringComparer.Ordinal)));
        Assert.Equal(script.Contains("./", StringComparison.Ordinal) ? 1 : 0, result.Warnings.Count(w => w.Contains("more than once", StringComparison.Ordinal)));
    }

    // The method of compression is at 8 in the header before each file, and at 10 in the one at the end.
    private static byte[] OfMethod(byte[] zip, byte method)
    {
        var changed = (byte[])zip.Clone();
        for (var at = 0; at < changed.Length - 12; at++)
        {
            if (changed.AsSpan(at).StartsWith("PK\u0003\u0004"u8))
                changed[at + 8] = method;
            else if (changed.AsSpan(at).StartsWith("PK\u0001\u0002"u8))
                changed[at + 10] = method;
        }

        return changed;
    }
}
