namespace OdcPowerShell.Cmdlets.DependencyManagement;

/// <summary>A cmdlet that gets the result of analyses.</summary>
public abstract class AnalysisCommand<T> : ConnectedCmdlet
    where T : OdcAnalysis
{
    private protected AnalysisCommand()
    {
    }

    /// <summary>The analyses: objects, or keys.</summary>
    public abstract ObjectReference[] Analysis { get; set; }

    private protected abstract Operation<T> GetOperation { get; }

    private protected abstract OperationDescriptor<T> Descriptor { get; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var analysis in Analysis.Where(a => KeyOf(a) is not null))
        {
            ReadFor(analysis.Target, (caller, stopped) => Client.GetAsync(GetOperation, [analysis.Key!], query: null, caller, stopped), found =>
            {
                if (analysis.Resource is T before)
                    Descriptor.Complete(before, found);
                Write(found);
            });
        }
    }
}
