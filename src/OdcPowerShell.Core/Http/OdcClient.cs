using OdcPowerShell.Authentication;
using OdcPowerShell.EnvironmentConfigurations;
using OdcPowerShell.Identity;
using OdcPowerShell.Operations;

namespace OdcPowerShell.Http;

/// <summary>The one way to a tenant's APIs: every request of the module passes SendAsync.</summary>
internal sealed class OdcClient
{
    private readonly HttpMessageInvoker _http;
    private readonly Retry _retry;
    private readonly StorageClient? _storage;
    private readonly TimeProvider _time;

    internal OdcClient(Uri origin, HttpMessageInvoker http, TokenKeeper tokens, Retry retry, TimeProvider time)
    {
        _time = time;
        Origin = origin;
        _http = http;
        _retry = retry;
        Tokens = tokens;
        Names = new NameLookup(this, time);
        Kept = new KeptAnswers(() => Budget.Changes, time);
        UserVisibility = new UserVisibility(this, time);
    }

    internal Uri Origin { get; }

    internal TokenKeeper Tokens { get; }

    /// <summary>What the tenant's objects are called, as far as it was asked for lately.</summary>
    internal NameLookup Names { get; }

    /// <summary>Answers of APIs that allow few requests a minute.</summary>
    internal KeptAnswers Kept { get; }

    /// <summary>Whether the API client sees all users, as far as it was found out lately.</summary>
    internal UserVisibility UserVisibility { get; }

    /// <summary>How it was connected.</summary>
    internal ClientOptions Options { get; init; } = new();

    /// <summary>The connections to the tenant, where this client opened them.</summary>
    internal SocketPool? Sockets { get; init; }

    /// <summary>The way to pre-signed URLs, which get no token.</summary>
    internal StorageClient Storage
    {
        get => _storage ?? throw new InvalidOperationException("This client was made without a way to storages.");
        init => _storage = value;
    }

    /// <summary>How often long-running operations are polled; tests do not wait as long.</summary>
    internal PollPlan Polling { get; set; } = PollPlan.Usual;

    /// <summary>Looks up host names, for checks of DNS records.</summary>
    internal INameResolver Resolver { get; set; } = SystemResolver.Instance;

    /// <summary>The addresses of this machine; tests plant theirs.</summary>
    internal ILocalAddresses LocalAddresses { get; set; } = new InterfaceAddresses();

    internal TimeProvider Time => _time;

    /// <summary>The tenant's rate budget, which the whole process shares.</summary>
    internal RateBudget Budget => RateBudgets.Shared.For(Origin, _time);

    /// <summary>Sends a request, reads its successful answer, and repeats both where that is safe.</summary>
    /// <exception cref="OdcException">Any other answer, or none.</exception>
    internal Task<T> SendAsync<T>(ApiRequest request, Func<ApiAnswer, T> read, ICaller caller, CancellationToken cancellationToken)
    {
        return request.IsSafe ? RunAsync() : ChangeAsync();

        Task<T> RunAsync() => _retry.RunAsync(request, async () => read(await ExchangeAsync(request, caller, cancellationToken).ConfigureAwait(false)), caller, cancellationToken);

        // What is read while the change is under way may be old or new.
        async Task<T> ChangeAsync()
        {
            Budget.Changes.Add(request.Path);
            try
            {
                return await RunAsync().ConfigureAwait(false);
            }
            finally
            {
                Budget.Changes.Add(request.Path);
            }
        }
    }

    /// <summary>Sends a GET and reads its JSON.</summary>
    internal Task<T> GetAsync<T>(Operation<T> operation, string[] keys, Query? query, ICaller caller, CancellationToken cancellationToken) =>
        SendAsync(operation.Request(keys, query), operation, caller, cancellationToken);

    /// <summary>Sends a request of an operation and reads its JSON, or reads an answer that was kept.</summary>
    internal Task<T> SendAsync<T>(ApiRequest request, Operation<T> operation, ICaller caller, CancellationToken cancellationToken)
    {
        return operation.CanKeep is null ? SendAsync(request, Read, caller, cancellationToken) : KeptAsync();

        T Read(ApiAnswer answer) => Answers.Read(answer, OdcJson.Of<T>(), request);

        async Task<T> KeptAsync()
        {
            if (Kept.Find(request) is var (kept, age))
            {
                caller.Verbose(FormattableString.Invariant($"{request.Method} {request.Shown}: the answer of {age.TotalSeconds:0} seconds ago is used again."));
                caller.Reused(age);
                return Read(kept);
            }

            var changes = Kept.Changes(request);
            var (value, answer) = await SendAsync(request, answer => (Read(answer), answer), caller, cancellationToken).ConfigureAwait(false);
            if (operation.CanKeep(value))
                Kept.Keep(request, answer, changes);
            return value;
        }
    }

    /// <summary>Sends a change that answers with nothing.</summary>
    internal Task<ApiAnswer> ChangeAsync(ApiRequest request, ICaller caller, CancellationToken cancellationToken) =>
        SendAsync(request, answer => Answers.RequireDone(answer, request), caller, cancellationToken);

    private async Task<ApiAnswer> ExchangeAsync(ApiRequest request, ICaller caller, CancellationToken cancellationToken)
    {
        using var message = request.ToMessage(Origin);
        message.SetCaller(caller);
        using var response = await _http.SendAsync(message, cancellationToken).ConfigureAwait(false);
        var body = ((BufferedContent)response.Content).Bytes;
        var token = message.Headers.Authorization?.Parameter is { } sent ? new Secret(sent) : null;
        if (!response.IsSuccessStatusCode)
            throw ApiFailure.From(response, body, request, token);
        return new ApiAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, body, token);
    }

    /// <summary>Closes the connections; a request that comes later opens new ones.</summary>
    internal void Close()
    {
        Sockets?.Close();
        _storage?.Close();
    }
}
