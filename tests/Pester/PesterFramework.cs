using System.Text.Json;
using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.Extensions.TestFramework;
using Microsoft.Testing.Platform.Requests;

namespace OdcPowerShell.Pester.Tests;

/// <summary>Runs the suites in the pinned pwsh and publishes each of their tests.</summary>
internal sealed class PesterFramework(string suite) : ITestFramework, IDataProducer
{
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    public string Uid => nameof(PesterFramework);

    public string Version => "1.0.0";

    public string DisplayName => "Pester";

    public string Description => "Runs the Pester suites in the pinned pwsh.";

    public Type[] DataTypesProduced => [typeof(TestNodeUpdateMessage)];

    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    public Task<CreateTestSessionResult> CreateTestSessionAsync(CreateTestSessionContext context) =>
        Task.FromResult(new CreateTestSessionResult { IsSuccess = true });

    public Task<CloseTestSessionResult> CloseTestSessionAsync(CloseTestSessionContext context) =>
        Task.FromResult(new CloseTestSessionResult { IsSuccess = true });

    public async Task ExecuteRequestAsync(ExecuteRequestContext context)
    {
        try
        {
            await using var run = await PwshRun.StartAsync(suite, listOnly: context.Request is DiscoverTestExecutionRequest);
            var problem = await FollowAsync(run, context);
            if (problem is not null)
                await PublishAsync(context, new PesterResult($"The run of the Pester suites '{suite}'", "Failed", problem, run.LastLines));
        }
        finally
        {
            context.Complete();
        }
    }

    /// <returns>Why the run can't be trusted, or null when it reached its end.</returns>
    private async Task<string?> FollowAsync(PwshRun run, ExecuteRequestContext context)
    {
        var count = 0;
        while (true)
        {
            string? line;
            try
            {
                line = await run.ReadResultAsync(context.CancellationToken);
            }
            catch (TimeoutException)
            {
                return $"It printed nothing for {PwshRun.SilenceLimit.TotalMinutes} minutes and was stopped.";
            }

            if (line is null)
                return $"pwsh ended early, with exit code {run.WaitForExitCode()}, after {count} results.";
            var result = JsonSerializer.Deserialize<PesterResult>(line, JsonSerializerOptions.Web)!;
            if (result.Outcome == "End")
                return count == 0 ? $"No test ran: is there a suite named '{suite}'?" : null;
            count++;
            await PublishAsync(context, result);
        }
    }

    private Task PublishAsync(ExecuteRequestContext context, PesterResult result)
    {
        // Two rows of one test may have the same name.
        var again = _seen[result.Name] = _seen.GetValueOrDefault(result.Name) + 1;
        var name = again == 1 ? result.Name : $"{result.Name} ({again})";
        TestNodeStateProperty state = result.Outcome switch
        {
            "Passed" => PassedTestNodeStateProperty.CachedInstance,
            "Listed" => DiscoveredTestNodeStateProperty.CachedInstance,
            "Skipped" => new SkippedTestNodeStateProperty(result.Message),
            _ => new FailedTestNodeStateProperty(new PesterException(result.Message, result.Detail)),
        };
        var end = DateTimeOffset.UtcNow;
        var taken = TimeSpan.FromMilliseconds(result.Milliseconds);
        var timing = new TimingProperty(new TimingInfo(end - taken, end, taken));
        var node = new TestNode { Uid = name, DisplayName = name, Properties = new PropertyBag(state, timing) };
        return context.MessageBus.PublishAsync(this, new TestNodeUpdateMessage(context.Request.Session.SessionUid, node));
    }

    /// <summary>A line of Run.ps1: a test, a block or file that broke off, or the end.</summary>
    private sealed record PesterResult(string Name, string Outcome, string Message = "", string Detail = "", double Milliseconds = 0);

    private sealed class PesterException(string message, string detail) : Exception(message)
    {
        public override string StackTrace => detail;
    }
}
