using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace OdcPowerShell.Http;

/// <summary>A file on its way, read piece by piece and anew each time it is sent, with what a form puts before and after it.</summary>
internal sealed class FileContent(LocalFile file, byte[] before, byte[] after) : HttpContent
{
    private const int BufferSize = 81920;
    private Action<long>? _sent;

    /// <summary>Shows the progress to a caller and reports each piece that was sent.</summary>
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

/// <summary>Names for files that are saved.</summary>
internal static class ContentName
{
    // 255 is the most that file systems take; a number, and what a file is called while it grows, come to it.
    private const int MostBytes = 150;
    private const string Reserved = "<>:\"/\\|?*";

    /// <summary>Owner, revision, kind and the extension of the URL's path; the path's own name where the owner is not known.</summary>
    internal static string Of(string? owner, int? revision, string kind, string? url, string extension)
    {
        var given = StorageAddress.TryParse(url)?.FileName ?? "";
        var end = Path.GetExtension(Safe(given)) is { Length: > 1 and <= 8 } own ? own : extension;
        if (string.IsNullOrEmpty(owner))
            return given.Length > 0 ? given : "content" + end;
        return owner + (revision is { } number ? "-r" + number.ToString(CultureInfo.InvariantCulture) : "") + kind + end;
    }

    /// <summary>A name that every file system takes, and that leads to no other folder.</summary>
    internal static string Safe(string name)
    {
        var safe = new string([.. name.Select(c => c < ' ' || Reserved.IndexOf(c) >= 0 ? '_' : c)]).Trim().TrimEnd('.', ' ');
        if (Encoding.UTF8.GetByteCount(safe) > MostBytes)
        {
            var end = Path.GetExtension(safe) is { Length: < 20 } extension ? extension : "";
            safe = Cut(safe.Substring(0, safe.Length - end.Length), MostBytes - Encoding.UTF8.GetByteCount(end)).TrimEnd('.', ' ') + end;
        }

        return safe.Length == 0 ? "content" : IsDevice(safe) ? "_" + safe : safe;
    }

    /// <summary>The beginning of a text that has so many bytes as UTF-8 at most: file systems count bytes, and a letter may have four.</summary>
    internal static string Cut(string text, int bytes)
    {
        var length = Math.Min(text.Length, bytes);
        while (length > 0 && Encoding.UTF8.GetByteCount(text.Substring(0, length)) > bytes)
            length--;
        return text.Substring(0, length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length);
    }

    private static bool IsDevice(string name)
    {
        var stem = name.Split('.')[0].ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL" || (stem.Length == 4 && stem[3] is >= '0' and <= '9' && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal)));
    }
}

/// <summary>An object that says where a file can be loaded from.</summary>
internal interface IContentLink
{
    /// <summary>The pre-signed URL; null when there is no file.</summary>
    string? ContentUrl { get; }

    /// <summary>A name for the file, not yet fit for every file system.</summary>
    string SuggestedFileName { get; }
}
