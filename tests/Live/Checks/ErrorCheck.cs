using OdcPowerShell.Identity;
using OdcPowerShell.Live.Judges;

namespace OdcPowerShell.Live.Checks;

/// <summary>Asks for objects that can't exist and with keys that are none, and looks at the status and the body of the errors.</summary>
internal sealed class ErrorCheck(Run run)
{
    private const string NoKey = "not-a-key";
    private const string NoRevision = "2147480000";

    // A key that nobody has, and that shows itself in the service's own log.
    private const string UnknownKey = "0dc0dc00-0000-4000-8000-000000000000";

    /// <summary>The names of the members of errors with status 400, for the question about their shape.</summary>
    internal SortedSet<string> MembersOf400 { get; } = new(StringComparer.Ordinal);

    /// <summary>How many errors with status 400 there were.</summary>
    internal int CountOf400 { get; private set; }

    internal async Task RunAsync()
    {
        foreach (var operation in ShapeCheck.Operations.Where(o => o.HasKeys && o.Method == HttpMethod.Get))
        {
            if (run.Keys.For(operation) is not [var keys, ..] || !run.Ledger.Row(operation).Answers.ContainsKey("200"))
                continue;
            var isRevision = operation.Template.EndsWith("{revisionNumber}", StringComparison.Ordinal);
            // Only where the path ends in the key is it the object itself that is missing; a part of nothing may be an empty list.
            if (operation.Template.EndsWith('}'))
                await ExpectAsync(operation, keys.WithLast(isRevision ? NoRevision : UnknownKey), [404], "a key that no object has");
            if (operation.Template.EndsWith('}') && !isRevision && Guid.TryParse(keys.Keys[^1], out _))
                await ExpectAsync(operation, keys.WithLast(NoKey), [400, 404, 422], "a key that is none");
        }

        await ExpectAsync(IdentityApi.QueryUsers, KeySet.None.With(("limit", "0")), [400, 422], "a limit of 0");
        await ExpectAsync(IdentityApi.QueryUsers, KeySet.None.With(("limit", "many")), [400, 422], "a limit that is no number");
    }

    private Task ExpectAsync(Operation operation, KeySet keys, IReadOnlyList<int> statuses, string why) =>
        run.JudgeAsync(operation, () => CheckAsync(operation, keys, statuses, why));

    private async Task CheckAsync(Operation operation, KeySet keys, IReadOnlyList<int> statuses, string why)
    {
        var answer = await run.Service.SendAsync(operation, keys);
        // Without the permission, and in front of the service, nothing is known of it.
        if (answer.Failure is not null || answer.Status is 401 or 403 or 429 or 502 or 503 or 504)
            return;
        if (!statuses.Contains(answer.Status))
            run.Report(operation, Deviation.Status, "", $"status {string.Join(" or ", statuses)} for {why}", $"status {answer.Status}", Sources.Documentation);
        if (answer.IsSuccess)
            return;
        run.Ledger.Add(operation, ErrorJudge.Judge(answer), Sources.Documentation);
        if (answer is { Status: 400, Json: { ValueKind: JsonValueKind.Object } body })
        {
            CountOf400++;
            MembersOf400.UnionWith(body.EnumerateObject().Select(m => Formats.Name(m.Name)));
        }
    }
}
