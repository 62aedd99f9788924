using System.Diagnostics;
using OdcPowerShell.Authentication;

namespace OdcPowerShell.Live;

/// <summary>
/// Sends requests as the module does, with its token, its rate budget and its time limit, but keeps what the module reads over: each status,
/// the headers, and bodies that it would reject. A failed request is an answer like any other.
/// </summary>
internal sealed class Service : IDisposable
{
    // So many in a row without any answer mean that nothing is reached any more.
    private const int MostWithoutAnswer = 5;

    private readonly OdcClient _client;
    private readonly HttpMessageInvoker _http;
    private readonly TimeSpan _pause;
    private readonly ICaller _caller;
    private int _withoutAnswer;

    /// <param name="client">The connection to the tenant.</param>
    /// <param name="options">What the run may use.</param>
    /// <param name="caller">Where waits are shown.</param>
    /// <param name="hasBudget">Whether requests wait for the published limits.</param>
    /// <param name="stopped">The end of the run.</param>
    internal Service(OdcClient client, LiveOptions options, ICaller caller, bool hasBudget, CancellationToken stopped)
    {
        (_client, _pause, _caller, Stopped) = (client, options.Pause, caller, stopped);
        HttpMessageHandler inner = new FreshTokenHandler(client.Tokens, HttpHandlers.Open(client.Options));
        if (hasBudget)
            inner = new BudgetHandler(() => client.Budget, options.RateShare, client.Time, inner);
        _http = new HttpMessageInvoker(new TokenHandler(client.Tokens, client.Origin, inner));
    }

    /// <summary>The end of the run, by Ctrl+C for example.</summary>
    internal CancellationToken Stopped { get; }

    /// <summary>Each answer, for those who look at all of them.</summary>
    internal Action<Answer>? Answered { get; set; }

    /// <summary>Sends a request, a second time where the first one failed for a reason that passes.</summary>
    /// <exception cref="CannotRunException">The tenant has not answered several times in a row.</exception>
    internal async Task<Answer> SendAsync(Operation operation, KeySet keys, CancellationToken? stopped = null)
    {
        var stop = stopped ?? Stopped;
        for (var tries = 1; ; tries++)
        {
            var answer = await ExchangeAsync(operation, keys, stop);
            Answered?.Invoke(answer);
            _withoutAnswer = answer.Failure is null ? 0 : _withoutAnswer + 1;
            if (_withoutAnswer >= MostWithoutAnswer)
                throw new CannotRunException($"The tenant has not answered the last {MostWithoutAnswer} requests ({answer.Failure}).");
            // A rejected request was not executed; the budget lets the next one leave when there is room again.
            var mayRepeat = answer.Status == 429 || (operation.IsSafe && answer.IsTransient);
            if (tries > 1 || !mayRepeat)
                return answer;
            if (answer.Status != 429)
                await Task.Delay(_pause, stop);
        }
    }

    /// <summary>One request, as it is.</summary>
    internal async Task<Answer> ExchangeAsync(Operation operation, KeySet keys, CancellationToken stopped)
    {
        var request = operation.Request([.. keys.Keys], keys.Query, keys.Body);
        var clock = Stopwatch.StartNew();
        try
        {
            using var message = request.ToMessage(_client.Origin);
            message.SetCaller(_caller);
            using var response = await _http.SendAsync(message, stopped);
            var body = ((BufferedContent)response.Content).Bytes;
            return new Answer(operation, request)
            {
                Status = (int)response.StatusCode,
                MediaType = response.Content.Headers.ContentType?.MediaType,
                Body = body,
                Json = Parse(body),
                Headers = [.. response.Headers.Concat(response.Content.Headers).Select(h => h.Key)],
                RetryAfter = Http.RetryAfter.Read(response, _client.Time),
                Took = clock.Elapsed,
            };
        }
        catch (OdcException e)
        {
            return new Answer(operation, request) { Failure = e.Cause, Took = clock.Elapsed };
        }
    }

    public void Dispose() => _http.Dispose();

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Not JSON: whoever expects some reports it.
            return null;
        }
    }
}

/// <summary>Shows waits for the rate limit on standard error, and nothing else.</summary>
internal sealed class ConsoleCaller(TextWriter output) : ICaller
{
    private string? _shown;

    public bool IsWaiting => true;

    public void Verbose(string message)
    {
    }

    public void Warning(string message)
    {
    }

    public void Progress(CallerProgress progress)
    {
        // A line at the begin of a wait, not one a second.
        if (progress.Left is null)
            _shown = null;
        else if (_shown != progress.Activity)
            output.WriteLine(FormattableString.Invariant($"{_shown = progress.Activity}: about {progress.Left.Value.TotalSeconds:0} s"));
    }

    public void Incomplete(string message) => Warning(message);

    public void Reused(TimeSpan age)
    {
    }

    public Task<T> RunOnCallerThreadAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken) => Task.FromResult(work(cancellationToken));
}
