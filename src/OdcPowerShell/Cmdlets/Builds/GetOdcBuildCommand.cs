using System.Management.Automation;
using OdcPowerShell.Builds;
using OdcPowerShell.Http;
using OdcPowerShell.Parameters;
using OdcPowerShell.Pipeline;

namespace OdcPowerShell.Cmdlets.Builds;

/// <summary>Gets builds of a revision of an asset.</summary>
/// <remarks>
/// <para>With -Asset and -Revision, gets all builds of the revision. With -Build, gets one by its key.</para>
/// <para type="operation">GET /api/builds/v1/build-operations</para>
/// <para type="operation" when="for builds given by key">GET /api/builds/v1/build-operations/{operationKey}</para>
/// <para type="operation" when="to look up assets given by name">GET /api/asset-repository/v1/assets</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Get-OdcBuild</code>
/// <para>Gets the builds of the latest revision of an asset.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Get-OdcBuild -BuildType Debug</code>
/// <para>Gets its Debug builds only.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcBuild", DefaultParameterSetName = BuildSet)]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.ListBuilds))]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.GetBuild))]
[OutputType(typeof(OdcBuild))]
public sealed class GetOdcBuildCommand : ConnectedCmdlet
{
    // The default, so that a text from the pipeline is a build's key and not an asset's.
    private const string BuildSet = "ByBuild";
    private const string ListSet = "List";

    /// <summary>The builds to read: keys, or objects with a property BuildKey such as builds and deployments.</summary>
    [Parameter(ParameterSetName = BuildSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("BuildKey")]
    [References(Kind.Build, IsChoice = true)]
    public ObjectReference[] Build { get; set; } = [];

    /// <summary>The assets: objects from Get-OdcAsset or with a property AssetKey, names or keys.</summary>
    [Parameter(ParameterSetName = ListSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(Kind.Asset, IsChoice = true)]
    [ArgumentCompleter(typeof(AssetCompleter))]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The revision whose builds to get.</summary>
    [Parameter(ParameterSetName = ListSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetRevision", "RevisionNumber")]
    [ValidateRange(1, int.MaxValue)]
    public int Revision { get; set; }

    /// <summary>Only builds of this type: Debug or Release.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(BuildTypeCompleter))]
    public string? BuildType { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var build in Build)
        {
            if (RunFor(build.Given ?? build.Text, stopped => Client.GetAsync(BuildsApi.GetBuild, [build.Key!], query: null, Caller, stopped)) is { } found)
                Write(found);
        }

        foreach (var asset in Asset)
        {
            if (KeyOf(asset) is { } key)
                (RunFor(asset.Given ?? asset.Text, stopped => BuildOperations.OfRevisionAsync(Client, key, Revision, BuildType, Caller, stopped)) ?? []).ToList().ForEach(Write);
        }
    }
}
