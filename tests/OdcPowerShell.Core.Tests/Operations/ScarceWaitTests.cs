using Microsoft.Extensions.Time.Testing;
using OdcPowerShell.Operations;

namespace OdcPowerShell.Core.Tests.Operations;

/// <summary>Waiting where the API allows few requests, and where a person has to do something.</summary>
public sealed class ScarceWaitTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Caller _caller = new();
    private readonly Dictionary<string, string> _states = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _reads = [];

    [Fact]
    public async Task Where_an_API_allows_few_requests_it_polls_every_15_30_and_60_seconds()
    {
        var loop = Loop(3600, new Op("a", "Running", Scarce("thing")));
        var next = loop.NextAsync(_caller, default);
        var polls = new List<int>();
        for (var second = 5; second <= 600; second += 5)
        {
            var before = _reads.Count;
            await PassAsync(5);
            polls.AddRange(Enumerable.Repeat(second, _reads.Count - before));
        }

        Assert.Equal([15, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 360, 420, 480, 540, 600], polls);
        _states["a"] = "Finished";
        await PassAsync(60);
        Assert.Single(await next);
    }

    [Fact]
    public async Task Operations_of_several_stages_share_half_of_the_limit()
    {
        var loop = Loop(3600, [.. Enumerable.Range(1, 6).Select(i => new Op($"{i}", "Running", Scarce($"thing {i}")))]);
        _ = loop.NextAsync(_caller, default);
        for (var second = 0; second < 600; second += 5)
            await PassAsync(5);
        // Ten minutes at five requests a minute; the first polls come before the share is known.
        Assert.InRange(_reads.Count, 36, 56);
    }

    [Fact]
    public async Task What_a_person_has_to_do_is_a_warning_whenever_it_changes()
    {
        var kind = new OperationDescriptor<Op>("thing", "Get-OdcThing", (_, op, _, _) => ReadAsync(op), None) { Awaited = op => _states.ContainsKey("record") ? "Create the record." : op.Status == "Running" ? "Wait for the record." : null, Advice = "Do it again." };
        var loop = Loop(60, new Op("a", "Running", kind), new Op("b", "Running", kind));
        var next = loop.NextAsync(_caller, default);
        await PassAsync(5);
        await PassAsync(5);
        _states["record"] = "there";
        _states["b"] = "Failed";
        await PassAsync(5);
        Assert.EndsWith("the service reports no reason. Do it again.", $"{(await next).Single().Failure!.Message} {(await next).Single().Failure!.RecommendedAction}", StringComparison.Ordinal);
        next = loop.NextAsync(_caller, default);
        await PassAsync(5);
        Assert.Equal(["Wait for the record.", "Wait for the record.", "Create the record."], _caller.Warnings);
        await PassAsync(60);
        Assert.EndsWith("It continues on the service. Create the record.", Assert.Single(await next).Failure!.Message, StringComparison.Ordinal);
    }

    private OperationDescriptor<Op> Scarce(string noun) => new(noun, "Get-OdcThing", (_, op, _, _) => ReadAsync(op), None) { IsScarce = true };

    private Task<Op> ReadAsync(Op op)
    {
        _reads.Add(op.OperationKey!);
        return Task.FromResult(op with { Status = _states.TryGetValue(op.OperationKey!, out var state) ? state : op.Status! });
    }

    private static Task<IReadOnlyList<string>> None(OdcClient client, Op op, ICaller caller, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    private WaitingLoop Loop(int seconds, params Op[] operations)
    {
        var loop = new WaitingLoop(new OdcClient(Sample.Tenant.Origin, http: null!, tokens: null!, new Retry(0, TimeSpan.Zero, _time), _time), TimeSpan.FromSeconds(seconds));
        foreach (var operation in operations)
            loop.Add(operation);
        return loop;
    }

    private Task PassAsync(int seconds) => _time.PassAsync(seconds);
}
