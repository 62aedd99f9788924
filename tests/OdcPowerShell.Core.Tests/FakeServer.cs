using System.Net;
using System.Text;

namespace OdcPowerShell.Core.Tests;

/// <summary>Answers requests from a function and keeps them; stands where the sockets would be.</summary>
internal sealed class FakeServer(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    internal List<(string Line, string? Authorization, string? Body)> Requests { get; } = [];

    internal static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        lock (Requests)
            Requests.Add(($"{request.Method} {request.RequestUri!.PathAndQuery}", request.Headers.Authorization?.ToString(), body));
        return answer(request);
    }

    internal ExchangeHandler Exchange(TimeSpan? timeout = null) => new(this, timeout ?? TimeSpan.FromSeconds(10), _ => null);
}
