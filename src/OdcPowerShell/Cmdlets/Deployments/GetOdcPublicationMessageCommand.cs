namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>Gets the messages of publications.</summary>
/// <remarks>
/// <para>The messages are in their order. Those of severity Error explain why an operation failed.</para>
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
public sealed class GetOdcPublicationMessageCommand : OperationMessageCommand
{
    /// <summary>The publications: objects, keys, or changes of this kind from Get-OdcChange.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OperationKey")]
    [References(typeof(OdcPublication), Also = [typeof(OdcChange)])]
    public ObjectReference[] Publication { get; set; } = [];

    private protected override ObjectReference[] Specified => Publication;

    private protected override Operation<CursorPage<OdcOperationMessage>> Messages => DeploymentsApi.GetPublicationMessages;
}
