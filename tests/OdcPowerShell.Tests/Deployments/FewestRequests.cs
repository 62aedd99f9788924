using System.Text.Json;

namespace OdcPowerShell.Tests.Deployments;

/// <summary>
/// Counts the requests of release runs, and the fewest with which the same runs could do the same: each fact that a plan needs is read once in
/// a run, each operation is started once, and all deployments that are waited for are polled by one request in a poll time. Builds have no list
/// of those that run, so that each is polled by itself. What the emulator failed on purpose does not count.
/// </summary>
internal sealed class FewestRequests(StageLab lab, IReadOnlyDictionary<string, int?> wanted, TimeSpan poll)
{
    private const string Deployments = "/api/deployments/v1/deployment-operations";
    private const string Builds = "/api/builds/v1/build-operations";
    private int _planned;

    /// <summary>Adds what the plan of a run from Development to QA and Production must read, as things are now.</summary>
    internal void BeginRun()
    {
        var open = wanted.Where(asset => lab.Running(asset.Key, lab.Qa) != asset.Value || lab.Running(asset.Key, lab.Production) != asset.Value).ToList();
        var underway = lab.Sent(StageLab.Posts).Where(r => r.Status == 201).Select(KeyOf).ToHashSet();
        // What runs in Development; for each target stage, what runs there and what is being deployed there.
        _planned += 1 + (2 * 2);
        // What each revision uses.
        _planned += open.Count;
        // The build of each revision, unless QA has it already or gets it.
        _planned += open.Count(asset => lab.Running(asset.Key, lab.Qa) != asset.Value && !underway.Contains(lab.Delivery.Asset(asset.Key).Key));
    }

    /// <summary>The requests that were sent, and the fewest.</summary>
    internal (int Sent, int Fewest) Count(IReadOnlyList<RecordedRequest> log)
    {
        var requests = log.Where(r => r.Fault is null && r.Path.StartsWith("/api/", StringComparison.Ordinal)).OrderBy(r => r.Number).ToList();
        var starts = requests.Count(r => r is { Method: "POST", Status: 201 });
        var messages = requests.Where(r => r.Path.EndsWith("/messages", StringComparison.Ordinal)).Select(r => r.Path).Distinct().Count();
        // A start that the outage swallowed must be looked for before it is sent again.
        var lost = log.Where(r => r is { Method: "POST", Fault: not null } && r.Path == Deployments).Select(r => r.Body).Distinct().Count();
        // Names of assets once; before Production, once more what runs and what is being deployed there.
        var once = 1 + 2;
        return (requests.Count, _planned + once + starts + messages + lost + Polls(requests.Where(IsDeploymentPoll)) + requests.Where(IsBuildPoll).GroupBy(r => r.Path).Sum(Polls));
    }

    private static bool IsDeploymentPoll(RecordedRequest r) => r.Method == "GET" && !r.Path.EndsWith("/messages", StringComparison.Ordinal)
        && (r.Path.StartsWith(Deployments + "/", StringComparison.Ordinal) || (r.Path == Deployments && !r.PathAndQuery.Contains("environmentKey", StringComparison.Ordinal)));

    private static bool IsBuildPoll(RecordedRequest r) => r.Method == "GET" && r.Path.StartsWith(Builds + "/", StringComparison.Ordinal);

    /// <summary>How many poll times have a poll: a second one in the same poll time was needless. A timer may be a little early.</summary>
    private int Polls(IEnumerable<RecordedRequest> polls)
    {
        var (count, until) = (0, DateTimeOffset.MinValue);
        foreach (var request in polls)
        {
            if (request.At < until)
                continue;
            (count, until) = (count + 1, request.At + (poll * 0.9));
        }

        return count;
    }

    private static Guid KeyOf(RecordedRequest start)
    {
        using var body = JsonDocument.Parse(start.Body!);
        return body.RootElement.GetProperty("assetKey").GetGuid();
    }
}
