namespace OdcPowerShell.Cmdlets.ExternalLibraries;

/// <summary>Removes generations of external libraries, with their logs.</summary>
/// <remarks>
/// <para>A library that was published stays: Remove-OdcAsset removes it. A generation that waits for a review is cancelled. The service does not remove a generation that is running.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcExternalLibraryGeneration -Status GenerationError | Remove-OdcExternalLibraryGeneration</code>
/// <para>Removes all generations that failed.</para>
/// </example>
/// <example>
/// <code>Get-OdcExternalLibraryGeneration -Before (Get-Date).AddMonths(-6) | Remove-OdcExternalLibraryGeneration -WhatIf</code>
/// <para>Shows which old generations would be removed.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "OdcExternalLibraryGeneration", SupportsShouldProcess = true)]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.DeleteGeneration))]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.GetGeneration), When = "for the state of a generation that can't be removed", IsOptional = true)]
public sealed class RemoveOdcExternalLibraryGenerationCommand : ChangeCmdlet
{
    /// <summary>The generations: objects from Get-OdcExternalLibraryGeneration, or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("OperationKey")]
    [References(typeof(OdcExternalLibraryGeneration))]
    public ObjectReference[] Generation { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var generation in Generation.Where(g => KeyOf(g) is not null))
            Defer(() => Remove(generation));
    }

    private void Remove(ObjectReference generation)
    {
        var what = generation.Resource is OdcExternalLibraryGeneration known ? $"generation of {known.Label} ({generation.Key})" : generation.Label;
        var request = ExternalLibrariesApi.DeleteGeneration.Request([generation.Key!]);
        if (ShouldSend(what, request))
            RunFor(generation.Target, stopped => LibraryOperations.RemoveAsync(Client, generation.Key!, request, Caller, stopped), what);
    }
}
