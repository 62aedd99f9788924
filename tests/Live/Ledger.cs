using OdcPowerShell.Live.Judges;

namespace OdcPowerShell.Live;

/// <summary>What the report says about one operation.</summary>
internal sealed record OperationRow(string Operation)
{
    internal int Requests { get; set; }

    /// <summary>How often each status came; <c>no answer (Timeout)</c> for a request without one.</summary>
    internal SortedDictionary<string, int> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>The most objects in an answer; null where it is no list.</summary>
    internal int? MostObjects { get; set; }

    internal TimeSpan Longest { get; set; }

    /// <summary>Why it was not called.</summary>
    internal string? Reason { get; set; }

    internal string Outcome => Requests == 0 ? "not called" : Answers.Keys.Any(a => a.StartsWith('2')) ? "answered" : Answers.ContainsKey("403") ? "permission missing" : Answers.ContainsKey("404") ? "nothing there" : "failed";
}

/// <summary>Everything that the report is made of.</summary>
internal sealed class Ledger
{
    private readonly SortedDictionary<string, OperationRow> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<Finding, int> _findings = [];
    private readonly SortedSet<string> _rateHeaders = new(StringComparer.OrdinalIgnoreCase);

    internal IReadOnlyCollection<OperationRow> Rows => _rows.Values;

    /// <summary>What deviates, each with the number of times.</summary>
    internal IReadOnlyDictionary<Finding, int> Findings => _findings;

    /// <summary>The names of headers that may be about rate limits.</summary>
    internal IReadOnlyCollection<string> RateHeaders => _rateHeaders;

    internal List<AnsweredQuestion> Questions { get; } = [];

    internal List<MeasuredLimit> Limits { get; } = [];

    /// <summary>What happened with the objects that the run creates: kinds, counts and statuses.</summary>
    internal List<string> Changes { get; } = [];

    /// <summary>Why the run ended early; null when it did not.</summary>
    internal string? EndedEarly { get; set; }

    internal OperationRow Row(Operation operation)
    {
        var name = Specifications.Name(operation);
        if (!_rows.TryGetValue(name, out var row))
            _rows.Add(name, row = new OperationRow(name));
        return row;
    }

    internal void Add(Finding finding) => _findings[finding] = _findings.GetValueOrDefault(finding) + 1;

    internal void Add(Operation operation, IEnumerable<Fault> faults, string source)
    {
        foreach (var fault in faults)
            Add(new Finding(fault.Kind, Specifications.Name(operation), fault.Path, fault.Expected, fault.Found, source));
    }

    /// <summary>Counts an answer, whoever asked for it.</summary>
    internal void Count(Answer answer)
    {
        var row = Row(answer.Operation);
        var status = answer.Failure is { } failure ? $"no answer ({failure})" : answer.Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        row.Requests++;
        row.Answers[status] = row.Answers.GetValueOrDefault(status) + 1;
        row.Longest = answer.Took > row.Longest ? answer.Took : row.Longest;
        if (answer.Operation.IsPaged && answer.IsSuccess)
            row.MostObjects = Math.Max(row.MostObjects ?? 0, answer.Items.Count);
        // By the words of RFC 9331 drafts and of those who came before; a custom header's name is the developers' and no data.
        foreach (var name in answer.Headers.Where(h => h.Contains("rate", StringComparison.OrdinalIgnoreCase) && Formats.Name(h.Replace('-', '_')) == h.Replace('-', '_')))
            _rateHeaders.Add(name);
        if (answer.Status == 429 && answer.RetryAfter is null)
            Add(new Finding(Deviation.RetryAfter, row.Operation, "", "a Retry-After header with seconds or a date", answer.Headers.Contains("Retry-After", StringComparer.OrdinalIgnoreCase) ? "one that can't be used" : "none", Sources.Documentation));
    }
}

/// <summary>An open question of the API's reference with what the run found.</summary>
internal sealed record AnsweredQuestion(int Number, string Question, string State, string Answer);

/// <summary>How many requests passed before the service answered 429; none when it did not within a minute.</summary>
internal sealed record MeasuredLimit(string Name, int Assumed, int Passed, bool WasReached, double? RetryAfterSeconds);
