using System.Collections;
using System.Management.Automation;
using OdcPowerShell.Http;
using OdcPowerShell.Sessions;

namespace OdcPowerShell.Secrets;

/// <summary>A SecretManagement vault, asked late, module-qualified, on the pipeline thread, one call at a time in the process.</summary>
internal sealed class Vault(string? name)
{
    private const string Module = "Microsoft.PowerShell.SecretManagement";

    /// <summary>In plain words, for messages.</summary>
    internal string Description => name is null ? "the default vault" : $"vault '{name}'";

    internal async Task<T> UseAsync<T>(Func<Vault, CancellationToken, T> work, ICaller caller, CancellationToken cancellationToken)
    {
        var gate = SessionTable.Shared.VaultGate;
        await gate.WaitAsync(cancellationToken);
        try
        {
            return await caller.RunOnCallerThreadAsync(stopped => work(this, stopped), cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Only inside <see cref="UseAsync"/>: a secret and its metadata.</summary>
    /// <exception cref="OdcException">The module, the vault or the secret is missing, or the vault is locked.</exception>
    internal (object Value, IDictionary Metadata) Read(string secretName, CancellationToken cancellationToken)
    {
        var found = Call("Get-Secret", secretName, cancellationToken);
        var info = List(WildcardPattern.Escape(secretName), cancellationToken)
            .FirstOrDefault(i => string.Equals(i.Name, secretName, StringComparison.OrdinalIgnoreCase));
        return found.Count > 0 ? (found[0].BaseObject, info?.Metadata ?? new Hashtable()) : throw VaultFailure.NotFound(this, secretName, inner: null);
    }

    /// <summary>Only inside <see cref="UseAsync"/>: name, vault and metadata of the entries that match.</summary>
    internal IEnumerable<VaultEntry> List(string pattern, CancellationToken cancellationToken) =>
        Call("Get-SecretInfo", pattern, cancellationToken).Select(VaultEntry.From);

    /// <summary>Only inside <see cref="UseAsync"/>: writes an entry.</summary>
    internal bool Write(string secretName, object value, Hashtable metadata, bool overwrite, CancellationToken cancellationToken)
    {
        if (!overwrite && List(WildcardPattern.Escape(secretName), cancellationToken).Any())
        {
            throw new OdcException(
                OdcErrorCause.SecretExists, $"{Capital(Description)} already has a secret named '{secretName}'.", "Give another name, or replace it with -Force.");
        }

        Call("Set-Secret", secretName, cancellationToken, ("Secret", value), ("Metadata", metadata));
        return true;
    }

    private IReadOnlyList<PSObject> Call(string command, string secretName, CancellationToken cancellationToken, params (string Name, object? Value)[] more)
    {
        try
        {
            return CommandCall.Invoke($"{Module}\\{command}", cancellationToken, [("Name", secretName), ("Vault", name), .. more]);
        }
        catch (CommandNotFoundException e)
        {
            throw new OdcException(
                OdcErrorCause.VaultModuleMissing, $"The module {Module} is not installed, so no vault can be read.",
                $"Install-Module {Module}, Microsoft.PowerShell.SecretStore; or sign in with -Credential or -EnvironmentVariable.", e);
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw VaultFailure.Explain(e, this, secretName);
        }
    }

    internal static string Capital(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);
}
