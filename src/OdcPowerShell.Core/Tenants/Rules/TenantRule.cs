using OdcPowerShell.Identity;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Tenants.Rules;

/// <summary>A rule for tenants. It keeps nothing: what it finds goes into the check.</summary>
/// <param name="id">Its name, by which users choose it. It never changes.</param>
/// <param name="category">A word of <see cref="RuleWords.Categories"/>.</param>
/// <param name="severity">A word of <see cref="RuleWords.Severities"/>, unless the settings say otherwise.</param>
/// <param name="title">What it finds, in a few words.</param>
internal abstract class TenantRule(string id, string category, string severity, string title)
{
    internal string Id => id;

    internal string Category => category;

    internal string Severity => severity;

    internal string Title => title;

    /// <summary>Why it matters, and what is checked.</summary>
    internal abstract string Reason { get; }

    /// <summary>What to do.</summary>
    internal abstract string Advice { get; }

    /// <summary>The numbers that the user may change.</summary>
    internal virtual IReadOnlyList<RuleThreshold> Thresholds => [];

    /// <summary>What it takes many requests for, so that it runs only if it is named; null for a rule that always runs.</summary>
    internal virtual string? Costs => null;

    /// <summary>Finds what breaks the rule. What can't be read is a gap of the check, and never an exception.</summary>
    internal abstract Task CheckAsync(RuleCheck check);
}

/// <summary>The words of rules and findings.</summary>
internal static class RuleWords
{
    internal const string Access = "Access";
    internal const string Delivery = "Delivery";
    internal const string Assets = "Assets";
    internal const string Quality = "Quality";
    internal const string Network = "Network";
    internal const string Platform = "Platform";

    internal const string High = "High";
    internal const string Medium = "Medium";
    internal const string Low = "Low";
    internal const string Info = "Info";

    internal const string Passed = "Passed";
    internal const string Failed = "Failed";
    internal const string NotChecked = "NotChecked";
    internal const string Excepted = "Excepted";

    internal static IReadOnlyList<string> Categories => [Access, Delivery, Assets, Quality, Network, Platform];

    /// <summary>The severities, the highest first.</summary>
    internal static IReadOnlyList<string> Severities => [High, Medium, Low, Info];

    /// <summary>The place of a severity: 0 is the highest.</summary>
    internal static int Rank(string severity) => Severities.TakeWhile(s => !string.Equals(s, severity, StringComparison.OrdinalIgnoreCase)).Count();
}

/// <summary>A number of a rule that the user may change.</summary>
/// <param name="Name">Its name in the settings file; most have a parameter of this name too.</param>
/// <param name="Usual">The number without a change.</param>
/// <param name="Least">The lowest number.</param>
/// <param name="Most">The highest number.</param>
internal sealed record RuleThreshold(string Name, int Usual, int Least, int Most)
{
    private const int TenYears = 3650;
    private const int Whole = 100;

    internal static RuleThreshold InactiveDays { get; } = new("InactiveDays", 90, 1, TenYears);

    internal static RuleThreshold BehindRevisions { get; } = new("BehindRevisions", 5, 0, int.MaxValue);

    internal static RuleThreshold BehindDays { get; } = new("BehindDays", 90, 1, TenYears);

    internal static RuleThreshold DeploymentDays { get; } = new("DeploymentDays", 30, 1, TenYears);

    internal static RuleThreshold UnusedDays { get; } = new("UnusedDays", 90, 0, TenYears);

    internal static RuleThreshold EntitlementPercent { get; } = new("EntitlementPercent", 80, 1, Whole);

    internal static RuleThreshold ExpiryDays { get; } = new("ExpiryDays", 30, 0, TenYears);

    internal static RuleThreshold MinimumScore { get; } = new("MinimumScore", 80, 1, Whole);

    internal static RuleThreshold AnalysisDays { get; } = new("AnalysisDays", 7, 1, TenYears);

    internal static RuleThreshold MaximumAdministrators { get; } = new("MaximumAdministrators", 5, 0, int.MaxValue);

    internal static RuleThreshold PermissionPercent { get; } = new("PermissionPercent", 90, 1, Whole);
}

/// <summary>What breaks a rule.</summary>
/// <param name="Subject">The name of the object.</param>
/// <param name="Message">What is wrong, with figures.</param>
/// <param name="Fix">A command to copy.</param>
/// <param name="Stage">The stage; null for what belongs to none.</param>
internal sealed record RuleFinding(string Subject, string Message, string Fix, OdcStage? Stage = null)
{
    /// <summary>The user, for a finding about one. The e-mail and the key identify a user; a name does not.</summary>
    internal OdcUser? User { get; init; }
}

/// <summary>What a rule could not check.</summary>
/// <param name="Subject">The list that could not be read.</param>
/// <param name="Message">Why.</param>
/// <param name="Missing">The permission that the API client lacks; null for another reason.</param>
/// <param name="Stage">The stage; null for what belongs to none.</param>
internal sealed record RuleGap(string Subject, string Message, string? Missing = null, OdcStage? Stage = null);
