using System.Text;

namespace OdcPowerShell.Emulator;

/// <summary>
/// The source files of the emulator: real ones (OML, XIF) hold the key of their asset somewhere, these have it, its type and its name in
/// their first line.
/// </summary>
public static class SourceFile
{
    private const string Mark = "OML";

    /// <summary>Makes a source file of at least so many bytes.</summary>
    public static byte[] Create(Guid asset, string type, string name, int size = 0)
    {
        using var content = new GeneratedContent(Line(asset, type, name), name, size);
        var bytes = new byte[content.Length];
        content.ReadExactly(bytes);
        return bytes;
    }

    internal static string Header(Asset asset) => Line(asset.Key, asset.Type, asset.Name);

    /// <summary>The key, type and name in a file; null when it is none of these files.</summary>
    internal static (Guid Key, string Type, string Name)? Read(byte[] content)
    {
        var end = content.AsSpan(0, Math.Min(content.Length, 500)).IndexOf((byte)'\n');
        var parts = end < 0 ? [] : Encoding.UTF8.GetString(content, 0, end).Split(' ', 4);
        return parts is [Mark, var key, var type, { Length: > 0 } name]
            && Guid.TryParse(key, out var asset)
            && AssetTypes.All.Contains(type, StringComparer.Ordinal)
            ? (asset, type, name)
            : null;
    }

    private static string Line(Guid asset, string type, string name) => $"{Mark} {asset} {type} {name}\n";
}
