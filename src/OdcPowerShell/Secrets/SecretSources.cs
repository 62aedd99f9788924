using System.Management.Automation.Runspaces;
using OdcPowerShell.Authentication;

namespace OdcPowerShell.Secrets;

/// <summary>A secret in a SecretManagement vault, with tenant, client and expiry date from its metadata.</summary>
internal sealed class VaultSecretSource(Vault vault, string secretName) : ISecretSource
{
    public string Description => $"{vault.Description}, secret '{secretName}'";

    public bool CanChange => true;

    public async Task<ClientCredential> ReadAsync(ICaller caller, CancellationToken cancellationToken)
    {
        var credential = await vault.UseAsync(Read, caller, cancellationToken);
        if (credential.Remark is { } remark)
            caller.Warning(remark);
        return credential;
    }

    private ClientCredential Read(Vault open, CancellationToken cancellationToken)
    {
        var secret = open.Read(secretName, cancellationToken);
        var metadata = secret.Metadata;
        var credential = CredentialShape.Read(secret.Value ?? "", Description);
        return credential with
        {
            Remark = credential.Remark ?? Unlisted(secret.WithoutMetadata) ?? EntryMetadata.Unread(metadata, Description),
            ClientId = credential.ClientId ?? EntryMetadata.Text(metadata, EntryMetadata.ClientId),
            Tenant = credential.Tenant ?? EntryMetadata.Text(metadata, EntryMetadata.Tenant),
            SecretExpiresOn = credential.SecretExpiresOn ?? EntryMetadata.Date(metadata, EntryMetadata.ExpiresOn),
        };
    }

    private static string? Unlisted(OdcException? e) => e is null ? null : $"What is stored beside the secret, such as its expiry date, can't be read. {e.Message}";
}

/// <summary>
/// A script block that returns the credential. In the runspace where it was written it runs as it is; elsewhere as a copy without that
/// runspace's variables, because a script block must not run on another runspace's thread.
/// </summary>
internal sealed class ScriptSecretSource(ScriptBlock script) : ISecretSource
{
    private readonly Guid _home = Runspace.DefaultRunspace.InstanceId;

    public string Description => "credential provider";

    public bool CanChange => true;

    public Task<ClientCredential> ReadAsync(ICaller caller, CancellationToken cancellationToken) => caller.RunOnCallerThreadAsync(Read, cancellationToken);

    private ClientCredential Read(CancellationToken cancellationToken)
    {
        try
        {
            var here = Runspace.DefaultRunspace.InstanceId == _home ? script : ScriptBlock.Create(script.ToString());
            var found = here.Invoke();
            var credential = CredentialShape.Read(found.Count == 0 ? null : found[found.Count - 1], Description);
            return credential.ClientId is not null ? credential
                : throw ApiClient.WithoutId(this, "Return a PSCredential whose user name is the client id, or a hashtable with ClientId and ClientSecret.");
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            throw new OdcException(
                OdcErrorCause.CredentialProviderFailed, $"The credential provider failed: {Redactor.Excerpt(e.Message)}",
                "Run the script block by itself; its last output must be a PSCredential.", e);
        }
    }
}

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
