using OdcPowerShell.Secrets;

namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>A cmdlet that issues the token of private gateways, which the service shows only once.</summary>
public abstract class GatewayTokenCommand : ChangeCmdlet
{
    private readonly HashSet<string> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _stages = new(StringComparer.OrdinalIgnoreCase);

    private protected GatewayTokenCommand()
    {
    }

    /// <summary>The stages: names, keys, or objects from Get-OdcStage or Get-OdcPrivateGateway.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage), Also = [typeof(OdcPrivateGateway)])]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>Stores the token as this secret of a vault instead of writing it, and replaces a secret of this name. The vault is tried before the token is issued. Rows with a stage each can have it in a column SecretName.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? SecretName { get; set; }

    /// <summary>With -SecretName, the name of the vault. Without it, the default vault.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? VaultName { get; set; }

    /// <summary>With -SecretName, writes the token as well.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The operation that issues a token.</summary>
    private protected abstract Operation<OdcPrivateGatewayToken> Issue { get; }

    /// <summary>Says what changes, for the question.</summary>
    /// <param name="stage">The stage, as in stage QA.</param>
    private protected abstract string Change(string stage);

    /// <summary>Why no token can be issued in the gateway's present state; null if one can.</summary>
    private protected abstract OdcException? Rejection(OdcPrivateGateway now);

    /// <summary>What is done after a token was issued.</summary>
    private protected virtual void Issued(OdcPrivateGatewayToken token)
    {
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (VaultName is not null && IsWithout(nameof(SecretName)) && !MyInvocation.ExpectingInput)
            ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, "-VaultName is specified without -SecretName.", "Specify the name of the secret in that vault with -SecretName."), target: null));
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var stage in Stage.Where(s => KeyOf(s) is { } key && _stages.Add(key)))
        {
            if (SecretName is { } name && !_entries.Add(name))
            {
                WriteError(ErrorRecords.From(
                    new OdcException(OdcErrorCause.InvalidRequest, $"The secret '{name}' is specified for another stage already: one secret can't have two tokens.", "Specify one stage for each secret."), stage.Target));
                continue;
            }

            var entry = SecretName is null ? null : new OneTimeSecret(new Vault(VaultName), SecretName);
            Defer(() => IssueFor(stage, entry));
        }
    }

    private bool IsWithout(string parameter) => !MyInvocation.BoundParameters.ContainsKey(parameter);

    private void IssueFor(ObjectReference stage, OneTimeSecret? entry)
    {
        var label = Label(stage);
        var (now, failure) = Try(stopped => PrivateGateways.ReadAsync(Client, stage.Key!, Caller, stopped));
        // Without the permission to read, the service itself rejects what is wrong.
        if ((failure is { Cause: not OdcErrorCause.AccessDenied } ? failure : now is null ? null : Rejection(now)) is { } rejection)
        {
            WriteError(ErrorRecords.From(rejection, stage.Target));
            return;
        }

        var request = Issue.Request([stage.Key!]);
        var what = Change(label) + (entry is null ? "" : $", new token in {entry.Description}");
        if (Send(what, stage.Target, request, stopped => IssueAsync(stage, request, entry, stopped), $"private gateway of {label}") is not { } token)
        {
            WhenStopped = null;
            return;
        }

        (token.StageName, token.Url) = (token.StageName ?? stage.Name, now?.Url);
        if (token.Token is null)
            WriteWarning($"The service answered without a token. To get one, {Again(stage)}.");
        if (entry is null || !IsStored(token, entry) || PassThru)
            Write(token);
        WhenStopped = null;
        Issued(token);
    }

    private async Task<OdcPrivateGatewayToken> IssueAsync(ObjectReference stage, ApiRequest request, OneTimeSecret? entry, CancellationToken cancellationToken)
    {
        if (entry is not null)
            await TryAsync(entry, cancellationToken);
        WhenStopped = () => $"The private gateway of {stage.Label} may have a new token that was not stored. If so, {Again(stage)}.";
        try
        {
            return (await Client.SendAsync(request, Issue, Caller, cancellationToken)).In(Client, stage.Key!);
        }
        catch (OdcException e) when (e.Cause is OdcErrorCause.OutcomeUnknown or OdcErrorCause.UnexpectedResponse)
        {
            throw new OdcException(e.Cause, $"{e.Message} The gateway may have a new token, which is lost.", $"Get-OdcPrivateGateway shows whether the gateway is active. If it is, {Again(stage)}.", e);
        }
    }

    private string Again(ObjectReference stage) => $"run Update-OdcPrivateGatewayToken '{stage}'{ConnectionParameter} again before the connectors reconnect, and store the token";

    private async Task TryAsync(OneTimeSecret entry, CancellationToken cancellationToken)
    {
        try
        {
            await entry.TryAsync(Caller, cancellationToken);
        }
        catch (OdcException e)
        {
            var action = e.Cause == OdcErrorCause.VaultModuleMissing ? "Install-Module Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore. Or leave -SecretName out, and store the token yourself." : e.RecommendedAction;
            throw new OdcException(e.Cause, $"{e.Message} Nothing was changed.", action, e);
        }
    }

    // Whatever happens to the vault, the token is in the vault or in the output.
    private bool IsStored(OdcPrivateGatewayToken token, OneTimeSecret entry)
    {
        if (token.Token is null)
            return false;
        var (name, failure) = Try(_ => entry.StoreAsync(token.Token, Caller));
        if (name is not null && !entry.Description.Contains($"'{name}'"))
            WriteWarning($"The {entry.Description} could not be written. The token is in the secret '{name}' instead.");
        if (failure is null)
            return true;
        WriteError(ErrorRecords.From(
            new OdcException(failure.Cause, $"The token of the private gateway of {token.StageName ?? token.StageKey} was issued, but not stored as {entry.Description}: {failure.Message}", "The output has the token as property Token: store it with Set-Secret, or run the command again.", failure), token));
        return false;
    }
}
