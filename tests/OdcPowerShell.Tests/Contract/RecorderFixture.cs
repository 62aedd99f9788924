using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Contract;

/// <summary>One recorder for the tests of a class, which run one after the other.</summary>
public sealed class RecorderFixture : IAsyncLifetime
{
    internal Recorder Recorder { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Recorder = await Recorder.StartAsync();

    /// <summary>Runs a row's script; every request is answered with a sample of its own operation's answer.</summary>
    internal Result Run(Call call, Sample kind)
    {
        var specification = Specification.Required();
        Recorder.Answer = request => specification.Find(request) is { } operation
            ? new RecorderAnswer(operation.Status, operation.Answer is null ? null : SampleBody.Json(operation.Answer, kind))
            : new RecorderAnswer(404, Json: null);
        using var shell = Recorder.Connect();
        return shell.Run(call.Script);
    }

    public ValueTask DisposeAsync() => Recorder.DisposeAsync();
}
