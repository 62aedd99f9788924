using OdcPowerShell.AssetConfigurations;

namespace OdcPowerShell.Cmdlets.AssetConfigurations;

/// <summary>Changes settings of apps and agents in stages, from parameters or from rows such as those of a CSV file.</summary>
/// <remarks>
/// <para>All settings of an asset in a stage are read once and changed in one request. A setting that has the value already is not sent again. A changed value is pending: the asset runs with it after -Apply, Start-OdcConfigurationApply, or its next deployment.</para>
/// <para>Rows have the columns Asset, Stage, Name and Value, or those that Get-OdcAssetSetting writes: AssetName, StageName, FullName and Value. Section, Element and Library help where a name is not unique. A row whose key and name contradict each other is an error. With -Stage, rows of one stage are written to another; a warning names the values that usually differ by stage. A secret needs a SecureString, or the name of a secret in a vault in -SecretName or a column SecretName. Numbers and dates are the same in every culture: 12.5, 2026-01-31.</para>
/// <para>-Apply asks before it changes a production stage, unless you use -Confirm:$false. Without -Apply the command does not ask.</para>
/// <para>A wrong row is an error of its own, and the other rows are changed. -Apply leaves out an asset and stage with a wrong row.</para>
/// </remarks>
/// <example>
/// <code>Set-OdcAssetSetting 'Order Desk' -Stage QA -Name MaxOrderLines -Value 250 -WhatIf</code>
/// <para>Shows the old and the new value, and the request.</para>
/// </example>
/// <example>
/// <code>'Asset,Stage,Name,Value
/// Order Desk,QA,MaxOrderLines,250
/// Order Desk,QA,Nightly Sync/Schedule,0 2 * * *' | ConvertFrom-Csv | Set-OdcAssetSetting -Apply -Wait</code>
/// <para>Changes the settings of a CSV file, applies them, and waits until the asset runs with them.</para>
/// </example>
/// <example>
/// <code>Set-OdcAssetSetting 'Order Desk' -Stage QA -Name PaymentApiKey -SecretName payment-key -Apply</code>
/// <para>Sets a secret to the value of an entry of the default vault, and applies it.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "OdcAssetSetting", SupportsShouldProcess = true)]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.PatchApplicationConfiguration))]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetApplicationConfiguration))]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.PatchAgentConfiguration), When = "for agents")]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetAgentConfiguration), When = "for agents")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.StartDeployment), With = "Apply")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterDeployments), With = "Wait")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetDeployment), With = "Wait")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), Reads = "Asset", When = "for types", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[OutputType(typeof(OdcAssetSetting), typeof(OdcDeployment))]
public sealed class SetOdcAssetSettingCommand : SettingChangeCommand
{
    private SettingInput? _input;

    /// <summary>The apps and agents: objects from Get-OdcAsset or Get-OdcAssetSetting, names, keys, or rows with a column Asset, AssetName or AssetKey.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey")]
    [References(typeof(OdcAsset), Also = [typeof(OdcDeployedAsset), typeof(OdcDeployedRevision), typeof(OdcAssetSetting)], Columns = ["AssetName"])]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The stages, by name or key. Rows can have it in a column Stage, StageName or StageKey.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage), IsOptional = true, Also = [typeof(OdcAssetSetting)], Besides = [typeof(OdcAsset)], Columns = ["StageName"])]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>The input as it was piped: rows, settings, assets or stages. Other objects are rejected, even if they have a property Value.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The name of the setting, or its full name: the name with the library and the timer or integration before it.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "SettingKey")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>The new value: a text, a number, a date, $true or $false; a SecureString for a secret; a file from Get-Item for a binary setting. An empty text clears the setting.</summary>
    [Parameter(Position = 3, ValueFromPipelineByPropertyName = true)]
    [AllowsNothing]
    public object? Value { get; set; }

    /// <summary>The name of a secret in a vault that has the value. The vault is read with SecretManagement.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? SecretName { get; set; }

    /// <summary>The vault with that secret. Without it, the default vault.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? VaultName { get; set; }

    /// <summary>The section with the setting, where its name is not unique: Setting, Timer, Integration or SystemConfiguration.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Values("Setting, Timer, Integration, SystemConfiguration")]
    public string? Section { get; set; }

    /// <summary>The timer or integration that the setting belongs to, where its name is not unique.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Element { get; set; }

    /// <summary>The library that the setting belongs to, where its name is not unique.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Library { get; set; }

    /// <summary>The type of the assets, such as Agent, if you specify them by key. Without it, the command looks up the type.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Values(KnownLists.DeployableTypes, IsOpen = true)]
    public string? AssetType { get; set; }

    /// <summary>Accepts plain text for secret settings. It can remain in the history, in logs and in transcripts.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter AllowPlainText { get; set; }

    private protected override bool AcceptsPlainText => AllowPlainText;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _input = new SettingInput(this);
        _input.RejectContradiction(Value);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!_input!.Accepts(InputObject, typeof(OdcAssetSetting), typeof(OdcAsset), typeof(OdcDeployedAsset), typeof(OdcDeployedRevision), typeof(OdcStage)))
            return;
        foreach (var asset in Asset)
        {
            if (KeyOf(asset) is null || !IsComplete(asset) || RunFor(asset.Target, stopped => _input!.ReadAsync(Name!, asset, Value, SecretName, VaultName, stopped, new SettingPlace(Section, Element, Library: Library))) is not { } wanted)
            {
                if (asset.Key is not null)
                    Writer.Fail(asset.Key, Stage.Select(s => KeyOf(s)).OfType<string>());
                continue;
            }

            foreach (var stage in Stage)
            {
                if (KeyOf(stage) is { } stageKey)
                    Writer.Add(ConfigurationCommand.PlaceOf(asset, AssetType, stage.Resource as OdcStage ?? StageOf(stageKey)), wanted);
            }
        }
    }

    private bool IsComplete(ObjectReference asset)
    {
        var missing = Stage.Length == 0 ? "stage. Specify -Stage, or a column Stage or StageKey" : string.IsNullOrWhiteSpace(Name) ? "setting. Specify -Name, or a column Name" : null;
        if (missing is not null)
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"The input for {asset.Label} names no {missing}.", "Rows have the columns Asset, Stage, Name and Value."), asset.Target));
        return missing is null;
    }
}
