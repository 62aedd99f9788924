using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Contract;

/// <summary>Answers made from the official schemas lose nothing on their way to the pipeline.</summary>
public sealed class AnswerContractTests(RecorderFixture fixture) : IClassFixture<RecorderFixture>
{
    // How a cmdlet reads an operation's answer does not depend on what was asked: its first row will do.
    private static IEnumerable<Call> Calls => Call.All.Where(c => !c.PicksFromAnswer).DistinctBy(c => (c.Operation, c.Writes, c.Cmdlet));

    public static TheoryData<string, Sample> Scripts => new(from call in Calls from kind in Enum.GetValues<Sample>() select (call.Script, kind));

    [Theory]
    [MemberData(nameof(Scripts))]
    public void An_answer_is_written_whole(string script, Sample kind)
    {
        var specification = Specification.Required();
        var call = Call.All.Single(c => c.Script == script);
        var schema = specification.Named(call.Writes).Answer;
        var sample = call.Writes == call.Operation && call.NeedsWholeAnswer ? Sample.Full : kind;
        var json = schema is null ? "{}" : SampleBody.Json(schema, sample);
        var result = fixture.Run(call, kind);
        // Where a schema requires nothing, its least answer says nothing: any proxy may send it, and it is no success.
        if (schema is not null && json == "{}" && (call.Cmdlet != "Invoke-OdcRestMethod" || result.HasError))
        {
            // What was created and can't be read back is written as far as it is known, with a warning.
            Assert.True(result.HasError ? result.ErrorId == "OdcUnexpectedResponse" : call.Writes != call.Operation && result.Warnings.Count > 0);
            return;
        }

        var written = result.ThrowOnError().Output;
        if (schema is null)
            Assert.Empty(written);
        else
            Faults.None(NothingLost.Losses(NothingLost.Rename(call.RowsOf(json), call.Renamed), written));
    }
}
