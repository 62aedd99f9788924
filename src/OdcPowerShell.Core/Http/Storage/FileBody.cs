using System.Net.Http.Headers;
using System.Text;

namespace OdcPowerShell.Http;

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
