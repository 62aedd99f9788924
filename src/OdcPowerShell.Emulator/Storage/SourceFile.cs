namespace OdcPowerShell.Emulator;

/// <summary>
/// The source files of the emulator: real ones (OML, XIF) have the key of their asset somewhere, these have it, its type and its name in
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

    internal static string Header(Asset asset) => Line(asset.Key, asset.Type, asset.Name);

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

    private static string Line(Guid asset, string type, string name) => $"{Mark} {asset} {type} {name}\n";
}

/// <summary>A file of any size that is not in memory: a header, then bytes that follow from its name and their place.</summary>
internal sealed class GeneratedContent(string header, string name, long length) : Stream
{
    private readonly byte[] _header = Encoding.UTF8.GetBytes(header);
    private readonly ulong _seed = BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => Math.Max(length, _header.Length);
    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, Math.Max(0, Length - Position));
        for (var i = 0; i < count; i++)
            buffer[i] = At(Position + i);
        Position += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private byte At(long place) => place < _header.Length
        ? _header[place]
        : (byte)(Derivation.Mix(_seed + (ulong)(place / 8)) >> (int)(place % 8 * 8));
}
