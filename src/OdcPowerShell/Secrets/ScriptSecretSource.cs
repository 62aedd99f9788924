using System.Management.Automation;
using System.Management.Automation.Runspaces;
using OdcPowerShell.Authentication;
using OdcPowerShell.Http;

namespace OdcPowerShell.Secrets;

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
            return CredentialShape.Read(found.Count == 0 ? null : found[found.Count - 1], Description);
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            throw new OdcException(
                OdcErrorCause.CredentialProviderFailed, $"The credential provider failed: {Redactor.Excerpt(e.Message)}",
                "Run the script block by itself; its last output must be a PSCredential.", e);
        }
    }
}
