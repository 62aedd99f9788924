namespace OdcPowerShell.Http;

/// <summary>Carries the caller with a request through the handlers.</summary>
internal static class RequestCaller
{
    private const string Name = "OdcPowerShell.Caller";

#if NETSTANDARD2_0
    internal static void SetCaller(this HttpRequestMessage request, ICaller caller) => request.Properties[Name] = caller;

    internal static ICaller Caller(this HttpRequestMessage request) => (ICaller)request.Properties[Name];
#else
    internal static void SetCaller(this HttpRequestMessage request, ICaller caller) =>
        request.Options.Set(new HttpRequestOptionsKey<ICaller>(Name), caller);

    internal static ICaller Caller(this HttpRequestMessage request) =>
        request.Options.TryGetValue(new HttpRequestOptionsKey<ICaller>(Name), out var caller)
            ? caller
            : throw new InvalidOperationException("A request was sent without its caller.");
#endif
}
