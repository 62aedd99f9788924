using System.Net;
using Microsoft.Extensions.Time.Testing;
using OdcPowerShell.EnvironmentConfigurations;

namespace OdcPowerShell.Core.Tests.Http;

/// <summary>Answers are used again for five minutes, unless something changed or is changing.</summary>
public sealed class KeptAnswersTests : IDisposable
{
    private const string Base = "/api/environment-configurations/v1/environments/";
    private readonly string _stage = Guid.NewGuid().ToString();
    private readonly FakeTimeProvider _time = new();
    private readonly Caller _caller = new();
    private readonly FakeServer _server;
    private readonly HttpMessageInvoker _http;
    private readonly OdcClient _client;
    private string _status = "Active";
    private Action _meanwhile = () => { };

    public KeptAnswersTests()
    {
        _server = new FakeServer(request =>
        {
            _meanwhile();
            return request.Method == HttpMethod.Get ? FakeServer.Json($$$"""{"id":"1","results":[{"id":"1","hostname":"a.example","certificate":{"status":"{{{_status}}}"}}],"page":{"totalResults":1}}""") : new HttpResponseMessage(HttpStatusCode.NoContent) { Content = new ByteArrayContent([]) };
        });
        _http = new HttpMessageInvoker(_server.Exchange());
        _client = NewClient();
    }

    [Fact]
    public async Task An_answer_is_used_for_five_minutes_and_its_age_is_reported()
    {
        await ReadAsync();
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal("a.example", (await ReadAsync()).Hostname);
        Assert.Equal([TimeSpan.FromMinutes(4)], _caller.Ages);
        Assert.Contains(_caller.Messages, m => m.Contains("the answer of 240 seconds ago is used again", StringComparison.Ordinal));
        Assert.Equal(1, Sent);
        _time.Advance(TimeSpan.FromMinutes(1));
        await ReadAsync();
        Assert.Equal(2, Sent);
    }

    [Fact]
    public async Task Each_reader_gets_objects_of_its_own()
    {
        var first = await ReadAsync();
        first.Hostname = "changed";
        Assert.Equal("a.example", (await ReadAsync()).Hostname);
    }

    [Theory]
    [InlineData("Creating")]
    [InlineData("PendingValidation")]
    [InlineData("Deleting")]
    public async Task What_is_changing_is_always_read(string status)
    {
        _status = status;
        await ReadAsync();
        await ReadAsync();
        Assert.Equal(2, Sent);
        _status = "Active";
        await ReadAsync();
        await ReadAsync();
        Assert.Equal(3, Sent);
    }

    [Fact]
    public async Task A_change_in_the_stage_by_any_connection_ends_its_answers_and_no_others()
    {
        var other = Guid.NewGuid().ToString();
        await ReadAsync();
        await ReadAsync(other);
        await ChangeAsync(NewClient());
        await ReadAsync();
        await ReadAsync(other);
        Assert.Equal(3, Sent);
    }

    [Fact]
    public async Task An_answer_that_was_read_while_something_changed_is_not_kept()
    {
        _meanwhile = () => _client.Budget.Changes.Add(Base + _stage + "/domains/1");
        await ReadAsync();
        _meanwhile = () => { };
        await ReadAsync();
        await ReadAsync();
        Assert.Equal(2, Sent);
    }

    [Fact]
    public async Task Another_query_and_reading_one_by_its_key_are_requests()
    {
        await ReadAsync();
        await _client.GetAsync(EnvironmentConfigurationsApi.ListDomains, [_stage], new Query().Add("limit", 2), _caller, default);
        await _client.GetAsync(EnvironmentConfigurationsApi.GetDomain, [_stage, "1"], query: null, _caller, default);
        await _client.GetAsync(EnvironmentConfigurationsApi.GetDomain, [_stage, "1"], query: null, _caller, default);
        Assert.Equal(4, Sent);
    }

    [Fact]
    public async Task What_is_forgotten_is_read_again()
    {
        await ReadAsync();
        _client.Kept.Forget();
        await ReadAsync();
        Assert.Equal(2, Sent);
    }

    [Fact]
    public async Task An_error_is_not_kept()
    {
        _status = "\"broken";
        await Assert.ThrowsAsync<OdcApiException>(() => ReadAsync());
        _status = "Active";
        Assert.Equal("a.example", (await ReadAsync()).Hostname);
    }

    public void Dispose()
    {
        _http.Dispose();
        _server.Dispose();
    }

    private int Sent => _server.Requests.Count(r => r.Line.StartsWith("GET", StringComparison.Ordinal));

    private OdcClient NewClient() => new(Sample.Tenant.Origin, _http, new TokenKeeper(issue: null, _time), new Retry(0, TimeSpan.Zero, _time), _time);

    private async Task<OdcDomain> ReadAsync(string? stage = null) =>
        (await _client.GetAsync(EnvironmentConfigurationsApi.ListDomains, [stage ?? _stage], query: null, _caller, default)).Results![0];

    private Task ChangeAsync(OdcClient client) => client.ChangeAsync(EnvironmentConfigurationsApi.DeleteDomain.Request([_stage, "1"]), _caller, default);
}
