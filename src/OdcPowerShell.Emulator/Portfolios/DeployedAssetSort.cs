using System.Text.RegularExpressions;

using Group = System.Linq.IGrouping<OdcPowerShell.Emulator.Asset, OdcPowerShell.Emulator.DeployedRevision>;

namespace OdcPowerShell.Emulator;

/// <summary>Sorts assets by when something of them was deployed to a stage; those that are not there come last either way.</summary>
internal static partial class DeployedAssetSort
{
    public static Func<IEnumerable<Group>, IEnumerable<Group>> Read(string? sort)
    {
        List<(Guid Stage, bool Descending)> orders = [.. (sort ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
        return groups =>
        {
            // An order given later weighs less; the sort is stable, so the lightest goes first.
            var sorted = groups;
            foreach (var (stage, descending) in Enumerable.Reverse(orders))
            {
                long Time(Group group) => group.FirstOrDefault(deployed => deployed.Stage.Key == stage) is not { } found
                    ? long.MaxValue : descending ? -found.At.Ticks : found.At.Ticks;
                sorted = sorted.OrderBy(Time);
            }

            return sorted;
        };
    }

    private static (Guid Stage, bool Descending) Parse(string text)
    {
        var match = Pattern().Match(text.Trim());
        return match.Success
            ? (QueryReader.ParseGuid("sort", match.Groups["stage"].Value), match.Groups["minus"].Length > 0)
            : throw new ProblemException(DeliveryCause.Unprocessable($"The list cannot be sorted by '{text}'."));
    }

    [GeneratedRegex(
        @"^(?<minus>-?)deployments\[(?<stage>[^\]]+)\]\.deploymentDateTime$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
