using System.Security.Cryptography;
using System.Text;

namespace OdcPowerShell.Emulator;

/// <summary>A file of any size that nobody keeps: a header, then bytes that follow from its name and their place.</summary>
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
