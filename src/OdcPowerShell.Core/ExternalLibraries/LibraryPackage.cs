using System.IO.Compression;
using OdcPowerShell.AssetRepository;

namespace OdcPowerShell.ExternalLibraries;

/// <summary>A zip file with the assemblies of an external library, checked before it is sent.</summary>
internal sealed class LibraryPackage
{
    private const double Mega = 1024 * 1024;

    private LibraryPackage(LocalFile file, IReadOnlyList<string> warnings) => (File, Warnings) = (file, warnings);

    internal LocalFile File { get; }

    /// <summary>What the service may reject, although the documentation is not clear about it.</summary>
    internal IReadOnlyList<string> Warnings { get; }

    /// <param name="path">Full path.</param>
    /// <exception cref="OdcException">There is no such file, or it can't be a library.</exception>
    internal static LibraryPackage Of(string path)
    {
        if (Directory.Exists(path))
            throw Wrong($"{path} is a folder, and a library is a zip file.", $"Compress its content: Compress-Archive -Path '{System.IO.Path.Combine(path, "*")}' -DestinationPath MyLibrary.zip.");
        var file = LocalFile.Of(path, AssetRepositoryApi.LargestSource);
        if (file.Length == 0)
            throw Wrong($"{path} is empty. Nothing was sent.", "Compress the output of dotnet publish again.");
        var names = LocalFailure.Explain(path, () => Read(file));
        if (names.Count == 0)
            throw Wrong($"{path} contains no files. Nothing was sent.", "Compress the output of dotnet publish: its assemblies must be at the top level of the zip file.");
        if (names.FirstOrDefault(LeadsOut) is { } outside)
            throw Wrong($"{path} contains the entry '{Short(outside)}', which leads out of the folder. Nothing was sent.", "Compress the output of dotnet publish with Compress-Archive.");
        var assemblies = names.Where(IsAssembly).ToList();
        return assemblies.Count == 0
            ? throw Wrong($"{path} contains no .dll. Nothing was sent.", "Compress the output of dotnet publish: its assemblies must be at the top level of the zip file.")
            : new LibraryPackage(file, [.. Doubts(file, assemblies)]);
    }

    private static IEnumerable<string> Doubts(LocalFile file, List<string> assemblies)
    {
        if (assemblies.All(a => a.Contains('/')))
            yield return $"The assemblies of {file.Name} are in the folder {Short(assemblies[0].Substring(0, assemblies[0].LastIndexOf('/')))}. The service expects them at the top level: compress the content of the folder, not the folder.";
        // The limit that the documentation names for uploads, and those for libraries.
        (double Limit, string Of)[] limits = [(28.6, "uploads"), (50, "libraries of the MCP server"), (90, "libraries in the ODC Portal")];
        var exceeded = limits.Where(l => file.Length > l.Limit * Mega).Select(l => FormattableString.Invariant($"{l.Limit} MB for {l.Of}")).ToList();
        if (exceeded.Count > 0)
            yield return $"{file.Name} has {Size.Of(file.Length)}. The documentation names several limits, and the file exceeds {string.Join(", ", exceeded)}: the service may reject it.";
    }

    /// <summary>The names of the files in the zip file, with slashes between folders.</summary>
    private static IReadOnlyList<string> Read(LocalFile file)
    {
        try
        {
            using var zip = new ZipArchive(file.Open(), ZipArchiveMode.Read);
            var files = zip.Entries.Where(e => !e.FullName.EndsWith("/", StringComparison.Ordinal) && !e.FullName.EndsWith("\\", StringComparison.Ordinal)).ToList();
            foreach (var entry in files.Where(e => IsAssembly(e.FullName)))
                Check(entry, file);
            return [.. files.Select(e => e.FullName.Replace('\\', '/'))];
        }
        catch (InvalidDataException e)
        {
            throw Wrong($"{file.FullName} is not a readable zip file: {e.Message} Nothing was sent.", "Compress the output of dotnet publish with Compress-Archive.");
        }
    }

    // The first byte is enough to find a wrong method of compression and a damaged header.
    private static void Check(ZipArchiveEntry entry, LocalFile file)
    {
        try
        {
            using var content = entry.Open();
            _ = content.ReadByte();
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            throw Wrong(
                $"{file.FullName}: {Short(entry.FullName)} can't be read: {e.Message} Nothing was sent.",
                "The service accepts files that are stored or deflated, without a password: compress them with Compress-Archive.");
        }
    }

    private static bool IsAssembly(string name) => name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);

    private static bool LeadsOut(string name) => name.StartsWith("/", StringComparison.Ordinal) || name.IndexOf(':') == 1 || name.Split('/').Contains("..", StringComparer.Ordinal);

    private static string Short(string text) => text.Length > 100 ? text.Substring(0, 100) + "…" : text;

    private static OdcException Wrong(string message, string action) => new(OdcErrorCause.InvalidRequest, message, action);
}
