namespace OdcPowerShell.Http;

/// <summary>How long to wait between two looks at an operation: short at first, longer for what takes longer.</summary>
internal sealed record PollPlan(TimeSpan Short, TimeSpan ShortFor, TimeSpan Long)
{
    /// <summary>What the service's guides advise.</summary>
    internal static PollPlan Usual { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));

    internal TimeSpan After(TimeSpan elapsed) => elapsed < ShortFor ? Short : Long;
}
