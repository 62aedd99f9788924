namespace OdcPowerShell.Cmdlets.ExternalLibraries;

/// <summary>Gets the messages of generations of external libraries.</summary>
/// <remarks>
/// <para>The messages are in the order of the service. FinishedAt is the time at which the generation ended.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcExternalLibraryGeneration -Status GenerationError | Get-OdcExternalLibraryGenerationLog | Where-Object Type -eq Error</code>
/// <para>Gets the errors of all generations that failed.</para>
/// </example>
/// <example>
/// <code>Import-OdcExternalLibrary .\Calculator.zip -Wait | Get-OdcExternalLibraryGenerationLog</code>
/// <para>Imports a library and gets the messages of its generation.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcExternalLibraryGenerationLog")]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.GetLog))]
[OutputType(typeof(OdcExternalLibraryMessage))]
public sealed class GetOdcExternalLibraryGenerationLogCommand : ConnectedCmdlet
{
    /// <summary>The generations: objects from Get-OdcExternalLibraryGeneration, or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OperationKey")]
    [References(typeof(OdcExternalLibraryGeneration))]
    public ObjectReference[] Generation { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var generation in Generation)
        {
            if (KeyOf(generation) is { } key)
                ReadFor(generation.Target, (caller, stopped) => Client.GetAsync(ExternalLibrariesApi.GetLog, [key], query: null, caller, stopped), log => log.Messages(key).ToList().ForEach(Write));
        }
    }
}
