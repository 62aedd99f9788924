namespace OdcPowerShell.Pipeline;

/// <summary>A cmdlet that streams lists of an API whose pages hold up to 1,000 objects.</summary>
public abstract class LargePageCmdlet : ListCmdlet
{
    private protected LargePageCmdlet()
    {
    }

    /// <summary>How many objects to ask for in one request. The default needs the fewest requests.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public override int PageSize { get; set; } = 1000;
}
