namespace OdcPowerShell.Emulator;

/// <summary>Changes names and orders of stages: all of a request or, when something is wrong, none.</summary>
internal static class StageChanges
{
    private const int LongestName = 50;

    public static void Apply(DeliveryState state, ApiClient client, IReadOnlyList<KeyedStagePatchBody> changes)
    {
        // The order belongs to the portfolio, the name to the stage.
        if (changes.Any(change => change.Order is not null) && !client.Has(Permission.ManagePortfolio))
            throw new ProblemException(Cause.PermissionMissing);
        if (changes.Any(change => change.Name is not null) && !client.Has(Permission.ManageStages))
            throw new ProblemException(Cause.PermissionMissing);
        if (changes.Select(change => change.Key).Distinct().Count() < changes.Count)
            throw new ProblemException(Cause.BadParameter("An environment is given twice."));
        state.Use(() =>
        {
            List<(int At, EmulatedStage Stage)> changed = [.. changes.Select(change => Changed(state, change))];
            foreach (var (at, stage) in changed)
                state.Stages[at] = stage;
        });
    }

    public static string CheckName(string name) => name.Length is > 0 and <= LongestName
        ? name
        : throw new ProblemException(DeliveryCause.Unprocessable($"A name has from 1 to {LongestName} characters."));

    private static (int At, EmulatedStage Stage) Changed(DeliveryState state, KeyedStagePatchBody change)
    {
        var key = change.Key ?? throw new ProblemException(DeliveryCause.Missing("key"));
        var stage = state.Stage(key);
        if (change.Order < 0)
            throw new ProblemException(DeliveryCause.Unprocessable("The order must not be negative."));
        return (state.Stages.IndexOf(stage), stage with
        {
            Name = change.Name is null ? stage.Name : CheckName(change.Name),
            Order = change.Order ?? stage.Order,
        });
    }
}
