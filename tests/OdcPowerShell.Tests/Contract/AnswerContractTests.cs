using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Contract;

/// <summary>Answers made from the official schemas lose nothing on their way to the pipeline.</summary>
public sealed class AnswerContractTests(RecorderFixture fixture) : IClassFixture<RecorderFixture>
{
    public static TheoryData<string, Sample> Scripts =>
        new(from call in Call.All where call.ShowsAnswer from kind in Enum.GetValues<Sample>() select (call.Script, kind));

    [Theory]
    [MemberData(nameof(Scripts))]
    public void An_answer_is_written_whole(string script, Sample kind)
    {
        var specification = Specification.Required();
        var call = Call.All.Single(c => c.Script == script);
        var schema = specification.Named(call.Operation).Answer;
        var written = fixture.Run(call, kind).ThrowOnError().Output;
        if (schema is null)
            Assert.Empty(written);
        else
            Assert.Equal([], NothingLost.Losses(SampleBody.Json(schema, kind), written));
    }
}
