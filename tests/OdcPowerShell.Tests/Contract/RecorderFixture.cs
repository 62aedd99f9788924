using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Contract;

/// <summary>One recorder for the tests of a class, which run one after the other.</summary>
public sealed class RecorderFixture : IAsyncLifetime
{
    internal Recorder Recorder { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Recorder = await Recorder.StartAsync();

    /// <summary>
    /// Runs a row's script; every request is answered with a sample of its own operation's answer. Where the row reads again what was
    /// created, the creation's answer is whole: without the key nothing could be read. A test may change the answers of an operation.
    /// </summary>
    internal Result Run(Call call, Sample kind, Func<string, RecorderAnswer, RecorderAnswer>? change = null)
    {
        var specification = Specification.Required();
        Recorder.Answer = request => specification.Find(request) is { } operation
            ? Changed(operation.Name, new RecorderAnswer(
                operation.Status,
                call.Given.TryGetValue(operation.Name, out var given) ? given : operation.Answer is null ? null : SampleBody.Json(operation.Answer, IsCreation(operation.Name) ? Sample.Full : kind)))
            : new RecorderAnswer(404, Json: null);
        RecorderAnswer Changed(string operation, RecorderAnswer usual) => change?.Invoke(operation, usual) ?? usual;
        bool IsCreation(string operation) => operation == call.Operation && (call.Writes != operation || call.NeedsWholeAnswer);
        using var shell = Recorder.Connect();
        return shell.Run(call.Script);
    }

    public ValueTask DisposeAsync() => Recorder.DisposeAsync();
}
