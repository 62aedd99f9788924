namespace OdcPowerShell.Emulator;

/// <summary>Impact analyses of deployments and deletions.</summary>
internal sealed class AnalysesApi(DeliveryState state)
{
    private const string Base = "/api/dependency-management/v1";

    public void Map(ApiMap map)
    {
        map.Post($"{Base}/deployment-analyses", Access.OneOf(Permission.DeployAssets), StartDeploymentAnalysis);
        map.Get($"{Base}/deployment-analyses/{{analysisKey}}", Access.AnyPermission, GetDeploymentAnalysis);
        map.Post($"{Base}/deletion-analyses", Access.OneOf(Permission.DeleteAssets), StartDeletionAnalysis);
        map.Get($"{Base}/deletion-analyses/{{analysisKey}}", Access.OneOf(Permission.DeleteAssets), GetDeletionAnalysis);
    }

    private async Task StartDeploymentAnalysis(ApiCall call)
    {
        var body = await call.ReadAsync(DependenciesJson.Default.AnalysisRequestBody);
        var asset = DeliveryCalls.ParseKey("assetKey", body.AssetKey);
        var stage = DeliveryCalls.ParseKey("environmentKey", body.EnvironmentKey);
        var revision = body.Revision ?? throw new ProblemException(DeliveryCause.Missing("revision"));
        var answer = state.Use(() =>
        {
            var analysis = new DeploymentAnalysis(
                state, state.NewKey("analysis"), state.Revision(asset, revision), state.Stage(stage), call.Client.ClientId);
            state.Start(analysis);
            state.DeploymentAnalyses.Add(analysis.Key, analysis);
            return new AnalysisKeyBody(analysis.Key);
        });
        await call.CreatedAsync(answer, DependenciesJson.Default.AnalysisKeyBody);
    }

    private async Task StartDeletionAnalysis(ApiCall call)
    {
        var body = await call.ReadAsync(DependenciesJson.Default.AnalysisRequestBody);
        var asset = DeliveryCalls.ParseKey("assetKey", body.AssetKey);
        var answer = state.Use(() =>
        {
            var analysis = new DeletionAnalysis(state, state.NewKey("analysis"), state.Asset(asset), call.Client.ClientId);
            state.Start(analysis);
            state.DeletionAnalyses.Add(analysis.Key, analysis);
            return new AnalysisKeyBody(analysis.Key);
        });
        await call.CreatedAsync(answer, DependenciesJson.Default.AnalysisKeyBody);
    }

    private Task GetDeploymentAnalysis(ApiCall call)
    {
        var key = call.Key("analysisKey");
        var body = state.Use(() => AnalysisBody<DeploymentReportBody>.Of(
            state.DeploymentAnalyses.GetValueOrDefault(key) ?? throw new ProblemException(Cause.NotFound("analysis", key)), "Deployment"));
        return call.JsonAsync(body, DependenciesJson.Default.AnalysisBodyDeploymentReportBody);
    }

    private Task GetDeletionAnalysis(ApiCall call)
    {
        var key = call.Key("analysisKey");
        var body = state.Use(() => AnalysisBody<DeletionReportBody>.Of(
            state.DeletionAnalyses.GetValueOrDefault(key) ?? throw new ProblemException(Cause.NotFound("analysis", key)), "Deletion"));
        return call.JsonAsync(body, DependenciesJson.Default.AnalysisBodyDeletionReportBody);
    }
}
