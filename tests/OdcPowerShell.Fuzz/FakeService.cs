using System.Net;
using System.Net.Http.Headers;
using OdcPowerShell.Http;

namespace OdcPowerShell.Fuzz;

/// <summary>A service that gives one answer, and the client that asks it.</summary>
internal sealed class FakeService(Func<int, (int Status, string ContentType, byte[] Body)> answer) : HttpMessageHandler, ICaller
{
    internal static Uri Origin { get; } = new("https://acme.example/");

    internal int Requests { get; private set; }

    public bool IsWaiting => true;

    internal HttpMessageInvoker Open() => new(new ExchangeHandler(this, TimeSpan.FromMinutes(1), _ => null));

    internal OdcClient Connect() => new(Origin, Open(), tokens: null!, new Retry(0, TimeSpan.Zero, TimeProvider.System), TimeProvider.System);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (status, contentType, body) = answer(Requests++);
        var content = new ByteArrayContent(body);
        if (contentType.Length > 0)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = content });
    }

    public void Verbose(string message)
    {
    }

    public void Warning(string message)
    {
    }

    public void Incomplete(string message)
    {
    }

    public void Progress(CallerProgress progress)
    {
    }

    public void Reused(TimeSpan age)
    {
    }

    public Task<T> RunOnCallerThreadAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken) => Task.FromResult(work(cancellationToken));
}
