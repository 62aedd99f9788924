using OdcPowerShell.AssetConfigurations;

namespace OdcPowerShell.Cmdlets.AssetConfigurations;

/// <summary>Changes system configurations of stages, from parameters or from rows: one request for each stage.</summary>
/// <remarks>
/// <para>A value applies to all assets of the stage that have no value of their own, so that the command asks, unless you use -Confirm:$false. The settings of the mail server (e-mail, SMTP) need their own permission.</para>
/// <para>Rows have the columns Stage, Name and Value, as Get-OdcStageSystemConfiguration writes them. A secret needs a SecureString, or -SecretName with the name of a secret in a vault.</para>
/// </remarks>
/// <example>
/// <code>Set-OdcStageSystemConfiguration QA -Name SMTPPort -Value 587 -WhatIf</code>
/// <para>Shows the old and the new value, and the request.</para>
/// </example>
/// <example>
/// <code>Get-OdcStageSystemConfiguration QA | Where-Object Name -in SMTPServer, SMTPPort | Set-OdcStageSystemConfiguration -Stage Production -Confirm:$false</code>
/// <para>Uses the e-mail server of QA in production too.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "OdcStageSystemConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.PatchStageSystemConfiguration))]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetStageSystemConfiguration))]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[OutputType(typeof(OdcConfigurationValue))]
public sealed class SetOdcStageSystemConfigurationCommand : ChangeCmdlet
{
    private SettingWriter? _writer;
    private SettingInput? _input;

    /// <summary>The stages: objects from Get-OdcStage or Get-OdcStageSystemConfiguration, names, keys, or rows with a column Stage or StageKey.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage), Also = [typeof(OdcConfigurationValue)], Columns = ["StageName"], NotWith = ["AssetKey", "AssetName", "Asset"])]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>The input as it was piped: rows, stages, or objects from Get-OdcStageSystemConfiguration. Other objects are rejected.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The name or the key of the configuration.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("SettingKey")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>The new value: a text, a number, $true or $false; a SecureString for a secret. An empty text clears the value.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
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

    /// <summary>Accepts plain text for secrets. It can remain in the history, in logs and in transcripts.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter AllowPlainText { get; set; }

    /// <summary>Writes the configurations as they are after the change.</summary>
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
        if (!_input!.Accepts(InputObject, typeof(OdcStage), typeof(OdcConfigurationValue)))
            return;
        foreach (var stage in Stage)
        {
            if (KeyOf(stage) is { } key && HasName(stage) && RunFor(stage.Target, stopped => _input!.ReadAsync(Name!, stage, Value, SecretName, VaultName, stopped)) is { } wanted)
                _writer!.Add(new ConfigurationPlace(stage.Resource as OdcStage ?? StageOf(key)), wanted);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var written in _writer!.WriteAll())
        {
            if (PassThru && !written.IsDeclined && written.Settled.ToList() is { Count: > 0 } settled)
                WriteAgain(written.Place.Stage, [.. settled.Select(s => s.Path)]);
        }

        base.EndProcessing();
    }

    private bool HasName(ObjectReference stage)
    {
        if (string.IsNullOrWhiteSpace(Name))
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"The input for {stage.Label} names no configuration.", "Specify -Name, or a column Name. Rows have the columns Stage, Name and Value."), stage.Target));
        return !string.IsNullOrWhiteSpace(Name);
    }

    private void WriteAgain(OdcStage stage, IReadOnlyCollection<string> names)
    {
        var now = RunFor(stage, stopped => ConfigurationReader.ReadStageAsync(Client, stage, Caller, stopped));
        foreach (var setting in (now?.SystemConfigurations ?? []).Where(s => names.Contains(s.Path, StringComparer.OrdinalIgnoreCase)))
            Write(setting);
    }
}
