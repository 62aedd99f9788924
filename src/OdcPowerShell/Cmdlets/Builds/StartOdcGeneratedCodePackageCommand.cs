namespace OdcPowerShell.Cmdlets.Builds;

/// <summary>Packs the generated source code of builds, for scanners.</summary>
/// <remarks>
/// <para>When the package is finished, Save-OdcContent downloads it. Only Release builds can be packed.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Start-OdcBuild -Wait | Start-OdcGeneratedCodePackage -Wait</code>
/// <para>Builds a revision and packs its code.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Get-OdcBuild | Start-OdcGeneratedCodePackage -WhatIf</code>
/// <para>Shows the requests that would pack the code of all builds of a revision.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "OdcGeneratedCodePackage", SupportsShouldProcess = true)]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.StartGeneratedCode))]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.GetGeneratedCode), With = "Wait")]
[OutputType(typeof(OdcGeneratedCodePackage))]
public sealed class StartOdcGeneratedCodePackageCommand : StartCmdlet
{
    /// <summary>The builds: objects from Get-OdcBuild or with a property BuildKey, or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("BuildKey")]
    [References(typeof(OdcBuild), Also = [typeof(OdcGeneratedCodePackage)])]
    public ObjectReference[] Build { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var build in Build)
        {
            if (KeyOf(build) is not { } key || Send($"package of the generated code of build {key}", build.Target, BuildsApi.StartGeneratedCode, [key]) is not { } started
                || RunFor(build.Target, () => started.Required($"the package of build {key}")) is null)
                continue;
            var package = new OdcGeneratedCodePackage { BuildKey = key, Status = "NotStarted" };
            WriteOrWait(package);
        }
    }
}
