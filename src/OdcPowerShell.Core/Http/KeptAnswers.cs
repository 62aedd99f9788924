using System.Collections.Concurrent;

namespace OdcPowerShell.Http;

/// <summary>
/// Answers of one connection that are used again for five minutes, for operations whose API allows few requests a minute. A change that any
/// connection of this process makes in the same stage or API ends them.
/// </summary>
internal sealed class KeptAnswers(Func<ChangeCounts> changes, TimeProvider time)
{
    private const int MostKept = 500;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private ConcurrentDictionary<string, Kept> _answers = new(StringComparer.Ordinal);

    /// <summary>An answer that may be used again, and its age.</summary>
    internal (ApiAnswer Answer, TimeSpan Age)? Find(ApiRequest request)
    {
        if (!_answers.TryGetValue(AddressOf(request), out var kept) || kept.Change != Changes(request))
            return null;
        var age = time.GetElapsedTime(kept.ReadAt);
        return age < Life ? (kept.Answer, age) : null;
    }

    /// <summary>The number of changes so far where the request reads. An answer is kept only if there was none while it was read.</summary>
    internal long Changes(ApiRequest request) => changes().Of(request.Path);

    internal void Keep(ApiRequest request, ApiAnswer answer, long changesBefore)
    {
        if (_answers.Count >= MostKept)
            Forget();
        _answers[AddressOf(request)] = new Kept(answer with { Token = null }, changesBefore, time.GetTimestamp());
    }

    /// <summary>Reads everything again from now on.</summary>
    internal void Forget() => _answers = new(StringComparer.Ordinal);

    private static string AddressOf(ApiRequest request) => request.Path + request.Query;

    private sealed record Kept(ApiAnswer Answer, long Change, long ReadAt);
}

/// <summary>How often this process has changed something in each stage of an API, or elsewhere in it.</summary>
internal sealed class ChangeCounts
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.OrdinalIgnoreCase);

    internal long Of(string path) => _counts.TryGetValue(Scope(path), out var count) ? count : 0;

    internal void Add(string path) => _counts.AddOrUpdate(Scope(path), 1, (_, count) => count + 1);

    // /api/environment-configurations/v1/environments/{key}, or /api/organization/v1.
    private static string Scope(string path)
    {
        var segments = path.Split('?')[0].Split('/');
        return string.Join("/", segments.Take(segments.Length > 5 && string.Equals(segments[4], "environments", StringComparison.OrdinalIgnoreCase) ? 6 : 4));
    }
}
