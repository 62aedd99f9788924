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
        var result = fixture.Run(call, Sample.Minimal);
        Assert.DoesNotContain(result.Errors.Append(result.Terminating?.ErrorRecord).OfType<System.Management.Automation.ErrorRecord>(), e => !IsNotFound(e, call));
        var requests = fixture.Recorder.Requests;
        Assert.Equal(call.Requests, requests.Count);
        Assert.All(requests, request =>
        {
            var operation = specification.Find(request);
            Assert.True(operation is not null, $"No specification has an operation for {request}.");
            Assert.Equal(call.Operation, operation.Name);
            Faults.None(RequestJudge.Faults(request, operation));
            Assert.Equal("Bearer recorded", request.Headers["Authorization"]);
            Assert.Equal("application/json", request.Headers["Accept"]);
        });
    }

    // A sample does not hold the very keys that a look-up asks for.
    private static bool IsNotFound(System.Management.Automation.ErrorRecord error, Call call) => call.PicksFromAnswer && error.Id() == "OdcNotFound";
}
