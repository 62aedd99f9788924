using OdcPowerShell.AssetConfigurations;
using OdcPowerShell.Cmdlets.Deployments;

namespace OdcPowerShell.Cmdlets.AssetConfigurations;

/// <summary>A cmdlet that changes settings of assets in stages, and can apply them.</summary>
public abstract class SettingChangeCommand : DeploymentCmdlet
{
    private SettingWriter? _writer;

    private protected SettingChangeCommand()
    {
    }

    /// <summary>Applies the changed settings: the assets run with them, without a new deployment. Other pending changes of these assets are applied too. Writes the operations.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Apply { get; set; }

    /// <summary>Accepts plain text for secret settings. It can remain in the history, in logs and in transcripts.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter AllowPlainText { get; set; }

    /// <summary>Writes the settings as they are after the change. With -Apply, the operations are written instead.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    private protected SettingWriter Writer => _writer ??= new SettingWriter(this, AllowPlainText);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Wait && !Apply)
            Reject("-Wait waits for applied settings, and -Apply is missing.", "Add -Apply, or leave -Wait out.");
        if (PassThru && Apply)
            Reject("-PassThru and -Apply each write other objects.", "Use -Apply alone, and Get-OdcAssetSetting afterwards.");
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Writer.WriteAll(Done);
        base.EndProcessing();
    }

    /// <summary>Writes the settings, or what else the command writes, after they were read again.</summary>
    private protected virtual void WriteNow(OdcAssetConfiguration now, IReadOnlyCollection<OdcConfigurationValue> settled)
    {
        var names = new HashSet<string>(settled.Select(s => s.Path), StringComparer.OrdinalIgnoreCase);
        foreach (var setting in now.All.Where(s => names.Contains(s.FullName)))
            Write(setting);
    }

    private void Done(WrittenSettings written)
    {
        var configuration = (OdcAssetConfiguration)written.Plan.Configuration;
        if (Apply)
            ApplyIn(configuration, written);
        else if (PassThru && !written.IsDeclined && written.Settled.ToList() is { Count: > 0 } settled)
            WriteAgain(configuration, written, settled);
    }

    private void WriteAgain(OdcAssetConfiguration configuration, WrittenSettings written, IReadOnlyCollection<OdcConfigurationValue> settled)
    {
        var now = written.Sent.Count == 0 ? configuration
            : RunFor(configuration, stopped => ConfigurationReader.ReadAsync(Client, written.Place, revision: null, new Query(), Caller, stopped), $"The settings of {configuration} were changed, but reading them again failed");
        if (now is not null)
            WriteNow(now, settled);
    }

    private void ApplyIn(OdcAssetConfiguration configuration, WrittenSettings written)
    {
        if (written.HasFailed)
        {
            WriteError(ErrorRecords.From(
                new OdcException(
                    OdcErrorCause.InvalidRequest, $"The settings of {configuration} were not applied, because some of the input is wrong or was rejected.",
                    "Correct the input and run the command again; or apply what was changed with Start-OdcConfigurationApply."),
                configuration));
            return;
        }

        var planned = new HashSet<OdcConfigurationValue>(written.Plan.Changes.Select(c => c.Setting));
        var others = configuration.All.Where(s => s.IsPending && !planned.Contains(s)).Select(s => s.FullName).ToList();
        if ((written.IsDeclined && !IsWhatIf) || (planned.Count == 0 && others.Count == 0))
            return;
        if (configuration.RevisionDeployed is not { } revision)
        {
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.NotFound, $"{configuration} does not run: its settings can't be applied.", "Deploy the asset to the stage; a deployment applies the settings."), configuration));
            return;
        }

        var what = $"The configurations of {configuration.Name ?? configuration.AssetKey}, revision {revision}, in {written.Place.Stage}{(others.Count == 0 ? "" : $" (pending before: {string.Join(", ", others.Take(5))}{(others.Count > 5 ? ", …" : "")})")}";
        if (StartIn(written.Place.Stage, what, configuration, new RequestBody().Add("operation", "ApplyConfigs").Add("assetKey", written.Place.AssetKey).Add("revision", revision)) is { } started)
            WriteOrWait(started);
    }
}
