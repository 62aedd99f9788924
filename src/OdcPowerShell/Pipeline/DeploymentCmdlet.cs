using System.Globalization;
using System.Management.Automation;
using OdcPowerShell.Builds;
using OdcPowerShell.Deployments;
using OdcPowerShell.Http;
using OdcPowerShell.Parameters;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Pipeline;

/// <summary>A cmdlet that changes what runs in a stage. It asks before a production stage, whatever else it is told to do without asking.</summary>
public abstract class DeploymentCmdlet : StartCmdlet
{
    private OdcStage? _stage;
    // A build touches no stage.
    private bool _changesStage = true;
    private bool _yesToAll;
    private bool _noToAll;

    private protected DeploymentCmdlet()
    {
    }

    /// <summary>Whether the cmdlet is one that always asks, so that production needs no question of its own.</summary>
    private protected virtual bool AlwaysAsks => false;

    /// <summary>The stage with its name and purpose, as far as the API client may see it.</summary>
    private protected OdcStage StageOf(string key)
    {
        if (_stage?.StageKey == key)
            return _stage;
        var stages = Run(stopped => Client.Names.Stages.GetAsync(Caller, stopped));
        return _stage = stages.FirstOrDefault(s => string.Equals(s.StageKey, key, StringComparison.OrdinalIgnoreCase)) ?? new OdcStage { StageKey = key };
    }

    /// <summary>Starts an operation in a stage, once the user agrees; null when it was not started.</summary>
    private protected OdcDeployment? StartIn(OdcStage stage, string what, object target, RequestBody body)
    {
        _stage = stage;
        if (Send(what, target, DeploymentsApi.StartDeployment, [], body.Add("environmentKey", stage.StageKey)) is not { } started)
            return null;
        (started.StageKey, started.StageName) = (stage.StageKey, stage.Name);
        return started;
    }

    /// <summary>Starts the deployment of a revision whose build was found.</summary>
    internal OdcDeployment? StartDeployment(OdcStage stage, DeploymentTarget target) => StartIn(
        stage,
        $"{target} to {stage}, {(target.Replaced is { } revision ? $"replacing revision {revision}" : "where it does not run yet")}",
        target.Input,
        new RequestBody().Add("operation", "Deploy").Add("assetKey", target.AssetKey).Add("buildKey", target.Build!.BuildKey).Add("revision", target.Revision));

    /// <summary>Starts a Release build of a revision that has none.</summary>
    internal OdcBuild? StartReleaseBuild(DeploymentTarget target)
    {
        var body = new RequestBody().Add("assetKey", target.AssetKey).Add("assetRevision", target.Revision).Add("buildType", BuildOperations.Release);
        _changesStage = false;
        var started = Send($"A Release build of {target}", target.Input, BuildsApi.StartBuild, [], body);
        _changesStage = true;
        return started is not null && RunFor(target.Input, _ => Task.FromResult(started.RequiredKey($"a build of {target}"))) is { } buildKey
            ? ReadNew(buildKey, BuildsApi.GetBuild, key => BuildOperations.Started(key, target.AssetKey, target.Revision, BuildOperations.Release))
            : null;
    }

    internal OperationWatch<T> Watching<T>(OperationKind<T> kind)
        where T : class, ILongRunning => Watch(kind);

    internal void WriteOne(OdcDeployment deployment) => Write(deployment);

    private protected override bool Agrees(string what)
    {
        // What is not known to be harmless is taken for production.
        if (AlwaysAsks || !_changesStage || _stage?.Purpose is "Development" or "NonProduction" || MyInvocation.BoundParameters.ContainsKey("Confirm"))
            return true;
        var preference = LanguagePrimitives.TryConvertTo<ConfirmImpact>(GetVariableValue("ConfirmPreference"), CultureInfo.InvariantCulture, out var set) ? set : ConfirmImpact.High;
        return preference != ConfirmImpact.High || ShouldContinue($"{what}: this is a production stage. Continue?", "Confirm", ref _yesToAll, ref _noToAll);
    }
}
