namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>Gets the messages of deployments.</summary>
/// <remarks>
/// <para>The messages are in their order. Those of severity Error explain why an operation failed.</para>
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
public sealed class GetOdcDeploymentMessageCommand : OperationMessageCommand
{
    /// <summary>The deployments: objects, keys, or changes of this kind from Get-OdcChange.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OperationKey")]
    [References(typeof(OdcDeployment), Also = [typeof(OdcChange)])]
    public ObjectReference[] Deployment { get; set; } = [];

    private protected override ObjectReference[] Specified => Deployment;

    private protected override Operation<CursorPage<OdcOperationMessage>> Messages => DeploymentsApi.GetDeploymentMessages;
}
