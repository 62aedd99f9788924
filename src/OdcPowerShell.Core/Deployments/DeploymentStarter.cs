using System.Text.Json;
using OdcPowerShell.Builds;
using OdcPowerShell.Operations;

namespace OdcPowerShell.Deployments;

/// <summary>
/// Starts builds and deployments. In an outage, a start is tried again later. A start without an answer is searched for in the lists of
/// the service and never sent again, because that could deploy twice.
/// </summary>
internal sealed class DeploymentStarter(OdcClient client, DeploymentPlanner planner, bool isWaiting)
{
    // How often a start without an answer is searched for.
    private const int MostSearches = 6;

    /// <summary>The requests that would be sent for a target, for a preview.</summary>
    internal static IEnumerable<ApiRequest> Requests(DeploymentTarget target)
    {
        if (target.Build is { IsMissing: true, Underway: null })
            yield return BuildRequest(target);
        yield return StartRequest(target);
    }

    /// <summary>Starts the build of a target's revision; null when it was not started (see the target's state), or will be tried again.</summary>
    /// <exception cref="OdcException">The session is lost.</exception>
    internal async Task<OdcBuild?> BuildAsync(DeploymentTarget target, ICaller caller, CancellationToken cancellationToken)
    {
        var build = target.Build;
        try
        {
            // An earlier attempt may have succeeded without an answer.
            build.Underway ??= target.SentAt is null ? null : await planner.NewestBuildAsync(target, caller, cancellationToken).ConfigureAwait(false);
            if (build.Underway is null)
            {
                target.SentAt = client.Time.GetUtcNow();
                var started = await client.SendAsync(BuildRequest(target), BuildsApi.StartBuild, caller, cancellationToken).ConfigureAwait(false);
                build.Underway = BuildOperations.Started(started.RequiredKey($"a build of {target}"), target.AssetKey, target.Item.Revision, BuildOperations.Release);
            }

            (target.SentAt, target.NextTryAt) = (null, null);
            return build.Underway;
        }
        catch (OdcException e) when (!OperationPoller.EndsSession(e))
        {
            if (!IsTriedLater(target, e))
                build.Failure = e;
            return null;
        }
    }

    /// <summary>Starts a target's deployment, or finds the one that an earlier attempt started; null when it was not started (see the target's state), or will be tried again.</summary>
    /// <exception cref="OdcException">The session is lost.</exception>
    internal async Task<OdcDeployment?> DeployAsync(DeploymentTarget target, ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            if (target.SentAt is { } sentAt)
            {
                // The clocks of the service and of this machine may differ a little.
                if (await planner.FindStartedAsync(target, sentAt.AddSeconds(-30), caller, cancellationToken).ConfigureAwait(false) is { } found)
                    return found;
                if (target.Failure is { Cause: OdcErrorCause.OutcomeUnknown } unknown)
                {
                    if (++target.Searches < MostSearches)
                        TryLater(target);
                    else
                        target.Fail(unknown, DeploymentState.Unknown);
                    return null;
                }
            }

            target.SentAt = client.Time.GetUtcNow();
            return await client.SendAsync(StartRequest(target), DeploymentsApi.StartDeployment, caller, cancellationToken).ConfigureAwait(false);
        }
        catch (OdcException e) when (!OperationPoller.EndsSession(e))
        {
            if (IsTriedLater(target, e) && e.Cause == OdcErrorCause.OutcomeUnknown)
                target.Failure = e;
            return null;
        }
    }

    private bool IsTriedLater(DeploymentTarget target, OdcException e)
    {
        var isUnknown = e.Cause == OdcErrorCause.OutcomeUnknown;
        if (isWaiting && (isUnknown || OperationPoller.Outlasts(e)))
        {
            TryLater(target);
            return true;
        }

        target.Fail(e, isUnknown ? DeploymentState.Unknown : DeploymentState.Failed);
        return false;
    }

    private void TryLater(DeploymentTarget target) =>
        target.NextTryAt = client.Time.GetTimestamp() + (long)(client.Polling.Short.TotalSeconds * client.Time.TimestampFrequency);

    private static ApiRequest StartRequest(DeploymentTarget target)
    {
        var body = new StartDeploymentBody("Deploy", target.AssetKey, target.Build.Key ?? "the new build", target.Item.Revision, target.Stage.StageKey);
        return DeploymentsApi.StartDeployment.Request([], body: new ApiBody(JsonSerializer.SerializeToUtf8Bytes(body, OdcJson.Default.StartDeploymentBody)));
    }

    private static ApiRequest BuildRequest(DeploymentTarget target)
    {
        var body = new StartBuildBody(target.AssetKey, target.Item.Revision, BuildOperations.Release);
        return BuildsApi.StartBuild.Request([], body: new ApiBody(JsonSerializer.SerializeToUtf8Bytes(body, OdcJson.Default.StartBuildBody)));
    }
}
