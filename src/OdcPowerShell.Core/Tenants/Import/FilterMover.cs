using System.Text.Json.Nodes;
using OdcPowerShell.EnvironmentConfigurations;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Tenants;

/// <summary>An app that moves to another IP filter group.</summary>
/// <param name="App">The key of the app.</param>
/// <param name="From">The group that it leaves.</param>
internal sealed record FilterMove(string App, TenantDocument From);

/// <summary>
/// Moves apps into an IP filter group of a stage. The service rejects an app that is still in another group, so that between two requests the stage's default
/// group applies. Whatever ends the move there, also Ctrl+C, the apps are put back.
/// </summary>
internal sealed class FilterMover(OdcStage stage, string name, IReadOnlyList<FilterMove> moves, Func<string, string> nameOf, IpFilterReach standard)
{
    private static readonly TimeSpan UndoLimit = TimeSpan.FromMinutes(1);

    /// <summary>The request that adds the apps, as far as it is known now.</summary>
    internal ApiRequest Preview(string group) => FilterImport.Patch(stage, group, new JsonObject { ["appKeys"] = ImportContext.List(moves.Select(m => m.App)) });

    internal async Task SendAsync(StepSender sender, string group)
    {
        if (moves.Count == 0)
            return;
        foreach (var from in (await GroupsAsync(sender).ConfigureAwait(false)).Where(g => g.IpFilterGroupKey != group && Moving(g).Count > 0))
            await MoveAsync(sender, from, group).ConfigureAwait(false);
    }

    private async Task MoveAsync(StepSender sender, OdcIpFilterGroup from, string group)
    {
        var apps = Moving(from);
        try
        {
            await ChangeAsync(sender, from, Without(from, apps)).ConfigureAwait(false);
            var to = (await GroupsAsync(sender).ConfigureAwait(false)).FirstOrDefault(g => g.IpFilterGroupKey == group)
                ?? throw new OdcException(OdcErrorCause.NotFound, $"The IP filter group {name} in {stage} is gone.", "Import again.");
            await ChangeAsync(sender, to, [.. (to.AssetKeys ?? []).Concat(apps)]).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OdcException or OperationCanceledException)
        {
            using var limit = new CancellationTokenSource(UndoLimit);
            if (!await IsMovedAsync(sender.ForUndo(limit.Token), from, group, apps, e).ConfigureAwait(false))
                throw;
        }
    }

    // The answer of the second request may be lost although it was done. Otherwise, the apps get their former group again.
    private async Task<bool> IsMovedAsync(StepSender undo, OdcIpFilterGroup from, string group, List<string> apps, Exception failure)
    {
        try
        {
            var now = await GroupsAsync(undo).ConfigureAwait(false);
            if (now.Any(g => g.IpFilterGroupKey == group && apps.All(app => g.AssetKeys?.Contains(app, StringComparer.OrdinalIgnoreCase) == true)))
                return failure is OdcException;
            var lost = apps.Where(app => !now.Any(g => g.AssetKeys?.Contains(app, StringComparer.OrdinalIgnoreCase) == true)).ToList();
            var former = now.FirstOrDefault(g => g.IpFilterGroupKey == from.IpFilterGroupKey);
            if (lost.Count > 0 && former is not null)
                await ChangeAsync(undo, former, [.. (former.AssetKeys ?? []).Concat(lost)]).ConfigureAwait(false);
            return false;
        }
        catch (Exception e) when (e is OdcException or OperationCanceledException)
        {
            var names = string.Join(", ", apps.Select(nameOf));
            throw new OdcException(
                OdcErrorCause.OperationFailed,
                $"{names} left the IP filter group {from.Name} in {stage}, and could neither be put into {name} ({failure.Message}) nor back ({e.Message}). Now {standard.Describe(apps.Count == 1 ? "it" : "them")}.",
                $"Add it at once: Set-OdcIpFilterGroup '{from.Name}' -Stage '{stage.StageKey}' -AddAsset {string.Join(", ", apps.Select(app => $"'{nameOf(app)}'"))}", e);
        }
    }

    private List<string> Moving(OdcIpFilterGroup group) => [.. (group.AssetKeys ?? []).Where(app => moves.Any(m => ImportContext.IsSame(m.App, app)))];

    private static List<string> Without(OdcIpFilterGroup group, IReadOnlyList<string> apps) => [.. (group.AssetKeys ?? []).Except(apps, StringComparer.OrdinalIgnoreCase)];

    private Task ChangeAsync(StepSender sender, OdcIpFilterGroup group, List<string> apps) =>
        sender.ChangeAsync(FilterImport.Patch(stage, group.IpFilterGroupKey!, new JsonObject { ["appKeys"] = ImportContext.List(apps) }));

    // As they are now, and not as they were when the plan was made.
    private async Task<IReadOnlyList<OdcIpFilterGroup>> GroupsAsync(StepSender sender) => (await sender.Fresh().IpFilterGroupsAsync(stage).ConfigureAwait(false)).Items;
}
