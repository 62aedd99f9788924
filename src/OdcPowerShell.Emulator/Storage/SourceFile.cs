namespace OdcPowerShell.Emulator;

/// <summary>
/// The source files of the emulator: real ones (OML, XIF) have the key of their asset somewhere, these have it, its type and its name in
/// their first line.
/// </summary>
public static class SourceFile
{
    private const string Mark = "OML";

    /// <summary>Makes a source file of at least so many bytes.</summary>
    public static byte[] Create(Guid asset, string type, string name, int size = 0) =>
        Generate(Line(asset, type, name), name, size);

    /// <summary>A header, and then bytes that follow from a name.</summary>
    internal static byte[] Generate(string header, string name, long size)
    {
        var start = Encoding.UTF8.GetBytes(header);
        var content = new byte[Math.Max(size, start.Length)];
        new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(name)))).NextBytes(content);
        start.CopyTo(content, 0);
        return content;
    }

    /// <summary>Reads a file to its end: the content, null when it is larger than the limit, and its length.</summary>
    internal static async Task<(byte[]? Content, long Length)> ReadAsync(Stream body, long limit, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[81920];
        var length = 0L;
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            length += read;
            if (length <= limit)
                kept.Write(buffer, 0, read);
        }

        return (length <= limit ? kept.ToArray() : null, length);
    }

    /// <summary>The key, type and name in a file; null when it is not such a file.</summary>
    internal static (Guid Key, string Type, string Name)? Read(byte[] content)
    {
        var end = content.AsSpan(0, Math.Min(content.Length, 500)).IndexOf((byte)'\n');
        var parts = end < 0 ? [] : Encoding.UTF8.GetString(content, 0, end).Split(' ', 4);
        return parts is [Mark, var key, var type, { Length: > 0 } name]
            && Guid.TryParse(key, out var asset)
            && AssetTypes.Find(type) is not null
            ? (asset, type, name)
            : null;
    }

    internal static string Line(Guid asset, string type, string name) => $"{Mark} {asset} {type} {name}\n";
}
