using OdcPowerShell.Http;
using OdcPowerShell.Json;

namespace OdcPowerShell.Deployments;

/// <summary>The deployments API.</summary>
internal static class DeploymentsApi
{
    private const string Base = "/api/deployments/v1";
    private const string SeeStage = "Stage > View stage";

    internal static readonly Operation<Page<OdcDeployment>> FilterDeployments =
        Operation.Get(Base + "/deployment-operations", DeploymentsJson.Default.PageOdcDeployment, SeeStage);
    internal static readonly Operation<OdcDeployment> StartDeployment =
        Operation.Post(Base + "/deployment-operations", DeploymentsJson.Default.OdcDeployment, "Release management > Deploy assets");
    internal static readonly Operation<OdcDeployment> GetDeployment =
        Operation.Get(Base + "/deployment-operations/{operationKey}", DeploymentsJson.Default.OdcDeployment, SeeStage);
    internal static readonly Operation<CursorPage<OdcOperationMessage>> GetDeploymentMessages =
        Operation.Get(Base + "/deployment-operations/{operationKey}/messages", DeploymentsJson.Default.CursorPageOdcOperationMessage, SeeStage);

    internal static readonly Operation<Page<OdcPublication>> FilterPublications =
        Operation.Get(Base + "/publish-operations", DeploymentsJson.Default.PageOdcPublication, SeeStage);
    internal static readonly Operation<OdcPublication> StartPublication =
        Operation.Post(Base + "/publish-operations", DeploymentsJson.Default.OdcPublication, "Asset management > Change");
    internal static readonly Operation<OdcPublication> GetPublication =
        Operation.Get(Base + "/publish-operations/{operationKey}", DeploymentsJson.Default.OdcPublication, SeeStage);
    internal static readonly Operation<CursorPage<OdcOperationMessage>> GetPublicationMessages =
        Operation.Get(Base + "/publish-operations/{operationKey}/messages", DeploymentsJson.Default.CursorPageOdcOperationMessage, SeeStage);
}
