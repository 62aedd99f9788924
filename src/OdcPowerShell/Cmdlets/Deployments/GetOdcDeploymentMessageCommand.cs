using System.Management.Automation;
using OdcPowerShell.Deployments;
using OdcPowerShell.Http;
using OdcPowerShell.Parameters;
using OdcPowerShell.Pipeline;

namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>Gets the messages of deployments.</summary>
/// <remarks>
/// <para>The messages come in their order; those of severity Error say why an operation failed.</para>
/// <para type="operation">GET /api/deployments/v1/deployment-operations/{operationKey}/messages</para>
/// </remarks>
/// <example>
/// <code>Get-OdcDeployment -First 1 | Get-OdcDeploymentMessage</code>
/// <para>Gets the messages of the last one.</para>
/// </example>
/// <example>
/// <code>Get-OdcDeployment -Status FinishedWithError -First 3 | Get-OdcDeploymentMessage | Where-Object Severity -eq Error</code>
/// <para>Gets the errors of the last three that failed.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcDeploymentMessage")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetDeploymentMessages))]
[OutputType(typeof(OdcOperationMessage))]
public sealed class GetOdcDeploymentMessageCommand : ConnectedCmdlet
{
    /// <summary>The deployments: objects, keys, or changes of this kind from Get-OdcChange.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OperationKey")]
    [References(Kind.Deployment, Also = [typeof(OdcChange)])]
    public ObjectReference[] Deployment { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var operation in Deployment.Where(o => KeyOf(o) is not null))
        {
            var messages = DeploymentOperations.Messages(Client, DeploymentsApi.GetDeploymentMessages, operation.Key!);
            foreach (var page in PagesOf(messages, operation.Target))
                page.ToList().ForEach(Write);
        }
    }
}
