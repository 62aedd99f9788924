using System.Net;

namespace OdcPowerShell.Http;

/// <summary>The body of an answer, read whole, so that a truncated one is a failed exchange and not a surprise while parsing.</summary>
internal sealed class BufferedContent : HttpContent
{
    internal BufferedContent(byte[] bytes, HttpContent original)
    {
        Bytes = bytes;
        foreach (var header in original.Headers)
            Headers.TryAddWithoutValidation(header.Key, header.Value);
    }

    internal byte[] Bytes { get; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(Bytes, 0, Bytes.Length);

    protected override bool TryComputeLength(out long length)
    {
        length = Bytes.Length;
        return true;
    }
}
