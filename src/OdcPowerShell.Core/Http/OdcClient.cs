using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OdcPowerShell.Authentication;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Http;

/// <summary>The one way to a tenant's APIs: every request of the module passes <see cref="SendAsync"/>.</summary>
internal sealed class OdcClient
{
    private readonly HttpMessageInvoker _http;

    internal OdcClient(Uri origin, HttpMessageInvoker http, TokenKeeper tokens, TimeProvider time)
    {
        Origin = origin;
        _http = http;
        Tokens = tokens;
        Stages = new StageList(this, time);
    }

    internal Uri Origin { get; }

    internal TokenKeeper Tokens { get; }

    internal StageList Stages { get; }

    /// <summary>Sends a request and returns its successful answer.</summary>
    /// <exception cref="OdcException">Any other answer, or none.</exception>
    internal async Task<ApiAnswer> SendAsync(ApiRequest request, ICaller caller, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Method, new Uri(Origin, request.Path + request.Query)) { Content = request.Body };
        message.Headers.Accept.ParseAdd("application/json");
        message.SetCaller(caller);
        using var response = await _http.SendAsync(message, cancellationToken).ConfigureAwait(false);
        var body = ((BufferedContent)response.Content).Bytes;
        if (!response.IsSuccessStatusCode)
            throw ApiFailure.From(response, body, request);
        return new ApiAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, body);
    }

    /// <summary>Sends a GET and reads its JSON.</summary>
    internal async Task<T> GetAsync<T>(Operation<T> operation, string[] keys, Query? query, ICaller caller, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(operation.Method, operation.Path(keys), query, Operation: operation);
        var answer = await SendAsync(request, caller, cancellationToken).ConfigureAwait(false);
        return Read(answer, operation.Answer, request);
    }

    private static T Read<T>(ApiAnswer answer, JsonTypeInfo<T> type, ApiRequest request)
    {
        try
        {
            if (IsJson(answer.ContentType) && JsonSerializer.Deserialize(answer.Body, type) is { } value)
                return value;
        }
        catch (JsonException e)
        {
            throw ApiFailure.Unexpected(answer, request, e);
        }

        throw ApiFailure.Unexpected(answer, request, inner: null);
    }

    internal static bool IsJson(string? contentType) =>
        contentType is not null && contentType.EndsWith("json", StringComparison.OrdinalIgnoreCase);
}
