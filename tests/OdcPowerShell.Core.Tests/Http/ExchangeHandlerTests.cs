using System.Net;
using System.Text.RegularExpressions;

namespace OdcPowerShell.Core.Tests.Http;

public sealed class ExchangeHandlerTests
{
    private readonly Caller _caller = new();

    [Fact]
    public async Task One_line_tells_of_an_exchange_and_shows_no_secret()
    {
        using var server = new FakeServer(_ => FakeServer.Json("{\"a\":1}", HttpStatusCode.Created));
        using var response = await SendAsync(server.Exchange(), "https://acme.example/api/x?sig=abc&y=1");
        Assert.Matches(new Regex(@"^GET /api/x\?sig=\*\*\*&y=1: 201, 7 bytes, \d+ ms$"), Assert.Single(_caller.Messages));
        Assert.Equal("{\"a\":1}", await response.Content.ReadAsStringAsync());
        Assert.Equal(7, response.Content.Headers.ContentLength);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_after_the_time_limit()
    {
        using var silent = new Silent();
        var e = await Assert.ThrowsAsync<OdcException>(() => SendAsync(new ExchangeHandler(silent, TimeSpan.FromMilliseconds(20), _ => null)));
        Assert.Equal((OdcErrorCause.Timeout, "acme.example did not answer within 0 seconds."), (e.Cause, e.Message));
    }

    [Fact]
    public async Task A_cancellation_is_no_time_out()
    {
        using var silent = new Silent();
        using var stop = new CancellationTokenSource();
        var sending = SendAsync(new ExchangeHandler(silent, TimeSpan.FromMinutes(5), _ => null), stop: stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task A_cancellation_that_shows_as_a_broken_read_is_one_all_the_same()
    {
        using var stop = new CancellationTokenSource();
        using var server = new FakeServer(_ =>
        {
            stop.Cancel();
            throw new IOException("The answer was closed.");
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(server.Exchange(), stop: stop.Token));
    }

    [Fact]
    public async Task A_broken_connection_is_explained_with_the_proxy_that_it_went_through()
    {
        using var server = new FakeServer(_ => throw new HttpRequestException("broken"));
        var direct = await Assert.ThrowsAsync<OdcException>(() => SendAsync(new ExchangeHandler(server, TimeSpan.FromSeconds(10), _ => null)));
        Assert.Equal(OdcErrorCause.ConnectFailed, direct.Cause);
        var proxied = await Assert.ThrowsAsync<OdcException>(() => SendAsync(new ExchangeHandler(server, TimeSpan.FromSeconds(10), uri => new Uri($"http://{uri.Host}.proxy"))));
        Assert.Equal((OdcErrorCause.ConnectFailed, "The connection to acme.example through the proxy acme.example.proxy failed: broken"), (proxied.Cause, proxied.Message));
        Assert.Empty(_caller.Messages);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_a_failed_exchange()
    {
        using var server = new FakeServer(_ => new HttpResponseMessage { Content = new Broken() });
        Assert.Equal(OdcErrorCause.ConnectFailed, (await Assert.ThrowsAsync<OdcException>(() => SendAsync(server.Exchange()))).Cause);
    }

    [Theory]
    [InlineData(200, 70000, 70000)]
    [InlineData(500, 70000, 65536)]
    [InlineData(500, 65536, 65536)]
    [InlineData(500, 65535, 65535)]
    [InlineData(404, 0, 0)]
    public async Task An_error_is_read_to_64_kibibytes_and_an_answer_whole(int status, int sent, int read)
    {
        using var server = new FakeServer(_ => new HttpResponseMessage((HttpStatusCode)status) { Content = new StreamContent(new Dripping(sent)) });
        using var response = await SendAsync(server.Exchange());
        Assert.Equal(Enumerable.Range(0, read).Select(i => (byte)i), await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_its_end_and_not_tried_again()
    {
        var tries = 0;
        using var server = new FakeServer(_ =>
        {
            tries++;
            return new HttpResponseMessage { Content = new StreamContent(new Endless()) };
        });
        using var http = new HttpMessageInvoker(server.Exchange());
        var client = new OdcClient(new Uri("https://acme.example/"), http, tokens: null!, new Retry(4, TimeSpan.Zero, TimeProvider.System), TimeProvider.System);
        var e = await Assert.ThrowsAsync<OdcException>(() => client.SendAsync(new ApiRequest(HttpMethod.Get, "/api/x"), answer => answer, _caller, default));
        Assert.Equal((OdcErrorCause.UnexpectedResponse, 1), (e.Cause, tries));
        Assert.Contains("more than 32 MiB", e.Message, StringComparison.Ordinal);
        var change = await Assert.ThrowsAsync<OdcException>(() => client.SendAsync(new ApiRequest(HttpMethod.Post, "/api/x"), answer => answer, _caller, default));
        Assert.Equal((OdcErrorCause.OutcomeUnknown, 2), (change.Cause, tries));
    }

    [Fact]
    public async Task An_answer_may_be_as_long_as_the_limit()
    {
        using var server = new FakeServer(_ => new HttpResponseMessage { Content = new ByteArrayContent(new byte[ExchangeHandler.LongestAnswer]) });
        using var response = await SendAsync(server.Exchange());
        Assert.Equal(ExchangeHandler.LongestAnswer, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_connection_that_is_not_made_in_time_carried_no_request()
    {
        using var server = new FakeServer(_ => throw new TaskCanceledException("connect", new TimeoutException()));
        var e = await Assert.ThrowsAsync<OdcException>(() => SendAsync(server.Exchange()));
        Assert.Equal((OdcErrorCause.Timeout, "There was no connection to acme.example within 15 seconds.", true), (e.Cause, e.Message, e.WasNotSent));
    }

    [Fact]
    public async Task A_file_that_changed_on_its_way_is_told_as_that()
    {
        using var server = new FakeServer(_ => throw new HttpRequestException("copy", new OdcException(OdcErrorCause.FileFailed, "changed", "a")));
        Assert.Equal(OdcErrorCause.FileFailed, (await Assert.ThrowsAsync<OdcException>(() => SendAsync(server.Exchange()))).Cause);
    }

    [Fact]
    public async Task What_is_no_failure_of_the_network_passes_as_it_is()
    {
        using var server = new FakeServer(_ => throw new NotSupportedException("bug"));
        await Assert.ThrowsAsync<NotSupportedException>(() => SendAsync(server.Exchange()));
    }

    private async Task<HttpResponseMessage> SendAsync(ExchangeHandler exchange, string uri = "https://acme.example/api/x", CancellationToken stop = default)
    {
        using var http = new HttpMessageInvoker(exchange, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.SetCaller(_caller);
        return await http.SendAsync(request, stop);
    }

    private sealed class Silent : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        }
    }

    /// <summary>Gives its bytes in small pieces, as a network does.</summary>
    private sealed class Dripping(int length) : MemoryStream([.. Enumerable.Range(0, length).Select(i => (byte)i)])
    {
        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => base.ReadAsync(buffer, offset, Math.Min(count, 1000), cancellationToken);
    }

    private sealed class Endless : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => count;

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(count);

#if !NETFRAMEWORK
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(buffer.Length);
#endif
    }

    private sealed class Broken : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new IOException("The answer broke off.");

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
