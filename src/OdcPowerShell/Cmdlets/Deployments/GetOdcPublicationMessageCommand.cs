using System.Management.Automation;
using OdcPowerShell.Deployments;
using OdcPowerShell.Http;
using OdcPowerShell.Parameters;
using OdcPowerShell.Pipeline;

namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>Gets the messages of publications.</summary>
/// <remarks>
/// <para>The messages come in their order; those of severity Error say why an operation failed.</para>
/// <para type="operation">GET /api/deployments/v1/publish-operations/{operationKey}/messages</para>
/// </remarks>
/// <example>
/// <code>Get-OdcPublication -First 1 | Get-OdcPublicationMessage</code>
/// <para>Gets the messages of the last one.</para>
/// </example>
/// <example>
/// <code>Get-OdcPublication -Status FinishedWithError -First 3 | Get-OdcPublicationMessage | Where-Object Severity -eq Error</code>
/// <para>Gets the errors of the last three that failed.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcPublicationMessage")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetPublicationMessages))]
[OutputType(typeof(OdcOperationMessage))]
public sealed class GetOdcPublicationMessageCommand : ConnectedCmdlet
{
    /// <summary>The publications: objects, keys, or changes of this kind from Get-OdcChange.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OperationKey")]
    [References(Kind.Publication, Also = [typeof(OdcChange)])]
    public ObjectReference[] Publication { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var operation in Publication.Where(o => KeyOf(o) is not null))
        {
            var messages = DeploymentOperations.Messages(Client, DeploymentsApi.GetPublicationMessages, operation.Key!);
            foreach (var page in PagesOf(messages, operation.Target))
                page.ToList().ForEach(Write);
        }
    }
}
