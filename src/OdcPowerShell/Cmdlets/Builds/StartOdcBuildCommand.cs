using System.Management.Automation;
using OdcPowerShell.Builds;
using OdcPowerShell.Http;
using OdcPowerShell.Parameters;
using OdcPowerShell.Pipeline;

namespace OdcPowerShell.Cmdlets.Builds;

/// <summary>Starts builds of revisions.</summary>
/// <remarks>
/// <para>A Release build is what can be deployed to all stages. The service allows ten starts a minute.</para>
/// <para type="operation">POST /api/builds/v1/build-operations</para>
/// <para type="operation" when="to write the build">GET /api/builds/v1/build-operations/{operationKey}</para>
/// <para type="operation" when="for a build that failed">GET /api/builds/v1/build-operations/{operationKey}/log-messages</para>
/// <para type="operation" when="to look up assets given by name">GET /api/asset-repository/v1/assets</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Start-OdcBuild -Wait</code>
/// <para>Builds the latest revision of an asset and waits for it.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Start-OdcBuild -WhatIf</code>
/// <para>Shows the request that would start it.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "OdcBuild", SupportsShouldProcess = true)]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.StartBuild))]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.GetBuild))]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.GetBuildLog))]
[OutputType(typeof(OdcBuild))]
public sealed class StartOdcBuildCommand : StartCmdlet
{
    /// <summary>The assets: objects from Get-OdcAsset or with a property AssetKey, names or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(Kind.Asset)]
    [ArgumentCompleter(typeof(AssetCompleter))]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The revision to build.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetRevision", "RevisionNumber")]
    [ValidateRange(1, int.MaxValue)]
    public int Revision { get; set; }

    /// <summary>Release, or Debug for the development stage only.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(BuildTypeCompleter))]
    public string BuildType { get; set; } = BuildOperations.Release;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var asset in Asset)
        {
            if (KeyOf(asset) is not { } key)
                continue;
            var body = new RequestBody().Add("assetKey", key).Add("assetRevision", Revision).Add("buildType", BuildType);
            if (Send($"{asset} revision {Revision}", BuildsApi.StartBuild, [], body) is { } started)
                Follow(asset, key, started);
        }
    }

    private void Follow(ObjectReference asset, string assetKey, StartedBuild started)
    {
        var buildKey = Run(_ => Task.FromResult(started.RequiredKey($"a build of {asset}")));
        var build = ReadNew(buildKey, BuildsApi.GetBuild, key => BuildOperations.Started(key, assetKey, Revision, BuildType));
        WriteOrWait(build, BuildOperations.Builds);
    }
}
