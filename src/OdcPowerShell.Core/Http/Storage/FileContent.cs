using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace OdcPowerShell.Http;

/// <summary>A file on its way, read piece by piece and anew each time it is sent, with what a form puts before and after it.</summary>
internal sealed class FileContent(LocalFile file, byte[] before, byte[] after) : HttpContent
{
    private const int BufferSize = 81920;
    private Action<long>? _sent;

    /// <summary>Shows the progress to a caller and tells of each piece that has left.</summary>
    internal IDisposable Follow(ICaller caller, TimeProvider time, Action moved)
    {
        var progress = new TransferProgress($"Sending {file.Name}", file.Length, caller, time);
        _sent = bytes =>
        {
            moved();
            progress.Report(bytes);
        };
        return new End(this, progress);
    }

#if !NETSTANDARD2_0
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) => CopyAsync(stream, cancellationToken);
#endif

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => CopyAsync(stream, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = before.Length + file.Length + after.Length;
        return true;
    }

    private async Task CopyAsync(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(before, 0, before.Length, cancellationToken).ConfigureAwait(false);
        using (var content = file.Open())
        {
            var buffer = new byte[BufferSize];
            for (var sent = 0L; sent < file.Length;)
            {
                var read = await ReadAsync(content, buffer, file.Length - sent, cancellationToken).ConfigureAwait(false);
                await stream.WriteAsync(buffer, 0, read, cancellationToken).ConfigureAwait(false);
                sent += read;
                _sent?.Invoke(sent);
            }
        }

        await stream.WriteAsync(after, 0, after.Length, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> ReadAsync(FileStream content, byte[] buffer, long left, CancellationToken cancellationToken)
    {
        var read = 0;
        await LocalFailure.ExplainAsync(file.FullName, async () =>
            read = await content.ReadAsync(buffer, 0, (int)Math.Min(buffer.Length, left), cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return read > 0 ? read : throw file.Changed();
    }

    private sealed class End(FileContent content, TransferProgress progress) : IDisposable
    {
        public void Dispose()
        {
            // The rest of a body may still be on its way after an early answer.
            content._sent = null;
            progress.Dispose();
        }
    }
}

/// <summary>The body of a request that carries a file: the file alone, or a form with JSON beside it. It is streamed, never held whole.</summary>
internal sealed record FileBody : ApiBody
{
    private const string FileType = "application/octet-stream";
    private readonly LocalFile _file;
    private readonly byte[] _before = [];
    private readonly byte[] _after = [];

    /// <summary>The file and nothing else.</summary>
    internal FileBody(LocalFile file)
        : base([], FileType)
    {
        _file = file;
        Shown = $"({Size.Of(file.Length)} of {file.Name})";
    }

    /// <summary>A form with two parts of these names.</summary>
    internal FileBody(LocalFile file, string fileName, ApiBody details, string detailsName)
        : this(file, fileName, details, detailsName, "odc-" + Guid.NewGuid().ToString("N"))
    {
    }

    private FileBody(LocalFile file, string fileName, ApiBody details, string detailsName, string boundary)
        : base([], $"multipart/form-data; boundary={boundary}")
    {
        _file = file;
        _before =
        [
            .. Ascii($"--{boundary}\r\nContent-Disposition: form-data; name=\"{detailsName}\"\r\nContent-Type: {details.MediaType}\r\n\r\n"),
            .. details.Bytes,
            .. Ascii($"\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"{fileName}\"; filename=\"{Plain(file.Name)}\"\r\nContent-Type: {FileType}\r\n\r\n"),
        ];
        _after = Ascii($"\r\n--{boundary}--\r\n");
        Shown = $"{details.Shown} ({Size.Of(file.Length)} of {file.Name})";
    }

    internal override HttpContent ToContent()
    {
        var content = new FileContent(_file, _before, _after);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(MediaType);
        return content;
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    // A header's name in quotes knows no other characters for sure, and the service does not use it.
    private static string Plain(string name) => new([.. name.Select(c => c is >= ' ' and <= '~' and not ('"' or '\\') ? c : '_')]);
}
