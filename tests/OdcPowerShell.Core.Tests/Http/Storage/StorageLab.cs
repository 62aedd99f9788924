using System.Net;
using System.Net.Http.Headers;

namespace OdcPowerShell.Core.Tests.Http.Storage;

/// <summary>A storage that answers from a function, and a folder for what comes of it.</summary>
internal sealed class StorageLab : IDisposable
{
    internal const string Url = "https://storage.example/a/source.oml?X-Signature=hidden";

    private readonly FakeServer _server;

    internal StorageLab(Func<HttpRequestMessage, HttpResponseMessage> answer, int retries = 4, TimeSpan? timeout = null)
    {
        _server = new FakeServer(request =>
        {
            Asked.Add((request.Method.Method, request.Headers.Range?.ToString(), request.Headers.IfRange?.ToString(), request.Headers.Authorization?.ToString()));
            return answer(request);
        });
        Storage = new StorageClient(new HttpMessageInvoker(_server), new ClientOptions { MaximumRetries = retries, FirstPause = TimeSpan.Zero, Timeout = timeout ?? TimeSpan.FromSeconds(100) });
        Directory.CreateDirectory(Folder);
    }

    internal StorageClient Storage { get; }

    internal Caller Caller { get; } = new();

    internal string Folder { get; } = Path.Combine(Path.GetTempPath(), "odc-storage-" + Guid.NewGuid().ToString("N"));

    internal string Target => Path.Combine(Folder, "source.oml");

    internal List<(string Method, string? Range, string? IfRange, string? Authorization)> Asked { get; } = [];

    internal Task<FileInfo> SaveAsync(bool replaces = false, string url = Url) =>
        Storage.SaveAsync(url, Target, replaces, Caller, TestContext.Current.CancellationToken);

    /// <summary>An answer with these bytes; cut, when it breaks off after so many.</summary>
    internal static HttpResponseMessage Bytes(string text, string? tag = "\"one\"", int? cut = null, int from = 0, int status = 200)
    {
        var content = new StreamContent(cut is { } count ? new BrokenStream(text.Substring(from, count)) : new MemoryStream(System.Text.Encoding.ASCII.GetBytes(text.Substring(from))));
        content.Headers.ContentLength = text.Length - from;
        if (status == 206)
            content.Headers.ContentRange = new ContentRangeHeaderValue(from, text.Length - 1, text.Length);
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = content };
        if (tag is not null)
            response.Headers.ETag = EntityTagHeaderValue.Parse(tag);
        return response;
    }

    /// <summary>An answer of which each byte takes so long.</summary>
    internal static HttpResponseMessage Slow(string text, TimeSpan each) => new(HttpStatusCode.OK) { Content = new StreamContent(new SlowStream(text, each)) };

    internal static HttpResponseMessage Error(int status, string body = "") => new((HttpStatusCode)status) { Content = new StringContent(body) };

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private sealed class SlowStream(string text, TimeSpan each) : MemoryStream(System.Text.Encoding.ASCII.GetBytes(text))
    {
        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            await Task.Delay(each, cancellationToken);
            return Read(buffer, offset, Math.Min(count, 1));
        }
    }

    private sealed class BrokenStream(string text) : MemoryStream(System.Text.Encoding.ASCII.GetBytes(text))
    {
        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Position < Length ? base.ReadAsync(buffer, offset, count, cancellationToken) : throw new IOException("Reset.");
    }
}
