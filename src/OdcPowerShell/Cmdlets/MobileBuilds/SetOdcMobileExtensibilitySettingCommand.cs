using System.Collections;
using System.Globalization;
using OdcPowerShell.AssetConfigurations;
using OdcPowerShell.Cmdlets.AssetConfigurations;

namespace OdcPowerShell.Cmdlets.MobileBuilds;

/// <summary>Changes extensibility settings of mobile apps in stages, from parameters or from rows such as those of a CSV file.</summary>
/// <remarks>
/// <para>All settings of an app in a stage are read once and changed in one request. A setting that has the value already is not sent again. The next build uses the values: Start-OdcMobileBuild.</para>
/// <para>Rows have the columns Asset, Stage, Name and Value, or those that Get-OdcMobileExtensibilitySetting writes; Library helps where a name is not unique. A secret needs a SecureString, or the name of a secret in a vault in -SecretName or a column SecretName. A wrong row is an error of its own, and the other rows are changed.</para>
/// </remarks>
/// <example>
/// <code>Set-OdcMobileExtensibilitySetting 'Driver Go' -Stage QA -Name MinimumAndroidSdk -Value 28 -WhatIf</code>
/// <para>Shows the old and the new value, and the request.</para>
/// </example>
/// <example>
/// <code>'Asset,Stage,Name,Value
/// Driver Go,QA,MinimumAndroidSdk,28
/// Driver Go,QA,Camera Kit/CameraUsage,To scan parcels' | ConvertFrom-Csv | Set-OdcMobileExtensibilitySetting -PassThru</code>
/// <para>Changes the settings of a CSV file and writes them.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "OdcMobileExtensibilitySetting", SupportsShouldProcess = true)]
[ApiOperation(typeof(MobileBuildsApi), nameof(MobileBuildsApi.PatchExtensibilitySettings))]
[ApiOperation(typeof(MobileBuildsApi), nameof(MobileBuildsApi.GetExtensibilitySettings))]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), Reads = "Asset", When = "for types and libraries", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[OutputType(typeof(OdcMobileExtensibilitySetting))]
public sealed class SetOdcMobileExtensibilitySettingCommand : ChangeCmdlet
{
    private SettingWriter? _writer;
    private SettingInput? _input;

    /// <summary>The mobile apps: objects from Get-OdcAsset or Get-OdcMobileExtensibilitySetting, names, keys, or rows with a column Asset, AssetName or AssetKey.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssetKey", "ApplicationKey")]
    [References(typeof(OdcAsset), Also = [typeof(OdcDeployedRevision), typeof(OdcMobileExtensibilitySetting)], Columns = ["AssetName"])]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The stages, by name or key. Rows can have it in a column Stage, StageName or StageKey.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage), IsOptional = true, Also = [typeof(OdcMobileExtensibilitySetting)], Besides = [typeof(OdcAsset)], Columns = ["StageName"])]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>The input as it was piped: rows, settings, apps or stages. Other objects are rejected, even if they have a property Value.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The name of the setting, its full name with the library before it, or its key.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "SettingKey")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>The new value: a text, a number, a date, $true or $false; a SecureString for a secret. An empty text clears the setting.</summary>
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

    /// <summary>The library that the setting belongs to, by name or key, where the name of the setting is not unique.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("LibraryKey")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Library { get; set; }

    /// <summary>Further values that belong to the value, as names and texts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public Hashtable? Metadata { get; set; }

    /// <summary>Accepts plain text for secret settings. It can remain in the history, in logs and in transcripts.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter AllowPlainText { get; set; }

    /// <summary>Writes the settings as they are after the change.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        (_writer, _input) = (new SettingWriter(this, AllowPlainText), new SettingInput(this));
        _input.RejectContradiction(Value);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!_input!.Accepts(InputObject, typeof(OdcMobileExtensibilitySetting), typeof(OdcAsset), typeof(OdcDeployedRevision), typeof(OdcStage)))
            return;
        foreach (var asset in Asset)
        {
            if (KeyOf(asset) is null || !IsComplete(asset)
                || RunFor(asset.Target, stopped => _input.ReadAsync(Name!, asset, Value, SecretName, VaultName, stopped, new SettingPlace(Section: null, Library: Library))) is not { } wanted)
                continue;
            foreach (DictionaryEntry item in Metadata ?? [])
                wanted.Metadata[item.Key.ToString()!] = Convert.ToString(item.Value, CultureInfo.InvariantCulture) ?? "";
            foreach (var stage in Stage)
            {
                if (KeyOf(stage) is { } stageKey)
                    _writer!.Add(new ExtensibilityPlace(MobileApps.PlaceOf(asset, stage.Resource as OdcStage ?? StageOf(stageKey))), wanted);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var written in _writer!.WriteAll())
        {
            if (PassThru && !written.IsDeclined && written.Settled.ToList() is { Count: > 0 } settled)
                WriteAgain(((ExtensibilityPlace)written.Place).App, [.. settled.Select(s => s.Path)]);
        }

        base.EndProcessing();
    }

    private bool IsComplete(ObjectReference asset)
    {
        var missing = Stage.Length == 0 ? "stage. Specify -Stage, or a column Stage or StageKey" : string.IsNullOrWhiteSpace(Name) ? "setting. Specify -Name, or a column Name" : null;
        if (missing is not null)
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"The input for {asset.Label} names no {missing}.", "Rows have the columns Asset, Stage, Name and Value."), asset.Target));
        return missing is null;
    }

    private void WriteAgain(MobilePlace place, List<string> names)
    {
        var now = RunFor(place.ToString(), stopped => ExtensibilitySettings.ReadAsync(Client, place, Caller, stopped), $"The settings of {place} were changed, but reading them again failed");
        foreach (var setting in (now?.All ?? []).Where(s => names.Contains(s.FullName, StringComparer.OrdinalIgnoreCase)))
            Write(setting);
    }
}
