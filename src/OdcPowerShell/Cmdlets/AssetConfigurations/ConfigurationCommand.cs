using OdcPowerShell.AssetConfigurations;

namespace OdcPowerShell.Cmdlets.AssetConfigurations;

/// <summary>A cmdlet that reads the configurations of assets in stages.</summary>
public abstract class ConfigurationCommand : ListCmdlet
{
    internal const string Sections = "Setting=settings, Timer=timers, Integration=integrations, Library=libraries, SystemConfiguration=systemConfigurations";

    private protected ConfigurationCommand()
    {
    }

    /// <summary>The apps and agents: objects from Get-OdcAsset or with a property AssetKey, names, keys or URLs of the ODC Portal.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey")]
    [References(typeof(OdcAsset), Follows = true, Besides = [typeof(OdcStage)])]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The stages: objects from Get-OdcStage, names or keys.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage), Follows = true, Besides = [typeof(OdcAsset)])]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>The type of the assets, such as Agent, if you specify them by key. Without it, the command looks up the type.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Type")]
    [Values(KnownLists.DeployableTypes, IsOpen = true)]
    public string? AssetType { get; set; }

    /// <summary>The number of the revision whose configuration to get. Without it, the revision that runs in the stage.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [ValueRequired]
    public int Revision { get; set; }

    /// <summary>Only these sections: Setting, Timer, Integration, Library or SystemConfiguration.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values(Sections)]
    [QueryParameter("fields", IsJoined = true)]
    public string[]? Section { get; set; }

    /// <summary>Gets the values of binary settings too, which can be large.</summary>
    [Parameter]
    [ValueRequired]
    [QueryParameter("showBinaryValues")]
    public SwitchParameter IncludeBinaryValue { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var asset in Asset)
        {
            foreach (var stage in Stage)
            {
                if (!HasEnough && KeyOf(asset) is not null && KeyOf(stage) is { } stageKey)
                    Read(asset, PlaceOf(asset, AssetType, stage.Resource as OdcStage ?? StageOf(stageKey)));
            }
        }
    }

    /// <summary>Writes a configuration, or parts of it.</summary>
    private protected abstract void Write(OdcAssetConfiguration configuration, ObjectReference asset);

    /// <summary>The place of an asset's configuration, with its type if the input or a look-up by name has it.</summary>
    internal static ConfigurationPlace PlaceOf(ObjectReference asset, string? assetType, OdcStage stage) =>
        new(stage, asset.Key, asset.Name, !string.IsNullOrEmpty(assetType) ? assetType : (asset.Resource as OdcAsset)?.AssetType);

    private void Read(ObjectReference asset, ConfigurationPlace place)
    {
        var query = QueryBinder.Bind(this);
        ReadFor(
            asset.Target,
            async (caller, stopped) =>
            {
                var complete = await place.CompleteAsync(Client, [place.AssetKey!], caller, stopped);
                return await ConfigurationReader.ReadAsync(Client, complete, Revision == 0 ? null : Revision, query, caller, stopped);
            },
            configuration => Write(configuration, asset));
    }
}
