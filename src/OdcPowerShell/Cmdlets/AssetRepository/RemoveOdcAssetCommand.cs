namespace OdcPowerShell.Cmdlets.AssetRepository;

/// <summary>Deletes assets with all of their revisions. This can't be undone.</summary>
/// <remarks>
/// <para>The service then removes the asset from its stages in the background. Assets that come with the service are protected. The command asks for each asset, unless you use -Confirm:$false.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAsset Trial* | Remove-OdcAsset -WhatIf</code>
/// <para>Shows which assets would be deleted, and deletes none.</para>
/// </example>
/// <example>
/// <code>Remove-OdcAsset 'Camera Kit' -Confirm:$false</code>
/// <para>Deletes an asset without asking.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "OdcAsset", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.DeleteAsset))]
public sealed class RemoveOdcAssetCommand : ChangeCmdlet
{
    /// <summary>The assets: objects from Get-OdcAsset, names, keys, URLs of the ODC Portal, or rows with a column AssetKey.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset))]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var asset in Asset)
            Defer(() => SendChange(asset, AssetRepositoryApi.DeleteAsset));
        ForgetNamesLater();
    }
}
