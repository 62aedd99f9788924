namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>A cmdlet that gets the messages of operations of stages.</summary>
public abstract class OperationMessageCommand : ConnectedCmdlet
{
    private protected OperationMessageCommand()
    {
    }

    /// <summary>The operations that the user specified.</summary>
    private protected abstract ObjectReference[] Specified { get; }

    private protected abstract Operation<CursorPage<OdcOperationMessage>> Messages { get; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var operation in Specified.Where(o => KeyOf(o) is not null))
        {
            var messages = DeploymentOperations.Messages(Client, Messages, operation.Key!);
            foreach (var page in PagesOf(messages, operation.Target))
                page.ToList().ForEach(Write);
        }
    }
}
