namespace OdcPowerShell.Emulator;

/// <summary>Deployments, removals and applied configurations.</summary>
internal sealed class DeploymentsApi(DeliveryState state)
{
    private const string Base = "/api/deployments/v1/deployment-operations";
    private const string One = Base + "/{operationKey}";

    public void Map(ApiMap map)
    {
        var view = Access.OneOf(Permission.ViewStage);
        map.Get(Base, view, ListRuns);
        map.Post(Base, Access.OneOf(Permission.DeployAssets), StartRun);
        map.Get(One, view, GetRun);
        map.Get($"{One}/messages", view, ListMessages);
    }

    private Task ListRuns(ApiCall call)
    {
        var (limit, offset) = call.Query.Paging();
        var operations = call.Query.Choices<DeploymentKind>("operations");
        var isAllowed = PermissionFilter.Allows(call, isPerStage: true);
        var filter = RunFilter.Read<DeploymentRun>(call.Query);
        var page = state.Use(() => RunPageBody<DeploymentBody>.Of(
            filter(state.Deployments.Values.Where(run => isAllowed && (operations.Count == 0 || operations.Contains(run.Does)))),
            limit,
            offset,
            DeploymentBody.Of));
        return call.JsonAsync(page, DeploymentsJson.Default.RunPageBodyDeploymentBody);
    }

    private Task GetRun(ApiCall call)
    {
        var key = call.Key("operationKey");
        return call.JsonAsync(state.Use(() => DeploymentBody.Of(Find(key))), DeploymentsJson.Default.DeploymentBody);
    }

    private Task ListMessages(ApiCall call)
    {
        var key = call.Key("operationKey");
        return RunMessages.WriteAsync(call, () => Find(key), state);
    }

    private async Task StartRun(ApiCall call)
    {
        var body = await call.ReadAsync(DeploymentsJson.Default.StartDeploymentBody);
        var answer = state.Use(() =>
        {
            var run = DeploymentStart.Of(body, state, call.Client.ClientId);
            state.Start(run);
            state.Deployments.Add(run.Key, run);
            return DeploymentBody.Of(run);
        });
        await call.CreatedAsync(answer, DeploymentsJson.Default.DeploymentBody);
    }

    private DeploymentRun Find(Guid key) =>
        state.Deployments.GetValueOrDefault(key) ?? throw new ProblemException(Cause.NotFound("deployment operation", key));
}
