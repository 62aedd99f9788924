using OdcPowerShell.Live.Changes;

namespace OdcPowerShell.Live.Questions;

/// <summary>The open questions of the project's API reference, in its order, each with what this run can say about it.</summary>
internal sealed class OpenQuestions(Run run)
{
    internal const string Answered = "answered";
    internal const string NotHere = "not answerable here";
    internal const string NeedsChanges = "needs -AllowChanges";
    internal const string NeedsMeasuring = "needs -MeasureLimits";

    private readonly ReadQuestions _read = new(run);

    private IReadOnlyList<(string Question, Func<Task<(string State, string Answer)>> Ask)> All =>
    [
        ("Does PATCH keep tag and defaultApplicationKey when they are absent?", () => Changed(o => o.KeptTag)),
        ("Does ApplyConfigs work without a revision?", () => Not("it would change what runs in a stage")),
        ("Are arrays in the query repeated or joined by commas?", _read.ArraysAsync),
        ("What is the largest limit of deployments, portfolios and native builds?", _read.LargestLimitsAsync),
        ("Which members have errors with status 400, and which headers has a 429?", _read.ErrorShapesAsync),
        ("What is the rate limit of the organization API?", RateLimitAsync),
        ("Do tokens that were already issued see edited permissions?", () => Not("permissions of an API client are edited in the portal only")),
        ("Are roles through groups in embed=ApplicationRoles and in the users of a role?", _read.GroupRolesAsync),
        ("What does revoking an organization role without a body revoke?", () => Not("it needs a user of its own, and creating one sends an invitation")),
        ("Does a second grant for the whole organization replace the first?", () => Not("it needs a user of its own, and creating one sends an invitation")),
        ("Does the code quality API take names of parameters in camelCase?", _read.CamelCaseAsync),
        ("Is fileUri the URL of the upload?", () => Not("it needs a source file of an app, which this program does not have")),
        ("How are binary settings encoded?", () => Not("it needs an app with a binary setting whose value is known")),
        ("Is order in PATCH of stages an absolute value or a position?", () => Not("it would change the order of the organization's stages")),
        ("What is finishedDateTime while an operation runs?", _read.FinishedWhileRunningAsync),
        ("What answers DELETE of a generation operation with 405?", () => Changed(o => o.DeletedGeneration)),
        ("What does a second user with the same e-mail address get?", () => Not("it needs a user of its own, and creating one sends an invitation")),
    ];

    internal async Task RunAsync()
    {
        foreach (var (i, (question, ask)) in All.Index())
        {
            var (state, answer) = await AskAsync(ask);
            run.Ledger.Questions.Add(new AnsweredQuestion(i + 1, question, state, answer));
        }
    }

    private static async Task<(string State, string Answer)> AskAsync(Func<Task<(string State, string Answer)>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is not (OperationCanceledException or CannotRunException))
        {
            return (NotHere, $"an answer could not be judged ({e.GetType().Name})");
        }
    }

    private static Task<(string, string)> Not(string why) => Task.FromResult((NotHere, why));

    private Task<(string, string)> Changed(Func<ChangeAnswers, (string State, string Answer)?> of) =>
        Task.FromResult(run.Options.AllowChanges ? of(run.Changes) ?? (NotHere, "the run could not create what it needs") : (NeedsChanges, "it needs an object of its own"));

    private Task<(string, string)> RateLimitAsync() =>
        Task.FromResult(run.Ledger.Limits.FirstOrDefault(l => l.Name == "organization") is { } limit
            ? (Answered, limit.WasReached ? $"{limit.Passed} requests passed before the first 429" : $"none was reached by {limit.Passed} requests within a minute")
            : (NeedsMeasuring, "it takes as many requests as the limit allows"));
}
