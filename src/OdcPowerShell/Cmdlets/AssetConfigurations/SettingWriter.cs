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

    internal bool IsEmpty => _places.Count == 0;

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

    /// <summary>Changes all settings, and passes on each place when it is done.</summary>
    internal void WriteAll(Action<WrittenSettings> done)
    {
        var assets = _places.Values.Select(p => p.Place.AssetKey).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var (place, wanted) in _places.Values)
        {
            var (plan, failure) = cmdlet.Try(stopped => PlanAsync(place, wanted, assets, stopped));
            if (plan is null)
                Report(failure!, wanted[0].Target, wanted.Count == 1 ? null : $"{wanted.Count} settings were not changed");
            else
                done(Write(plan));
        }
    }

    private async Task<WrittenSettings> PlanAsync(ConfigurationPlace place, List<WantedSetting> wanted, List<string> assets, CancellationToken stopped)
    {
        var complete = await place.CompleteAsync(cmdlet.Client, assets, cmdlet.Caller, stopped);
        var plan = await PlanAsync(withBinary: false);
        // Only with their values can binary settings be compared with what is there. They can be large.
        return new WrittenSettings(complete, plan.HasBinary ? await PlanAsync(withBinary: true) : plan);

        async Task<SettingPlan> PlanAsync(bool withBinary) =>
            SettingPlan.Of(await ConfigurationReader.ReadAnyAsync(cmdlet.Client, complete, withBinary, cmdlet.Caller, stopped), wanted, allowPlainText);
    }

    private WrittenSettings Write(WrittenSettings planned)
    {
        var (place, plan) = planned;
        foreach (var (target, failure) in plan.Failures)
            Report(failure, target, about: null);
        if (plan.Absent.Count > 0)
            cmdlet.WriteWarning($"{Vault.Capital(plan.Configuration.ToString()!)} has no such settings: {string.Join(", ", plan.Absent)}. Another revision may run there.");
        foreach (var same in plan.Unchanged)
            cmdlet.WriteVerbose($"The setting {same.Path} of {plan.Configuration} has this value already.");
        var written = planned with { HasFailed = plan.Failures.Count > 0 };
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
        foreach (var (change, failure) in sender.Rejected)
            Report(failure, change.Wanted.Target, $"The setting {change.Setting.Path} of {plan.Configuration} was not changed");
        if (failed is not null)
            Report(failed, changes[0].Wanted.Target, sender.Sent.Count == 0 ? $"The settings of {plan.Configuration}" : $"{sender.Sent.Count} of {changes.Count} settings of {plan.Configuration} were changed before this error");
        return written with { Sent = sender.Sent, HasFailed = written.HasFailed || failed is not null || sender.Rejected.Count > 0 };
    }

    // Rows of one stage are written to another: addresses and the like would follow by accident.
    private void WarnOfOtherStage(SettingPlan plan)
    {
        foreach (var from in plan.Changes.Where(c => c.Wanted.FromStage is not null && c.Secret is null && SettingSection.IsOfStage(c.Setting, c.Text, c.Wanted.FromStage)).GroupBy(c => c.Wanted.FromStage, StringComparer.OrdinalIgnoreCase))
            cmdlet.WriteWarning($"Values of {from.Key} that usually differ by stage are written to {plan.Configuration}: {string.Join(", ", from.Select(c => c.Setting.Path))}.");
    }

    private void Report(OdcException failure, object target, string? about)
    {
        var record = ErrorRecords.From(failure, target);
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
        return $"{(rows.Count == 1 ? "1 setting" : $"{rows.Count} settings")} of {plan.Configuration}:\n"
            + string.Concat(rows.Select(r => $"  {r.Name.PadRight(name)}  {r.Old.PadRight(old)} -> {r.New}\n"));
    }

    private static string Shown(string? value) => string.IsNullOrEmpty(value) ? "(empty)" : Redactor.Excerpt(value!, 60);
}

/// <summary>The outcome of changing the settings of an asset in a stage, or of a stage.</summary>
internal sealed record WrittenSettings(ConfigurationPlace Place, SettingPlan Plan)
{
    internal IReadOnlyList<PlannedSetting> Sent { get; init; } = [];

    /// <summary>Whether an input was wrong, or a change failed.</summary>
    internal bool HasFailed { get; init; }

    /// <summary>Whether the user did not agree, or only asked what would happen.</summary>
    internal bool IsDeclined { get; init; }

    /// <summary>The settings that now have the specified values.</summary>
    internal IEnumerable<OdcConfigurationValue> Settled => Plan.Unchanged.Concat(Sent.Select(s => s.Setting)).Distinct();
}
