using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OdcPowerShell.Deployments;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Core.Tests.Deployments;

/// <summary>Plans and runs of deployments over a fake service.</summary>
public sealed class DeploymentRunTests
{
    private const string Deployments = "/api/deployments/v1/deployment-operations";
    private const string Builds = "/api/builds/v1/build-operations";
    private static readonly OdcStage Qa = new() { StageKey = "qa", Name = "QA", Purpose = "NonProduction", Order = 1 };
    private readonly FakeTimeProvider _time = new();
    private readonly Caller _caller = new();
    private readonly Dictionary<string, string[]> _producers = [];
    private readonly List<string> _started = [];
    private Func<HttpRequestMessage, HttpResponseMessage?> _instead = _ => null;
    private bool _hasBuilds = true;
    private string? _source;

    [Fact]
    public async Task A_build_whose_answers_name_no_asset_and_no_revision_is_deployed()
    {
        _hasBuilds = false;
        var (events, run) = await RunAsync(["a"], new DeploymentOptions { Wait = true, BuildsIfMissing = true });
        Assert.Equal(DeploymentState.Deployed, Assert.Single(run.Targets).State);
        Assert.Null(Assert.Single(events).Failure);
        Assert.Equal(["build a", "deploy a with new-a"], _started);
    }

    [Fact]
    public async Task What_is_used_goes_first_as_the_stage_where_it_comes_from_knows_it()
    {
        _producers["a"] = ["b"];
        _producers["b"] = ["c", "elsewhere"];
        var asked = new List<string>();
        _instead = request =>
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/producers", StringComparison.Ordinal))
                asked.Add(request.RequestUri.Query);
            return null;
        };
        _source = "dev";
        await RunAsync(["a", "b", "c"], new DeploymentOptions { Wait = true });
        Assert.Equal(["deploy c with old-c", "deploy b with old-b", "deploy a with old-a"], _started);
        Assert.Equal(3, asked.Count);
        Assert.All(asked, query => Assert.Equal("?environmentKey=dev", query));
    }

    [Fact]
    public async Task Assets_that_use_each_other_are_deployed_together_and_what_uses_them_after_them()
    {
        (_producers["a"], _producers["b"], _producers["user"]) = (["b"], ["a"], ["b"]);
        var run = await PlanAsync(["user", "a", "b"], new DeploymentOptions { Wait = true });
        var plan = Assert.Single(run.Plans);
        Assert.Equal(["a", "b"], plan.Circle.Select(t => t.AssetKey));
        Assert.Equal([("a", 1), ("b", 1), ("user", 2)], plan.Targets.Select(t => (t.AssetKey, t.Wave)));
    }

    [Fact]
    public async Task A_start_that_the_service_could_not_take_is_tried_again()
    {
        var refusals = 0;
        _instead = request => request.Method == HttpMethod.Post && refusals++ < 3 ? FakeServer.Json("{}", HttpStatusCode.ServiceUnavailable) : null;
        var (events, run) = await RunAsync(["a"], new DeploymentOptions { Wait = true });
        Assert.Equal(DeploymentState.Deployed, Assert.Single(run.Targets).State);
        Assert.Null(Assert.Single(events).Failure);
        Assert.Equal(["deploy a with old-a"], _started);
    }

    [Fact]
    public async Task A_start_without_wait_that_the_service_could_not_take_is_an_error_at_once()
    {
        _instead = request => request.Method == HttpMethod.Post ? FakeServer.Json("{}", HttpStatusCode.ServiceUnavailable) : null;
        var (events, run) = await RunAsync(["a"], new DeploymentOptions());
        Assert.Equal((DeploymentState.Failed, OdcErrorCause.Unavailable), (Assert.Single(run.Targets).State, Assert.Single(events).Failure!.Cause));
    }

    [Fact]
    public async Task When_the_time_is_over_what_was_not_started_says_so()
    {
        _instead = request => request.Method == HttpMethod.Post ? FakeServer.Json("{}", HttpStatusCode.ServiceUnavailable) : null;
        var (events, run) = await RunAsync(["a"], new DeploymentOptions { Wait = true, Timeout = TimeSpan.FromMinutes(2), ResumeCommand = "again" });
        Assert.Equal(DeploymentState.Unknown, Assert.Single(run.Targets).State);
        Assert.Equal("Asset a revision 1 was not deployed to QA: the 120 s of -TimeoutSec were over before it was known whether the deployment had started.", Assert.Single(events).Failure!.Message);
        Assert.Null(run.ResumeHint);
    }

    [Fact]
    public async Task What_can_be_told_of_a_run_that_is_interrupted_is_told()
    {
        _producers["a"] = ["b"];
        var run = await PlanAsync(["a", "b"], new DeploymentOptions { Wait = true, Timeout = TimeSpan.FromHours(1), ResumeCommand = "Start-OdcDeployment again" });
        Assert.Equal("Not started: Asset b revision 1 to QA, Asset a revision 1 to QA. Complete the run with: Start-OdcDeployment again", run.ResumeHint);
        using var stop = new CancellationTokenSource();
        var next = run.NextAsync(_caller, stop.Token);
        Assert.Equal("Still running: deployment of Asset b revision 1 to QA. Not started: Asset a revision 1 to QA. Complete the run with: Start-OdcDeployment again", run.ResumeHint);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    private async Task<DeploymentRun> PlanAsync(string[] assets, DeploymentOptions options)
    {
        var server = new FakeServer(Answer);
        var client = new OdcClient(Sample.Tenant.Origin, new HttpMessageInvoker(server.Exchange()), tokens: null!, new Retry(0, TimeSpan.Zero, _time), _time);
        return await new DeploymentRun(client, options.Timeout == default ? options with { Timeout = TimeSpan.FromHours(1) } : options)
            .PlanAsync([Qa], [.. assets.Select(a => new ReleaseItem(a, 1, a) { SourceStageKey = _source })], _caller, default);
    }

    private async Task<(List<DeploymentEvent> Events, DeploymentRun Run)> RunAsync(string[] assets, DeploymentOptions options)
    {
        var run = await PlanAsync(assets, options);
        var events = new List<DeploymentEvent>();
        while (true)
        {
            var next = run.NextAsync(_caller, TestContext.Current.CancellationToken);
            for (var i = 0; !next.IsCompleted && i < 4000; i++)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }

            if ((await next).Count == 0)
                return (events, run);
            events.AddRange(await next);
        }
    }

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        if (_instead(request) is { } instead)
            return instead;
        var path = request.RequestUri!.AbsolutePath;
        var name = path.Split('/').Last();
        return (request.Method.Method, path) switch
        {
            ("GET", "/api/asset-repository/v1/assets") => FakeServer.Json("""{"results":[""" + string.Join(',', "abc".Select(a => $$"""{"assetKey":"{{a}}","name":"Asset {{a}}","assetType":"WebApplication"}""")) + "]}"),
            ("GET", "/api/portfolios/v2/deployed-assets") or ("GET", Deployments) => FakeServer.Json("""{"results":[]}"""),
            ("GET", Builds) => FakeServer.Json(_hasBuilds ? $$"""{"builds":[{"buildKey":"old-{{Asset(request)}}","buildType":"Release","status":"Finished"}]}""" : """{"builds":[]}"""),
            ("POST", Builds) => Start(request, body => $"build {body.GetProperty("assetKey")}", body => $$"""{"buildKey":"new-{{body.GetProperty("assetKey")}}","isSuccessful":true}"""),
            ("POST", Deployments) => Start(
                request,
                body => $"deploy {body.GetProperty("assetKey")} with {body.GetProperty("buildKey")}",
                body => $$"""{"key":"d-{{body.GetProperty("assetKey")}}","status":"Running","assetName":"Asset {{body.GetProperty("assetKey")}}","revisions":[1]}"""),
            _ when path.StartsWith(Builds, StringComparison.Ordinal) => FakeServer.Json($$"""{"buildKey":"{{name}}","status":"Finished"}"""),
            _ when path.StartsWith(Deployments, StringComparison.Ordinal) => FakeServer.Json($$"""{"key":"{{name}}","status":"Finished","assetName":"Asset {{name.Substring(2)}}","revisions":[1]}"""),
            _ when name == "producers" => FakeServer.Json($$"""{"results":[{{string.Join(',', (_producers.TryGetValue(path.Split('/')[5], out var used) ? used : []).Select(p => $$"""{"key":"{{p}}"}"""))}}]}"""),
            _ => FakeServer.Json("{}", HttpStatusCode.NotFound),
        };
    }

    private static string Asset(HttpRequestMessage request) => System.Text.RegularExpressions.Regex.Match(request.RequestUri!.Query, "assetKey=([^&]+)").Groups[1].Value;

    private HttpResponseMessage Start(HttpRequestMessage request, Func<JsonElement, string> note, Func<JsonElement, string> answer)
    {
        var body = JsonDocument.Parse(request.Content!.ReadAsStringAsync().GetAwaiter().GetResult()).RootElement;
        _started.Add(note(body));
        return FakeServer.Json(answer(body), HttpStatusCode.Created);
    }
}
