using OdcPowerShell.Authentication;

namespace OdcPowerShell.Http;

/// <summary>For whom a request is made: takes its messages, and lends its thread to work that can't run elsewhere.</summary>
internal interface ICaller
{
    /// <summary>Whether the caller waits for the request, so that its thread will come.</summary>
    bool IsWaiting { get; }

    void Verbose(string message);

    void Warning(string message);

    /// <summary>A list lacks objects, or may lack some. Who only shows it is warned; who concludes from it must not take it for the whole list.</summary>
    void Incomplete(string message);

    /// <summary>Shows that and how long the caller waits.</summary>
    void Progress(CallerProgress progress);

    /// <summary>An answer of this age was used again.</summary>
    void Reused(TimeSpan age);

    /// <summary>Runs <paramref name="work"/> on the caller's own thread, as vaults need it.</summary>
    Task<T> RunOnCallerThreadAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken);
}

/// <summary>A caller that passes everything on to another.</summary>
internal abstract class PassingCaller(ICaller caller) : ICaller
{
    public bool IsWaiting => caller.IsWaiting;

    public void Verbose(string message) => caller.Verbose(message);

    public virtual void Warning(string message) => caller.Warning(message);

    public virtual void Incomplete(string message) => caller.Incomplete(message);

    public void Progress(CallerProgress progress) => caller.Progress(progress);

    public void Reused(TimeSpan age) => caller.Reused(age);

    public Task<T> RunOnCallerThreadAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken) => caller.RunOnCallerThreadAsync(work, cancellationToken);
}

/// <summary>A caller who does without the answer rather than wait for the rate limit, or ask twice.</summary>
internal sealed class HurriedCaller(ICaller caller) : PassingCaller(caller);

/// <summary>A caller who must know whether a list is complete, and who says so itself.</summary>
internal sealed class ListCaller(ICaller caller) : PassingCaller(caller)
{
    /// <summary>Why a list that was read for this caller is not complete; null if all are.</summary>
    internal string? Lacks { get; private set; }

    public override void Incomplete(string message) => Lacks ??= message;
}

/// <summary>
/// Stands for a caller whose thread is busy with something else: messages are passed on, but work that needs the thread is rejected, because
/// waiting for it could block. The request is then made again when the caller waits for it.
/// </summary>
internal sealed class BackgroundCaller(ICaller caller) : ICaller
{
    private volatile bool _isAwaited;

    public bool IsWaiting => false;

    /// <summary>Whether the caller waits for this request by now.</summary>
    internal bool IsAwaited => _isAwaited;

    /// <summary>From now on the caller waits for this request, and may see why.</summary>
    internal void Await() => _isAwaited = true;

    public void Verbose(string message) => caller.Verbose(message);

    public void Warning(string message) => caller.Warning(message);

    public void Incomplete(string message) => caller.Incomplete(message);

    public void Progress(CallerProgress progress)
    {
        if (_isAwaited)
            caller.Progress(progress);
    }

    public void Reused(TimeSpan age) => caller.Reused(age);

    public Task<T> RunOnCallerThreadAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken) =>
        Task.FromCanceled<T>(new CancellationToken(canceled: true));
}

/// <summary>A caller for requests before the sign-in: a rejected token is not renewed.</summary>
internal interface IPassiveCaller : ICaller;

/// <summary>What a caller waits for; neither a time left nor a status means that the wait is over.</summary>
internal sealed record CallerProgress(string Activity, TimeSpan? Left, string? Status = null)
{
    /// <summary>Which bar it is; 1 is the first.</summary>
    internal int Id { get; init; } = 1;

    /// <summary>The bar that this one is a part of; null for none.</summary>
    internal int? ParentId { get; init; }

    /// <summary>How much is done, from 0 to 100; null where that is not known.</summary>
    internal int? Percent { get; init; }
}

/// <summary>Carries the caller, and the token that was sent, with a request through the handlers.</summary>
internal static class RequestCaller
{
    private const string Name = "OdcPowerShell.Caller";
    private const string TokenName = "OdcPowerShell.Token";

#if NETSTANDARD2_0
    internal static void SetCaller(this HttpRequestMessage request, ICaller caller) => request.Properties[Name] = caller;

    internal static ICaller Caller(this HttpRequestMessage request) => (ICaller)request.Properties[Name];

    /// <summary>Keeps the token with the request that carries it, so that its rejection is not taken for another token's.</summary>
    internal static void SetToken(this HttpRequestMessage request, AccessToken token) => request.Properties[TokenName] = token;

    internal static AccessToken? Token(this HttpRequestMessage request) => request.Properties.TryGetValue(TokenName, out var token) ? (AccessToken)token : null;
#else
    internal static void SetCaller(this HttpRequestMessage request, ICaller caller) =>
        request.Options.Set(new HttpRequestOptionsKey<ICaller>(Name), caller);

    internal static ICaller Caller(this HttpRequestMessage request) =>
        request.Options.TryGetValue(new HttpRequestOptionsKey<ICaller>(Name), out var caller)
            ? caller
            : throw new InvalidOperationException("A request was sent without its caller.");

    /// <summary>Keeps the token with the request that carries it, so that its rejection is not taken for another token's.</summary>
    internal static void SetToken(this HttpRequestMessage request, AccessToken token) => request.Options.Set(new HttpRequestOptionsKey<AccessToken>(TokenName), token);

    internal static AccessToken? Token(this HttpRequestMessage request) => request.Options.TryGetValue(new HttpRequestOptionsKey<AccessToken>(TokenName), out var token) ? token : null;
#endif
}
