namespace OdcPowerShell.Cmdlets.Builds;

/// <summary>Gets the state of packages of generated code.</summary>
/// <remarks>
/// <para>There is no output for a build whose code was never packed. Start-OdcGeneratedCodePackage packs it.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Get-OdcBuild -BuildType Release | Get-OdcGeneratedCodePackage</code>
/// <para>Gets the packages of the builds of a revision, if there are any.</para>
/// </example>
/// <example>
/// <code>$build = Get-OdcAsset 'Order Desk' | Start-OdcBuild -Wait; $build | Start-OdcGeneratedCodePackage | Get-OdcGeneratedCodePackage</code>
/// <para>Starts a package and gets its state at once.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcGeneratedCodePackage")]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.GetGeneratedCode))]
[OutputType(typeof(OdcGeneratedCodePackage))]
public sealed class GetOdcGeneratedCodePackageCommand : ConnectedCmdlet
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
            var (package, failure) = Try(stopped => Client.GetAsync(BuildsApi.GetGeneratedCode, [build.Key!], query: null, Caller, stopped));
            if (failure is { Cause: not OdcErrorCause.NotFound })
                RunFor<object>(build.Target, _ => throw failure);
            if (package is null)
                continue;
            package.BuildKey = build.Key;
            Write(package);
        }
    }
}
