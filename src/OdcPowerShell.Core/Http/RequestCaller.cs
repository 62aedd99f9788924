using OdcPowerShell.Authentication;

namespace OdcPowerShell.Http;

/// <summary>Carries the caller, and the token that was sent, with a request through the handlers.</summary>
internal static class RequestCaller
{
    private const string Name = "OdcPowerShell.Caller";
    private const string TokenName = "OdcPowerShell.Token";

#if NETSTANDARD2_0
    internal static void SetCaller(this HttpRequestMessage request, ICaller caller) => request.Properties[Name] = caller;

    internal static ICaller Caller(this HttpRequestMessage request) => (ICaller)request.Properties[Name];

    /// <summary>Keeps the token with the request that carries it, so that its refusal is not taken for another one's.</summary>
    internal static void SetToken(this HttpRequestMessage request, AccessToken token) => request.Properties[TokenName] = token;

    internal static AccessToken? Token(this HttpRequestMessage request) => request.Properties.TryGetValue(TokenName, out var token) ? (AccessToken)token : null;
#else
    internal static void SetCaller(this HttpRequestMessage request, ICaller caller) =>
        request.Options.Set(new HttpRequestOptionsKey<ICaller>(Name), caller);

    internal static ICaller Caller(this HttpRequestMessage request) =>
        request.Options.TryGetValue(new HttpRequestOptionsKey<ICaller>(Name), out var caller)
            ? caller
            : throw new InvalidOperationException("A request was sent without its caller.");

    /// <summary>Keeps the token with the request that carries it, so that its refusal is not taken for another one's.</summary>
    internal static void SetToken(this HttpRequestMessage request, AccessToken token) => request.Options.Set(new HttpRequestOptionsKey<AccessToken>(TokenName), token);

    internal static AccessToken? Token(this HttpRequestMessage request) => request.Options.TryGetValue(new HttpRequestOptionsKey<AccessToken>(TokenName), out var token) ? token : null;
#endif
}
