using OdcPowerShell.AssetConfigurations;
using OdcPowerShell.Cmdlets.Deployments;

namespace OdcPowerShell.Cmdlets.AssetConfigurations;

/// <summary>A cmdlet that changes settings of assets in stages, and can apply them.</summary>
public abstract class SettingChangeCommand : DeploymentCmdlet
{
    private SettingWriter? _writer;
    private bool _isAgreed;

    private protected SettingChangeCommand()
    {
    }

    /// <summary>Applies the changed settings: the assets run with them, without a new deployment. Other pending changes of these assets are applied too. Writes the operations.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Apply { get; set; }

    /// <summary>Writes the settings as they are after the change. It can't be combined with -Apply, which writes the operations.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    private protected SettingWriter Writer => _writer ??= new SettingWriter(this, AcceptsPlainText, Agrees);

    /// <summary>Whether plain text is accepted for secret settings.</summary>
    private protected virtual bool AcceptsPlainText => false;

    // The question about a production stage comes before the request: after a No nothing is changed.
    private protected override bool AlwaysAsks => _isAgreed;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Wait && !Apply)
            Reject("-Wait waits for applied settings, and -Apply is missing.", "Add -Apply, or leave -Wait out.");
        if (PassThru && Apply)
            Reject("-PassThru and -Apply write different objects.", "Use -Apply alone, and Get-OdcAssetSetting afterwards.");
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var written in Writer.WriteAll())
            Done(written);
        base.EndProcessing();
    }

    /// <summary>Writes the settings, or what else the command writes, after they were read again.</summary>
    private protected virtual void WriteNow(OdcAssetConfiguration now, IReadOnlyCollection<ISetting> settled)
    {
        var names = new HashSet<string>(settled.Select(s => s.Path), StringComparer.OrdinalIgnoreCase);
        foreach (var setting in now.All.Where(s => names.Contains(s.FullName)))
            Write(setting);
    }

    private bool Agrees(ConfigurationPlace place, SettingPlan plan, string table)
    {
        if (!Apply)
            return true;
        var others = Pending(plan);
        _isAgreed = AgreesTo(place.Stage, $"{table}{(others.Count == 0 ? "" : $"Applied too, because they are pending: {string.Join(", ", others)}.\n")}{place.Stage} is a production stage. Change and apply?");
        return _isAgreed;
    }

    private static List<string> Pending(SettingPlan plan)
    {
        var planned = new HashSet<ISetting>(plan.Changes.Select(c => c.Setting));
        return [.. ((OdcAssetConfiguration)plan.Configuration).All.Where(s => s.IsPending == true && !planned.Contains(s)).Select(s => s.FullName)];
    }

    private void Done(WrittenSettings written)
    {
        var configuration = (OdcAssetConfiguration)written.Plan.Configuration;
        if (Apply)
        {
            ApplyIn(configuration, written);
            _isAgreed = false;
        }
        else if (PassThru && !written.IsDeclined && written.Settled.ToList() is { Count: > 0 } settled)
            WriteAgain(configuration, written, settled);
    }

    private void WriteAgain(OdcAssetConfiguration configuration, WrittenSettings written, IReadOnlyCollection<ISetting> settled)
    {
        var now = written.Sent.Count == 0 ? configuration
            : RunFor(configuration, stopped => ConfigurationReader.ReadAsync(Client, written.Place, revision: null, new Query(), Caller, stopped), $"The settings of {configuration} were changed, but reading them again failed");
        if (now is not null)
            WriteNow(now, settled);
    }

    private void ApplyIn(OdcAssetConfiguration configuration, WrittenSettings written)
    {
        if (written.HasFailed || written.HasWrongInput)
        {
            WriteError(ErrorRecords.From(
                written.HasFailed
                    ? new OdcException(OdcErrorCause.OperationFailed, $"The settings of {configuration} were not applied, because changing them failed.", "Run the command again: what is changed already is not sent again.")
                    : new OdcException(
                        OdcErrorCause.InvalidRequest, $"The settings of {configuration} were not applied, because some of the input is wrong or was rejected.",
                        "Correct the input and run the command again; or apply what was changed with Start-OdcConfigurationApply."),
                configuration));
            return;
        }

        var others = Pending(written.Plan);
        if ((written.IsDeclined && !IsWhatIf) || (written.Plan.Changes.Count == 0 && others.Count == 0))
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
