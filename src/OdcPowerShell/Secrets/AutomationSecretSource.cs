using System.Management.Automation;
using OdcPowerShell.Authentication;
using OdcPowerShell.Http;

namespace OdcPowerShell.Secrets;

/// <summary>A credential asset of Azure Automation.</summary>
internal sealed class AutomationSecretSource(string assetName) : ISecretSource
{
    private const string Command = "Get-AutomationPSCredential";

    public string Description => $"Azure Automation credential '{assetName}'";

    public bool CanChange => true;

    public Task<ClientCredential> ReadAsync(ICaller caller, CancellationToken cancellationToken) => caller.RunOnCallerThreadAsync(Read, cancellationToken);

    private ClientCredential Read(CancellationToken cancellationToken)
    {
        try
        {
            var found = CommandCall.Invoke(Command, cancellationToken, ("Name", assetName));
            return found.Count > 0 && found[0]?.BaseObject is PSCredential credential
                ? CredentialShape.Read(credential, Description)
                : throw Missing($"Azure Automation has no credential asset named '{assetName}'.", inner: null);
        }
        catch (CommandNotFoundException e)
        {
            throw Missing($"{Command} exists only inside Azure Automation.", e);
        }
        catch (CommandStoppedException e)
        {
            throw Missing($"The credential asset '{assetName}' can't be read: {e.Message}", e);
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            throw Missing($"The credential asset '{assetName}' can't be read: {Redactor.Excerpt(e.Message)}", e);
        }
    }

    private static OdcException Missing(string message, Exception? inner) => new(
        OdcErrorCause.AutomationCredentialMissing, message,
        "In the Automation account, add a credential asset with the client id as user name; elsewhere use -SecretName, -EnvironmentVariable or -Credential.", inner);
}
