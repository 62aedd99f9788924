using System.Globalization;
using System.Text;
using OdcPowerShell.Identity;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Tenants.Rules;

/// <summary>What all rules of a run share.</summary>
/// <param name="Tenant">The lists of the tenant.</param>
/// <param name="Stages">The stages that the user chose; empty for all.</param>
/// <param name="Now">The time of the run.</param>
/// <param name="Secrets">The secrets of API clients that are known on this machine.</param>
/// <param name="CommandSuffix">What commands to copy need at their end: the connection, unless it is the default.</param>
internal sealed record RuleScope(TenantReader Tenant, IReadOnlyList<OdcStage> Stages, DateTimeOffset Now, IKnownSecrets Secrets, string CommandSuffix);

/// <summary>The check of one rule: its findings, and what could not be checked.</summary>
internal sealed class RuleCheck(RuleScope scope, Func<RuleThreshold, int> limit)
{
    private readonly List<RuleFinding> _findings = [];
    private readonly List<RuleGap> _gaps = [];
    private readonly List<OdcException> _failures = [];

    internal TenantReader Tenant => scope.Tenant;

    internal DateTimeOffset Now => scope.Now;

    internal IKnownSecrets Secrets => scope.Secrets;

    internal IReadOnlyList<RuleFinding> Findings => _findings;

    internal IReadOnlyList<RuleGap> Gaps => _gaps;

    /// <summary>The requests that failed for another reason than a missing permission.</summary>
    internal IReadOnlyList<OdcException> Failures => _failures;

    /// <summary>The number that applies in this run.</summary>
    internal int Limit(RuleThreshold threshold) => limit(threshold);

    /// <summary>The days since a date, at least 0.</summary>
    internal int DaysSince(DateTimeOffset date) => (int)Math.Max(0, Math.Floor((Now - date).TotalDays));

    internal void Find(string? subject, FormattableString message, string fix, OdcStage? stage = null) =>
        _findings.Add(new RuleFinding(RuleText.Line(subject), RuleText.Line(FormattableString.Invariant(message)), fix, stage));

    /// <summary>The same for a user, whose name others may have too.</summary>
    internal void Find(OdcUser user, FormattableString message, string fix, OdcStage? stage = null) =>
        _findings.Add(new RuleFinding(RuleText.Line(user.Name ?? user.Email), RuleText.Line(FormattableString.Invariant(message)), fix, stage) { User = user });

    internal void Miss(string subject, string message, string? missing = null, OdcStage? stage = null) => _gaps.Add(new RuleGap(RuleText.Line(subject), RuleText.Line(message), missing, stage));

    /// <summary>The items of a list; null, with a gap, if it could not be read.</summary>
    /// <param name="subject">What is not checked without it.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="stage">The stage that it belongs to.</param>
    internal async Task<IReadOnlyList<T>?> ReadAsync<T>(string subject, Func<Task<TenantPart<T>>> read, OdcStage? stage = null)
    {
        try
        {
            var part = await read().ConfigureAwait(false);
            if (part.IsRead)
                return part.Items;
            Miss(subject, $"{part.Name} can't be read: {part.Reason}.", part.MissingPermission, stage);
        }
        catch (OdcException e) when (!e.Cause.ConcernsSession() && e is not OdcSignInException)
        {
            Miss(subject, $"Not read: {e.Message}", missing: null, stage);
            _failures.Add(e);
        }

        return null;
    }

    /// <summary>The lists of many objects, which are read side by side. An object whose list could not be read has a gap, and no row.</summary>
    internal async Task<IReadOnlyList<(TItem Item, IReadOnlyList<T> Found)>> EachAsync<TItem, T>(
        IEnumerable<TItem> items, Func<TItem, (string Subject, OdcStage? Stage)> about, Func<TItem, Task<TenantPart<T>>> read)
    {
        var reads = items.Select(item => (Item: item, Read: read(item))).ToList();
        var rows = new List<(TItem, IReadOnlyList<T>)>();
        foreach (var (item, reading) in reads)
        {
            var (subject, stage) = about(item);
            if (await ReadAsync(subject, () => reading, stage).ConfigureAwait(false) is { } found)
                rows.Add((item, found));
        }

        return rows;
    }

    /// <summary>The items of a list that only saves requests; null if it could not be read.</summary>
    internal static async Task<IReadOnlyList<T>?> TryReadAsync<T>(Func<Task<TenantPart<T>>> read)
    {
        try
        {
            return await read().ConfigureAwait(false) is { IsRead: true } part ? part.Items : null;
        }
        catch (OdcException e) when (!e.Cause.ConcernsSession() && e is not OdcSignInException)
        {
            return null;
        }
    }

    /// <summary>The stages to check, in their order; empty, with a gap, if they can't be read.</summary>
    internal async Task<IReadOnlyList<OdcStage>> StagesAsync()
    {
        if (scope.Stages.Count > 0)
            return scope.Stages;
        return [.. (await ReadAsync("All stages", Tenant.StagesAsync).ConfigureAwait(false) ?? []).OrderBy(stage => stage.Order)];
    }

    /// <summary>The members; empty, with a gap, if they can't be read. Each tenant has a member, so that a list without one is not one of all.</summary>
    internal async Task<IReadOnlyList<OdcUser>> MembersAsync()
    {
        if (await ReadAsync("All members", Tenant.MembersAsync).ConfigureAwait(false) is not { } members)
            return [];
        if (members.Count == 0)
            Miss("All members", "The service lists no member.");
        return members;
    }

    /// <summary>All stages in their order, also those that the user did not choose: what a stage is compared with.</summary>
    internal async Task<IReadOnlyList<OdcStage>> AllStagesAsync() =>
        [.. (await ReadAsync("All stages", Tenant.StagesAsync).ConfigureAwait(false) ?? []).OrderBy(stage => stage.Order)];

    /// <summary>The parameter that limits a command to the stages that the user chose; empty for all.</summary>
    internal string StageParameter => scope.Stages.Count == 0 ? "" : $" -Stage {string.Join(", ", scope.Stages.Select(stage => RuleText.Argument(stage.Name, stage.StageKey)))}";

    /// <summary>Whether the user wants to know of a stage.</summary>
    internal bool IsChosen(string? stageKey) => scope.Stages.Count == 0 || scope.Stages.Any(stage => IsSame(stage.StageKey, stageKey));

    /// <summary>A line to copy: commands in one pipeline. Each command of the module gets the connection.</summary>
    internal string Command(params string[] commands) => string.Join(" | ", commands.Select(c => c.Contains("-Odc") ? c + scope.CommandSuffix : c));

    internal static bool IsSame(string? one, string? other) => one is not null && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Names of objects in messages and commands. People choose them, so they may contain anything.</summary>
internal static class RuleText
{
    private const int MostNamed = 3;

    /// <summary>A name as an argument of PowerShell; the key if the name can't stand in one line.</summary>
    internal static string Argument(string? name, string? key = null) =>
        MessageText.Quoted(string.IsNullOrWhiteSpace(name) || (key is not null && name.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029')) ? key : Line(name));

    /// <summary>A text in one line.</summary>
    internal static string Line(string? text) => new([.. (text ?? "").Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)]);

    /// <summary>The first of them, and how many more there are.</summary>
    internal static string Few(IEnumerable<string?> names)
    {
        var all = names.Where(n => !string.IsNullOrEmpty(n)).Distinct(StringComparer.Ordinal).ToList();
        return all.Count <= MostNamed ? string.Join(", ", all) : FormattableString.Invariant($"{string.Join(", ", all.Take(MostNamed))} and {all.Count - MostNamed} more");
    }

    /// <summary>A date in UTC, the same in every culture.</summary>
    internal static string Day(DateTimeOffset? date) => date?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "an unknown day";

    internal static string Count(int count, string noun) => FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");
}

/// <summary>A secret of an API client whose expiry date is known on this machine.</summary>
/// <param name="Name">The name of the connection or of the vault's entry.</param>
/// <param name="Place">Where it is: the connection, or the vault.</param>
/// <param name="ExpiresOn">When it expires; null if that was not recorded.</param>
/// <param name="Fix">The command that records a new one.</param>
internal sealed record KnownSecret(string Name, string Place, DateTimeOffset? ExpiresOn, string Fix);

/// <summary>Finds the secrets of the tenant's API clients that are known on this machine. No API lists them.</summary>
internal interface IKnownSecrets
{
    /// <summary>The secrets, and why others are not known; null if all are.</summary>
    Task<(IReadOnlyList<KnownSecret> Secrets, string? Unknown)> ReadAsync(ICaller caller, CancellationToken cancellationToken);
}
