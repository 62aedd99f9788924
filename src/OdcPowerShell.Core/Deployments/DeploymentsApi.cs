using static OdcPowerShell.Http.Verbs;

namespace OdcPowerShell.Deployments;

/// <summary>The deployments API.</summary>
internal static class DeploymentsApi
{
    private const string Base = "/api/deployments/v1";
    private const string SeeStage = "Stage > View stage";

    internal static readonly Operation<Page<OdcDeployment>> FilterDeployments = new(Get, Base + "/deployment-operations", SeeStage);
    internal static readonly Operation<OdcDeployment> StartDeployment = new(Post, Base + "/deployment-operations", Permission.InStage("Release management > Deploy assets"));
    internal static readonly Operation<OdcDeployment> GetDeployment = new(Get, Base + "/deployment-operations/{operationKey}", SeeStage);
    internal static readonly Operation<CursorPage<OdcOperationMessage>> GetDeploymentMessages = new(Get, Base + "/deployment-operations/{operationKey}/messages", SeeStage);

    internal static readonly Operation<Page<OdcPublication>> FilterPublications = new(Get, Base + "/publish-operations", SeeStage);
    internal static readonly Operation<OdcPublication> StartPublication = new(Post, Base + "/publish-operations", "Asset management > Change");
    internal static readonly Operation<OdcPublication> GetPublication = new(Get, Base + "/publish-operations/{operationKey}", SeeStage);
    internal static readonly Operation<CursorPage<OdcOperationMessage>> GetPublicationMessages = new(Get, Base + "/publish-operations/{operationKey}/messages", SeeStage);
}
