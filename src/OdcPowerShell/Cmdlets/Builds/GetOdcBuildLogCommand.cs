namespace OdcPowerShell.Cmdlets.Builds;

/// <summary>Gets the messages of builds.</summary>
/// <remarks>
/// <para>The messages are in the order of the service.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Get-OdcBuild | Get-OdcBuildLog</code>
/// <para>Gets the messages of all builds of a revision.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Get-OdcBuild | Get-OdcBuildLog | Where-Object Severity -eq Error</code>
/// <para>Gets the errors only.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcBuildLog")]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.GetBuildLog))]
[OutputType(typeof(OdcBuildMessage))]
public sealed class GetOdcBuildLogCommand : ConnectedCmdlet
{
    /// <summary>The builds: objects from Get-OdcBuild or with a property BuildKey, or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("BuildKey")]
    [References(typeof(OdcBuild), Follows = true)]
    public ObjectReference[] Build { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var build in Build.Where(b => KeyOf(b) is not null))
        {
            ReadFor(build.Target, (caller, stopped) => Client.GetAsync(BuildsApi.GetBuildLog, [build.Key!], query: null, caller, stopped), log =>
            {
                foreach (var message in log.Results ?? [])
                {
                    message.BuildKey = build.Key;
                    Write(message);
                }
            });
        }
    }
}
