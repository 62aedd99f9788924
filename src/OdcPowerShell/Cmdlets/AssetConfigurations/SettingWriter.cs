using OdcPowerShell.AssetConfigurations;
using OdcPowerShell.Secrets;

namespace OdcPowerShell.Cmdlets.AssetConfigurations;

/// <summary>
/// Gathers the settings that a command changes, and changes them after the last input: one read and one request for each asset and stage. Each
/// wrong input is an error of its own; what is right is changed.
/// </summary>
internal sealed class SettingWriter(ChangeCmdlet cmdlet, bool allowPlainText, Func<ConfigurationPlace, SettingPlan, string, bool>? agrees = null)
{
    private const int MostBodies = 5;
    private readonly Dictionary<string, (ConfigurationPlace Place, List<WantedSetting> Wanted)> _places = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _failed = new(StringComparer.OrdinalIgnoreCase);

    // Read by the thread that stops the command, and replaced as a whole.
    private volatile IReadOnlyList<string> _changed = [];

    /// <summary>Adds a setting of an asset in a stage, or of a stage.</summary>
    internal void Add(ConfigurationPlace place, WantedSetting wanted)
    {
        var key = string.Join("/", place.Keys);
        if (!_places.TryGetValue(key, out var group))
            _places[key] = group = (place, []);
        if (group.Place.AssetType is null && place.AssetType is not null)
            _places[key] = (place, group.Wanted);
        group.Wanted.Add(wanted);
    }

    /// <summary>Marks an asset in stages, or in all stages if none is known: some of its input is wrong.</summary>
    internal void Fail(string assetKey, IEnumerable<string> stageKeys)
    {
        List<string> stages = [.. stageKeys];
        if (stages.Count == 0)
            _failed.Add(assetKey);
        stages.ForEach(stage => _failed.Add($"{stage}/{assetKey}"));
    }

    /// <summary>Changes all settings. The results come after the last change, so that a command that needs no more output does not leave out changes.</summary>
    internal IReadOnlyList<WrittenSettings> WriteAll()
    {
        var assets = _places.Values.Select(p => p.Place.AssetKey).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var results = new List<WrittenSettings>();
        // Shown when the user stops the command, and added to an error that ends it.
        cmdlet.WhenStopped = Remaining;
        foreach (var (place, wanted) in _places.Values)
        {
            var (plan, failure) = cmdlet.Try(stopped => PlanAsync(place, wanted, assets, stopped));
            if (plan is null)
                Report(failure!, wanted[0].Target, $"{Number(wanted.Count)} of {place} {(wanted.Count == 1 ? "was" : "were")} not changed");
            else
                results.Add(Write(plan));
        }

        cmdlet.WhenStopped = null;
        return results;
    }

    private string? Remaining() => _changed is { Count: > 0 } changed
        ? $"Changed before: {string.Join(", ", changed)}. Run the command again to complete it: what is changed already is not sent again." : null;

    private async Task<WrittenSettings> PlanAsync(ConfigurationPlace place, List<WantedSetting> wanted, List<string> assets, CancellationToken stopped)
    {
        var complete = await place.CompleteAsync(cmdlet.Client, assets, cmdlet.Caller, stopped);
        var plan = await PlanAsync(withBinary: false);
        // Only with their values can binary settings be compared with what is there. They can be large.
        return new WrittenSettings(complete, plan.HasBinary ? await PlanAsync(withBinary: true) : plan);

        async Task<SettingPlan> PlanAsync(bool withBinary) =>
            SettingPlan.Of(await complete.ReadAsync(cmdlet.Client, withBinary, cmdlet.Caller, stopped), wanted, allowPlainText);
    }

    private WrittenSettings Write(WrittenSettings planned)
    {
        var (place, plan) = planned;
        foreach (var (target, failure) in plan.Failures)
            Report(failure, target, about: null);
        if (plan.Absent.Count > 0)
            cmdlet.WriteWarning($"{MessageText.Capital(plan.Configuration.ToString()!)} has no such settings: {string.Join(", ", plan.Absent)}. Another revision may run there.");
        foreach (var same in plan.Unchanged)
            cmdlet.WriteVerbose($"The setting {same.Path} of {plan.Configuration} has this value already.");
        var written = planned with { HasWrongInput = plan.Failures.Count > 0 || (place.AssetKey is { } asset && (_failed.Contains(asset) || _failed.Contains($"{place.Stage.StageKey}/{asset}"))) };
        if (plan.Changes.Count == 0)
            return written;

        var sender = new SettingSender(cmdlet.Client, place);
        var changes = plan.Changes.ToList();
        var request = sender.Request(changes);
        // The table has all values: of many settings, the body would only repeat them.
        var table = Table(plan);
        WarnOfOtherStage(plan);
        if (!cmdlet.ShouldSend(table, changes.Count > MostBodies ? request with { Body = null } : request) || agrees?.Invoke(place, plan, table) == false)
            return written with { IsDeclined = true };

        var failed = cmdlet.Try(stopped => sender.SendAsync(changes, cmdlet.Caller, stopped)).Failure;
        if (sender.Sent.Count > 0)
            _changed = [.. _changed, plan.Configuration.ToString()!];
        foreach (var (change, failure) in sender.Rejected)
            Report(failure, change.Wanted.Target, $"The setting {change.Setting.Path} of {plan.Configuration} was not changed");
        if (failed is not null)
        {
            var about = sender.Sent.Count == 0 ? $"Changing {Number(changes.Count)} of {plan.Configuration} failed" : $"{sender.Sent.Count} of {Number(changes.Count)} of {plan.Configuration} were changed before this error: {string.Join(", ", sender.Sent.Select(s => s.Setting.Path))}";
            Report(failed, changes[0].Wanted.Target, about);
        }

        return written with { Sent = sender.Sent, HasWrongInput = written.HasWrongInput || sender.Rejected.Count > 0, HasFailed = failed is not null };
    }

    private static string Number(int settings) => settings == 1 ? "1 setting" : $"{settings} settings";

    // Rows of one stage are written to another: addresses and the like would follow by accident.
    private void WarnOfOtherStage(SettingPlan plan)
    {
        foreach (var from in plan.Changes.Where(c => c.Wanted.FromStage is not null && c.Secret is null && SettingSection.IsOfStage(c.Setting, c.Text, c.Wanted.FromStage)).GroupBy(c => c.Wanted.FromStage, StringComparer.OrdinalIgnoreCase))
            cmdlet.WriteWarning($"Values of {from.Key} that usually differ by stage are written to {plan.Configuration}: {string.Join(", ", from.Select(c => c.Setting.Path))}.");
    }

    private void Report(OdcException failure, object target, string? about)
    {
        var record = ErrorRecords.From(failure, target);
        if (ErrorRecords.IsTerminating(failure) && Remaining() is { } hint)
            about = $"{hint} {about}".TrimEnd();
        if (about is not null)
            record.ErrorDetails = new ErrorDetails($"{about}: {record.ErrorDetails.Message}") { RecommendedAction = record.ErrorDetails.RecommendedAction };
        if (ErrorRecords.IsTerminating(failure))
            cmdlet.ThrowTerminatingError(record);
        cmdlet.WriteError(record);
    }

    // The old and the new value of each setting, in columns.
    private static string Table(SettingPlan plan)
    {
        const int widest = 40;
        var rows = plan.Changes.Select(c => (Name: c.Setting.Path, Old: c.Setting.IsSecret ? Redactor.Hidden : Shown(c.Setting.Value), New: c.Secret is null ? Shown(c.Text) : Redactor.Hidden)).ToList();
        var (name, old) = (Math.Min(widest, rows.Max(r => r.Name.Length)), Math.Min(widest, rows.Max(r => r.Old.Length)));
        return $"{Number(rows.Count)} of {plan.Configuration}:\n"
            + string.Concat(rows.Select(r => $"  {r.Name.PadRight(name)}  {r.Old.PadRight(old)} -> {r.New}\n"));
    }

    private static string Shown(string? value) => string.IsNullOrEmpty(value) ? "(empty)" : Redactor.Excerpt(value!, 60);
}

/// <summary>The outcome of changing the settings of an asset in a stage, or of a stage.</summary>
internal sealed record WrittenSettings(ConfigurationPlace Place, SettingPlan Plan)
{
    internal IReadOnlyList<PlannedSetting> Sent { get; init; } = [];

    /// <summary>Whether an input was wrong, or the service rejected a value.</summary>
    internal bool HasWrongInput { get; init; }

    /// <summary>Whether changing the settings failed for another reason.</summary>
    internal bool HasFailed { get; init; }

    /// <summary>Whether the user did not agree, or only asked what would happen.</summary>
    internal bool IsDeclined { get; init; }

    /// <summary>The settings that now have the specified values.</summary>
    internal IEnumerable<ISetting> Settled => Plan.Unchanged.Concat(Sent.Select(s => s.Setting)).Distinct();
}
