namespace OdcPowerShell.Cmdlets.ExternalLibraries;

/// <summary>Gets the contents of generated external libraries, and what differs from the published version.</summary>
/// <remarks>
/// <para>Writes one row for each action, parameter, structure and attribute. The property Element is the action or structure that a parameter or attribute belongs to, and ChangeType says whether it is new, gone, changed or the same as in the published version.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcExternalLibraryGeneration -Status ReadyForReview | Get-OdcExternalLibraryContent -ChangeType Removed, Updated</code>
/// <para>Gets what the libraries that wait for a review would take away from their consumers.</para>
/// </example>
/// <example>
/// <code>Import-OdcExternalLibrary .\Calculator.zip -Wait | Get-OdcExternalLibraryContent | Where-Object Kind -eq Action</code>
/// <para>Lists the actions of a library after its import.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcExternalLibraryContent")]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.GetContents))]
[OutputType(typeof(OdcExternalLibraryContent))]
public sealed class GetOdcExternalLibraryContentCommand : ConnectedCmdlet
{
    /// <summary>The generations: objects from Get-OdcExternalLibraryGeneration, or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OperationKey")]
    [References(typeof(OdcExternalLibraryGeneration))]
    public ObjectReference[] Generation { get; set; } = [];

    /// <summary>Only rows with these changes: Added, Removed, Updated, Unchanged or None.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values("Added", "Removed", "Updated", "Unchanged", "None")]
    public string[]? ChangeType { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var generation in Generation)
        {
            if (KeyOf(generation) is { } key)
                ReadFor(generation.Target, (caller, stopped) => Client.GetAsync(ExternalLibrariesApi.GetContents, [key], query: null, caller, stopped), contents => WriteRows(contents.Rows(key)));
        }
    }

    private void WriteRows(IEnumerable<OdcExternalLibraryContent> rows)
    {
        foreach (var row in rows.Where(r => ChangeType is null || ChangeType.Contains(r.ChangeType, StringComparer.OrdinalIgnoreCase)))
            Write(row);
    }
}
