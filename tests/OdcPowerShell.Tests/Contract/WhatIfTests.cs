using System.Management.Automation.Language;
using OdcPowerShell.Http;
using OdcPowerShell.Tests.Contract.Specs;
using OdcPowerShell.Tests.Conventions;

namespace OdcPowerShell.Tests.Contract;

/// <summary>With -WhatIf every change is shown as it would be sent, and not sent.</summary>
public sealed class WhatIfTests(RecorderFixture fixture) : IClassFixture<RecorderFixture>
{
    // Searches are sent as POST, and change nothing.
    private static IEnumerable<Call> Changes => Call.All.Where(c => !OperationCatalogue.All.Any(o => o.IsSafe && $"{o.Method} {o.Template}" == c.Operation));

    /// <summary>Commands that need answers which fit each other, as samples do not: the tests of their folders try them against the emulator.</summary>
    private static readonly IReadOnlyList<string> Elsewhere = ["Start-OdcDeployment", "Undo-OdcDeployment", "Start-OdcConfigurationApply", "Copy-OdcAssetSetting", "Import-OdcExternalLibrary", "Import-OdcTenant"];

    // A validation or a suggestion of the service changes nothing, and is what -WhatIf shows.
    private static bool IsRead(WireRequest request) => request.Method == "GET" || OperationCatalogue.Find(new HttpMethod(request.Method), request.Path) is { IsSafe: true };

    public static TheoryData<string> Scripts => [.. Changes.Select(c => c.Script)];

    /// <summary>The scripts that are one command without a pipeline.</summary>
    public static TheoryData<string> Unpiped => [.. Changes.Select(c => c.Script).Where(s => Parser.ParseInput(s, out _, out _).EndBlock.Statements is [PipelineAst { PipelineElements: [CommandAst] }])];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_change_is_shown_and_not_sent(string script)
    {
        var call = Call.All.Single(c => c.Script == script);
        var result = fixture.Run(call, Sample.Nulls);
        if (call.Refusal is null)
            result.ThrowOnError();
        var real = fixture.Recorder.Requests.Where(r => !IsRead(r)).ToList();
        Assert.NotEmpty(real);
        using var shell = fixture.Recorder.Connect();
        shell.Run(script + " -WhatIf").ThrowOnError();
        Assert.All(fixture.Recorder.Requests, r => Assert.True(IsRead(r), r.ToString()));
        Assert.All(real, r => Assert.Contains(r.Path, shell.Host.Text, StringComparison.Ordinal));
        Assert.All(real, r => Assert.Contains(r.Method, shell.Host.Text, StringComparison.Ordinal));
    }

    /// <summary>Input that turns out to be empty is never taken for all.</summary>
    [Theory]
    [MemberData(nameof(Unpiped))]
    public void An_empty_pipeline_changes_nothing(string script)
    {
        var call = Call.All.Single(c => c.Script == script);
        fixture.Run(call with { Script = $"@() | {script}" }, Sample.Full);
        Assert.All(fixture.Recorder.Requests, r => Assert.True(IsRead(r), r.ToString()));
    }

    [Fact]
    public void Every_command_that_changes_something_in_the_service_is_in_a_row() =>
        Faults.None(Module.CmdletTypes.Where(t => t.Declaration().SupportsShouldProcess && t.IsSubclassOf(typeof(ChangeCmdlet)))
            .Select(t => t.CmdletName()).Except(Changes.Select(c => c.Cmdlet)).Except(Elsewhere).Select(name => $"{name}: add a row to Contract/"));
}
