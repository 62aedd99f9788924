using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Contract;

/// <summary>One recorder and one shell for the tests of a class, which run one after the other: to open a shell for each takes as long as all else.</summary>
public sealed class RecorderFixture : IAsyncLifetime
{
    private const string OfStage = "/api/environment-configurations/v1/environments/{environmentKey}/";

    // The commands for what belongs to a stage reject what the lists of the tenant and of the stage don't have. So they have what the rows name.
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["GET /api/portfolios/v2/environments"] = $$"""{ "results": [{ "key": "{{AssetRepositoryCalls.A}}", "name": "One" }, { "key": "{{AssetRepositoryCalls.B}}", "name": "Other" }] }""",
        ["GET " + OfStage + "domains"] = $$"""{ "results": [{ "id": "{{AssetRepositoryCalls.B}}", "hostname": "apps.acme.com" }] }""",
        ["GET " + OfStage + "ip-filter-groups"] = $$"""{ "results": [{ "key": "{{AssetRepositoryCalls.B}}", "name": "Office", "accessType": "ALLOWLIST", "ipRules": [], "appKeys": [] }] }""",
    };

    private readonly Shell _shell = new();

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
                call.Given.TryGetValue(operation.Name, out var given) ? given : IsOfStage() && operation.Name != call.Operation && Known.TryGetValue(operation.Name, out var known) ? known : operation.Answer is null ? null : SampleBody.Json(operation.Answer, IsCreation(operation.Name) ? Sample.Full : kind)))
            : new RecorderAnswer(404, Json: null);
        RecorderAnswer Changed(string operation, RecorderAnswer usual) => change?.Invoke(operation, usual) ?? usual;
        bool IsOfStage() => call.Operation.Contains(OfStage, StringComparison.Ordinal);
        bool IsCreation(string operation) => operation == call.Operation && (call.Writes != operation || call.NeedsWholeAnswer);
        _shell.Run("Get-OdcConnection | Disconnect-Odc").ThrowOnError();
        _shell.Runspace.ResetRunspaceState();
        Recorder.Connect(_shell);
        return _shell.Run(call.Script);
    }

    public ValueTask DisposeAsync()
    {
        _shell.Dispose();
        return Recorder.DisposeAsync();
    }
}
