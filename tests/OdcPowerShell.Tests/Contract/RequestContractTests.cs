using System.Text.Json.Nodes;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Contract;

/// <summary>Every cmdlet's requests, as they come over the wire, are valid by the official specifications.</summary>
public sealed class RequestContractTests(RecorderFixture fixture) : IClassFixture<RecorderFixture>
{
    public static TheoryData<string> Scripts => [.. Call.All.Select(c => c.Script)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_request_is_what_the_specification_asks_for(string script)
    {
        var specification = Specification.Required();
        var call = Call.All.Single(c => c.Script == script);
        var result = fixture.Run(call, Sample.Nulls);
        var errors = result.Errors.Append(result.Terminating?.ErrorRecord).OfType<System.Management.Automation.ErrorRecord>().ToList();
        Assert.DoesNotContain(errors, e => !IsNotFound(e, call));
        var requests = fixture.Recorder.Requests;
        var sent = requests.Select(r => specification.Find(r)?.Name ?? r.ToString()).Order(StringComparer.Ordinal).ToList();
        // A name that is not found costs one request more, for the names that are near.
        if (errors.Any(e => e.Id() == "OdcNotFound") && sent.Count(s => s == call.Operation) > call.Sent.Count(s => s == call.Operation))
            sent.Remove(call.Operation);
        Assert.Equal(call.Sent, sent);
        Assert.All(requests, request =>
        {
            var operation = specification.Find(request);
            Assert.True(operation is not null, $"No specification has an operation for {request}.");
            Faults.None(RequestJudge.Faults(request, operation));
            Assert.Equal("Bearer recorded", request.Headers["Authorization"]);
            Assert.Equal("application/json", request.Headers["Accept"]);
        });
        var body = requests.First(r => specification.Find(r)?.Name == call.Operation).Carried();
        Assert.Equal((Canonical(call.Body), call.File), (Canonical(body.Json), body.File));
    }

    /// <summary>The same text for the same JSON, whatever the order of its members.</summary>
    private static string? Canonical(string? json) => json is null ? null : Sorted(JsonNode.Parse(json))!.ToJsonString();

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, Sorted(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    // A sample does not hold the very keys that a look-up asks for.
    private static bool IsNotFound(System.Management.Automation.ErrorRecord error, Call call) => (call.PicksFromAnswer && error.Id() == "OdcNotFound") || error.Id() == call.Refusal;
}
