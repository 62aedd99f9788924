using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using OdcPowerShell.Http;

namespace OdcPowerShell.Tests.Contract.Specs;

/// <summary>An answer to an API request.</summary>
internal sealed record RecorderAnswer(int Status, string? Json)
{
    internal string ContentType { get; init; } = "application/json; charset=utf-8";

    internal string? Location { get; init; }
}

/// <summary>
/// A tenant on loopback that knows nothing of ODC but the sign-in: it keeps every API request as it came, and answers it with what the
/// test sets.
/// </summary>
internal sealed class Recorder : IAsyncDisposable
{
    private readonly ConcurrentQueue<WireRequest> _requests = new();
    private readonly WebApplication _app;

    private Recorder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    internal Func<WireRequest, RecorderAnswer> Answer { get; set; } = _ => new RecorderAnswer(200, """{"results":[]}""");

    /// <summary>What it answers to a sign-in; null for the usual.</summary>
    internal RecorderAnswer? Token { get; set; }

    internal IReadOnlyList<WireRequest> Requests => [.. _requests];

    internal string Url => _app.Urls.Single() + "/";

    internal static async Task<Recorder> StartAsync()
    {
        var recorder = new Recorder();
        await recorder._app.StartAsync();
        RateBudgets.Shared.Set(new Uri(recorder.Url), TimeSpan.Zero);
        return recorder;
    }

    /// <summary>A shell that is signed in here; what was recorded before is forgotten.</summary>
    internal Shell Connect()
    {
        var shell = new Shell();
        Connect(shell);
        return shell;
    }

    /// <summary>Signs a shell in anew.</summary>
    internal void Connect(Shell shell)
    {
        _requests.Clear();
        shell.Set("secret", Shell.Secure("no secret"));
        shell.Run($"Connect-Odc {Url} -ClientId recorder -ClientSecret $secret -MaximumRetryCount 0").ThrowOnError();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith("/api/", StringComparison.Ordinal))
        {
            await WriteAsync(context, target == "/token" && Token is { } token ? token : SignIn(target, context.Request.Host));
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var request = WireRequest.Parse(context.Request.Method, target, context.Request.ContentType, body.ToArray()) with
        {
            Headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        };
        _requests.Enqueue(request);
        await WriteAsync(context, Answer(request));
    }

    private static RecorderAnswer SignIn(string target, HostString host) => target switch
    {
        "/identity/.well-known/openid-configuration" => new RecorderAnswer(200, $$"""{ "token_endpoint": "http://{{host}}/token" }"""),
        "/token" => new RecorderAnswer(200, """{ "access_token": "recorded", "token_type": "Bearer", "expires_in": 43199 }"""),
        _ => new RecorderAnswer(404, Json: null),
    };

    private static Task WriteAsync(HttpContext context, RecorderAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        if (answer.Location is not null)
            context.Response.Headers.Location = answer.Location;
        if (answer.Json is null)
            return Task.CompletedTask;
        context.Response.ContentType = answer.ContentType;
        return context.Response.WriteAsync(answer.Json, context.RequestAborted);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
