namespace OdcPowerShell.Pipeline;

/// <summary>A cmdlet that removes resources, one request each, when all input has come.</summary>
public abstract class RemoveCommand : ChangeCmdlet
{
    private protected RemoveCommand()
    {
    }

    /// <summary>The resources that are specified.</summary>
    private protected abstract ObjectReference[] Given { get; }

    private protected abstract Operation Delete { get; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var reference in Given.Where(r => KeyOf(r) is not null))
            AtEnd(() => Send(reference, Delete));
        ForgetNamesAtEnd();
    }
}
