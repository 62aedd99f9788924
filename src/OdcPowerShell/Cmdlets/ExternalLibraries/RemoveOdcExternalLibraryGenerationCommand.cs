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
            RunFor(generation.Target, stopped => RemoveAsync(generation.Key!, what, request, stopped), what);
    }

    private async Task<ApiAnswer> RemoveAsync(string key, string what, ApiRequest request, CancellationToken stopped)
    {
        try
        {
            return await Client.ChangeAsync(request, Caller, stopped);
        }
        catch (OdcApiException e) when (e.StatusCode is 405 or 409)
        {
            var status = await StatusAsync(key, stopped);
            var isRunning = status is "None" or "Generating" or "Downloading";
            throw new OdcException(
                OdcErrorCause.Conflict,
                $"The service does not remove a generation in this state{(status is null ? "" : $": it is {status}")}. {e.Message}",
                isRunning ? $"Wait until it has ended: Get-OdcExternalLibraryGeneration {key}{ConnectionParameter} | Wait-OdcOperation{ConnectionParameter}. Then remove it."
                    : $"Read it again to see whether the {what} can be removed later. A published library is removed with Remove-OdcAsset.",
                e);
        }
    }

    private async Task<string?> StatusAsync(string key, CancellationToken stopped)
    {
        try
        {
            return (await Client.GetAsync(ExternalLibrariesApi.GetGeneration, [key], query: null, Caller, stopped)).Status;
        }
        catch (OdcException e)
        {
            // The error of the removal is the one that counts.
            Caller.Verbose($"The state of the generation can't be read: {e.Message}");
            return null;
        }
    }
}
