using System.Security.Cryptography;

namespace OdcPowerShell.Packaging;

/// <summary>OdcPowerShell.sha256: the hash of each file, as <c>sha256sum --check</c> reads it.</summary>
internal static class HashList
{
    internal const string Name = "OdcPowerShell.sha256";

    // Made after this list, where there is a catalog.
    private const string Catalog = "OdcPowerShell.cat";

    /// <summary>The files of a folder by their path in it, sorted, without those that list files.</summary>
    internal static IEnumerable<(string Path, string Hash)> Of(string folder) =>
        from path in Paths(folder)
        where path is not (Name or Catalog)
        select (path, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(System.IO.Path.Combine(folder, path)))));

    internal static IEnumerable<string> Paths(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal);

    internal static void Write(string folder) =>
        File.WriteAllText(Path.Combine(folder, Name), string.Concat(Of(folder).Select(file => $"{file.Hash}  {file.Path}\n")));
}
