namespace OdcPowerShell.Scripts;

/// <summary>Makes the rows of permissions from what scripts do.</summary>
internal sealed class PermissionList(bool isCompared)
{
    private const string Any = "any one permission";

    /// <summary>The needs of calls, one for each operation and permission.</summary>
    internal static IEnumerable<Need> NeedsOf(IEnumerable<ScriptUse> uses) =>
        from use in uses
        where use.Unread is null
        from called in use.Operation is { } own ? [(new CalledOperation(own, Text: null, IsOptional: false, IsTrial: false, _ => Answer.Yes), Answer.Yes)] : use.Call!.Operations
        from need in Need.Of(use, called.Item1, called.Item2)
        select need;

    /// <summary>One row for each permission, then what was not analysed.</summary>
    internal IReadOnlyList<OdcRequiredPermission> Of(IReadOnlyList<ScriptUse> uses)
    {
        var needs = NeedsOf(uses).Where(n => !n.Called.IsTrial).ToList();
        // Any permission is enough for these, so one that is needed always is enough for all.
        if (needs.Any(n => n.Names.Count > 0 && n.Level == Level.Always))
            needs.RemoveAll(n => n.IsAnyAtAll);
        // Operations whose permission is not stated have nothing to tick.
        needs.RemoveAll(n => !n.IsAnyAtAll && n.Names.Count == 0);
        return [.. needs.GroupBy(n => n.Text, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Row([.. g])), .. Unread(uses)];
    }

    /// <summary>One row for each command, parameter set, operation and permission, in the order of the script.</summary>
    internal IReadOnlyList<OdcRequiredPermission> Detailed(IReadOnlyList<ScriptUse> uses) =>
        [.. NeedsOf(uses).GroupBy(n => (n.Use.Place, n.Command, n.ParameterSet, n.Called.Operation, n.Text)).Select(g => Row([.. g], g.Key.ParameterSet)), .. Unread(uses)];

    private IEnumerable<OdcRequiredPermission> Unread(IEnumerable<ScriptUse> uses) => uses.Where(u => u.Unread is not null).Select(u =>
    {
        var row = New(permission: null, "Unknown");
        (row.Condition, row.Path, row.Line, row.Places) = ($"not analysed: {u.Unread}", u.Place.Path, u.Place.Line, u.Place.ToString());
        return row;
    });

    private OdcRequiredPermission New(string? permission, string needed) => isCompared ? new OdcComparedPermission(permission, needed) : new OdcRequiredPermission(permission, needed);

    private OdcRequiredPermission Row(IReadOnlyList<Need> needs, string? set = null)
    {
        var level = needs.Max(n => n.Level);
        var decisive = needs.Where(n => n.Level == level).ToList();
        var operations = needs.Select(n => n.Called.Operation).Distinct().OrderBy(o => o.Template, StringComparer.Ordinal).ThenBy(o => o.Method.Method, StringComparer.Ordinal).ToList();
        List<string> stages = needs[0].IsOfStage ? Distinct(needs.SelectMany(n => n.Use.Call?.Stages ?? [])) : [];
        var row = New(needs[0].Text, level.ToString());
        row.Names = needs[0].Names;
        row.Called = operations;
        row.StageNames = stages;
        row.Condition = level == Level.Always ? null : Joined(decisive.Select(n => n.Why), "; ");
        row.Stages = Joined(stages, ", ");
        row.Commands = Joined(needs.Select(n => n.Command), ", ");
        row.ParameterSet = set;
        row.Operations = Joined(operations.Select(o => $"{o.Method} {o.Template}"), "; ");
        row.RateLimits = Joined(operations.SelectMany(o => Http.RateLimits.For(o.Method, o.Template)).Select(l => FormattableString.Invariant($"{l.Name}: {l.PerMinute}")), "; ");
        row.Path = needs[0].Use.Place.Path;
        row.Line = needs[0].Use.Place.Line;
        row.Places = Joined(needs.Select(n => n.Use.Place.ToString()).Where(p => p.Length > 0), ", ", isSorted: false);
        return row;
    }

    private static List<string> Distinct(IEnumerable<string> texts) => [.. texts.Distinct(StringComparer.Ordinal).OrderBy(t => t, StringComparer.Ordinal)];

    private static string? Joined(IEnumerable<string> texts, string separator, bool isSorted = true) =>
        (isSorted ? Distinct(texts) : [.. texts.Distinct(StringComparer.Ordinal)]) is { Count: > 0 } all ? string.Join(separator, all) : null;

    /// <summary>How much a permission is needed.</summary>
    internal enum Level
    {
        Optional,
        OnlyIf,
        Always,
    }

    /// <summary>A permission that an operation of a call needs.</summary>
    /// <param name="Use">The place.</param>
    /// <param name="Called">The operation.</param>
    /// <param name="Level">How much it is needed.</param>
    /// <param name="Text">The permission as it is shown.</param>
    /// <param name="Names">The permissions of which one is enough; none if any is, or if none is stated.</param>
    internal sealed record Need(ScriptUse Use, CalledOperation Called, Level Level, string Text, IReadOnlyList<string> Names)
    {
        internal string Command => Use.Call!.Command.Name;

        internal string? ParameterSet => Joined(Use.Call!.Sets.Where(s => s != KnownCommand.AllSets), ", ");

        internal bool IsAnyAtAll => Text == Any;

        internal bool IsOfStage => Called.Operation.Permission.IsPerStage || Names.Any(n => n.StartsWith("Stage > ", StringComparison.Ordinal));

        internal string Why => $"{Command} {(Level == Level.Optional ? "works without it, needs it" : "needs it")} {Called.Text ?? "for a part of its work"}";

        internal static IEnumerable<Need> Of(ScriptUse use, CalledOperation called, Answer answer)
        {
            var permission = called.Operation.Permission;
            var level = called.IsOptional ? Level.Optional : answer == Answer.Yes ? Level.Always : Level.OnlyIf;
            // Without it the list has no rows.
            if (permission.LimitsRows is { } rows)
                return [new Need(use, called, level, rows, [rows])];
            return permission.Rule switch
            {
                PermissionRule.AllOf => permission.Names.Select(name => new Need(use, called, level, name, [name])),
                PermissionRule.AnyAtAll => [new Need(use, called, level, Any, [])],
                // A permission that only guides name is the one to grant.
                PermissionRule.NotStated when permission.Names.Count == 1 => [new Need(use, called, level, permission.Names[0], permission.Names)],
                PermissionRule.OneOf when permission.Names.Count == 1 => [new Need(use, called, level, permission.Names[0], permission.Names)],
                _ => [new Need(use, called, level, permission.Names.Count > 1 ? "one of: " + permission : permission.ToString(), permission.Names)],
            };
        }
    }
}
