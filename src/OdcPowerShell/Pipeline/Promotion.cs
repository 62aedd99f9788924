using OdcPowerShell.Builds;
using OdcPowerShell.Deployments;
using OdcPowerShell.Http;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Pipeline;

/// <summary>Brings several revisions to a stage: their builds first, then wave after wave what is used before what uses it.</summary>
internal sealed class Promotion(DeploymentCmdlet cmdlet, OdcStage stage, Guid? buildKey, bool startsBuilds)
{
    private readonly DeploymentPlanner _planner = new(cmdlet.Client, stage.StageKey!);
    private readonly HashSet<string> _failed = new(StringComparer.OrdinalIgnoreCase);

    internal void Deploy(IReadOnlyList<DeploymentTarget> targets)
    {
        cmdlet.Finish(stopped => Learn(targets, stopped));
        foreach (var library in targets.Where(t => t.IsLibrary))
            cmdlet.WriteWarning($"{library} is a {library.AssetType} and not deployed: it travels inside the apps that use it.");
        var deployable = targets.Where(t => !t.IsLibrary).ToList();
        foreach (var wave in DeploymentOrder.Waves(deployable))
            DeployWave([.. wave.Where(IsPossible)]);
    }

    private async Task<bool> Learn(IReadOnlyList<DeploymentTarget> targets, CancellationToken stopped)
    {
        await _planner.LearnAsync(targets, cmdlet.Caller, stopped);
        if (cmdlet.Wait && targets.Count(t => !t.IsLibrary) > 1)
            await _planner.LearnProducersAsync([.. targets.Where(t => !t.IsLibrary)], cmdlet.Caller, stopped);
        return true;
    }

    private bool IsPossible(DeploymentTarget target)
    {
        var missing = target.Producers.FirstOrDefault(_failed.Contains);
        if (missing is null)
            return true;
        Fail(target, new OdcException(
            OdcErrorCause.OperationFailed, $"{target} was not deployed, because {cmdlet.Client.Names.AssetNames.Of(missing) ?? missing}, which it uses, was not.", "Fix the first failure, then deploy both."));
        return false;
    }

    private void DeployWave(IReadOnlyList<DeploymentTarget> wave)
    {
        var watch = cmdlet.Watching(DeploymentOperations.Deployments(cmdlet.Client));
        foreach (var target in WithBuilds(wave))
        {
            if (cmdlet.StartDeployment(stage, target) is not { } started)
                Missed(target);
            else if (cmdlet.Wait)
                watch.Add(started);
            else
                cmdlet.WriteOne(started);
        }

        cmdlet.WaitForAll(watch, ended =>
        {
            if (cmdlet.EndedWell(watch, ended))
                cmdlet.WriteOne(ended);
            else
                _failed.Add(ended.AssetKey ?? "");
        });
    }

    private List<DeploymentTarget> WithBuilds(IReadOnlyList<DeploymentTarget> wave)
    {
        var watch = cmdlet.Watching(BuildOperations.Builds(cmdlet.Client));
        var building = new Dictionary<string, DeploymentTarget>(StringComparer.OrdinalIgnoreCase);
        foreach (var target in wave)
        {
            if (FindBuild(target) is not { } started)
                continue;
            building[started.BuildKey!] = target;
            watch.Add(started);
        }

        cmdlet.WaitForAll(watch, build =>
        {
            if (!building.TryGetValue(build.BuildKey ?? "", out var target))
            {
                // Its own answer must say which build it is; what else it says need not be what was asked for.
                cmdlet.WriteError(ErrorRecords.From(new OdcException(
                    OdcErrorCause.UnexpectedResponse, $"The service answered with the build {build.BuildKey}, which was not started by this command.", "Get-OdcBuild shows the builds of the revision."), build));
                return;
            }

            building.Remove(build.BuildKey!);
            if (cmdlet.EndedWell(watch, build))
                target.Build = build;
            else
                _failed.Add(target.AssetKey);
        });
        return [.. wave.Where(t => t.Build is not null)];
    }

    private OdcBuild? FindBuild(DeploymentTarget target)
    {
        var (found, failure) = cmdlet.Try(stopped => BuildOf(target, stopped));
        target.Build = found;
        if (found is not null)
            return null;
        if (failure is not null)
            Fail(target, failure);
        else if (!startsBuilds)
            Fail(target, DeploymentPlanner.NoBuild(target));
        else if (cmdlet.StartReleaseBuild(target) is { } started)
            return started;
        else if (cmdlet.IsTrial)
            target.Build = new OdcBuild { BuildKey = "the new build" };
        else
            Missed(target);
        return null;
    }

    // Refused by the service or by the user; in a trial nothing is started, and all of it is to be seen.
    private void Missed(DeploymentTarget target)
    {
        if (!cmdlet.IsTrial)
            _failed.Add(target.AssetKey);
    }

    private async Task<OdcBuild?> BuildOf(DeploymentTarget target, CancellationToken stopped)
    {
        var given = buildKey is { } key
            ? await cmdlet.Client.GetAsync(BuildsApi.GetBuild, [key.ToString("D")], query: null, cmdlet.Caller, stopped)
            : target.Build;
        if (given is null)
            return await _planner.FindBuildAsync(target, cmdlet.Caller, stopped);
        var fits = given is { IsSuccess: true, BuildType: BuildOperations.Release } && given.Revision == target.Revision
            && string.Equals(given.AssetKey, target.AssetKey, StringComparison.OrdinalIgnoreCase);
        return fits ? given : throw DeploymentPlanner.WrongBuild(target, given);
    }

    private void Fail(DeploymentTarget target, OdcException e)
    {
        _failed.Add(target.AssetKey);
        cmdlet.WriteError(ErrorRecords.From(e, target.Input));
    }
}
