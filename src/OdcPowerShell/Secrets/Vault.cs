using System.Collections;
using System.Management.Automation;
using OdcPowerShell.Http;
using OdcPowerShell.Sessions;

namespace OdcPowerShell.Secrets;

/// <summary>A SecretManagement vault, asked late, module-qualified, on the pipeline thread, one call at a time in the process.</summary>
internal sealed class Vault(string? name)
{
    private const string Module = "Microsoft.PowerShell.SecretManagement";

    private string? _name = name;

    /// <summary>In plain words, for messages.</summary>
    internal string Description => _name is null ? "the default vault" : $"vault '{_name}'";

    internal async Task<T> UseAsync<T>(Func<Vault, CancellationToken, T> work, ICaller caller, CancellationToken cancellationToken)
    {
        var gate = SessionTable.Shared.VaultGate;
        await gate.WaitAsync(cancellationToken);
        var turn = new VaultTurn(gate);
        try
        {
            return await caller.RunOnCallerThreadAsync(stopped => turn.Take(() => work(this, stopped)), cancellationToken);
        }
        finally
        {
            turn.GiveUp();
        }
    }

    /// <summary>Only inside <see cref="UseAsync"/>: a secret and its metadata.</summary>
    /// <exception cref="OdcException">The module, the vault or the secret is missing, or the vault is locked.</exception>
    internal (object Value, IDictionary Metadata) Read(string secretName, CancellationToken cancellationToken)
    {
        ChooseDefault(cancellationToken);
        var found = Call("Get-Secret", cancellationToken, ("Name", secretName), ("Vault", _name));
        var info = List(WildcardPattern.Escape(secretName), cancellationToken)
            .FirstOrDefault(i => string.Equals(i.Name, secretName, StringComparison.OrdinalIgnoreCase));
        return found.Count > 0 ? (found[0].BaseObject, info?.Metadata ?? new Hashtable()) : throw VaultFailure.NotFound(this, secretName, inner: null);
    }

    /// <summary>Only inside <see cref="UseAsync"/>: name, vault and metadata of the entries that match, of all vaults when none was named.</summary>
    internal IEnumerable<VaultEntry> List(string pattern, CancellationToken cancellationToken)
    {
        // SecretManagement itself warns with a paragraph of its own, and goes on.
        if (_name is null && Call("Get-SecretVault", cancellationToken).Count == 0)
            throw VaultFailure.None();
        return Call("Get-SecretInfo", cancellationToken, ("Name", pattern), ("Vault", _name)).Select(VaultEntry.From);
    }

    /// <summary>Only inside <see cref="UseAsync"/>: writes an entry.</summary>
    internal bool Write(string secretName, object value, Hashtable metadata, bool overwrite, CancellationToken cancellationToken)
    {
        ChooseDefault(cancellationToken);
        if (!overwrite && List(WildcardPattern.Escape(secretName), cancellationToken).Any())
        {
            throw new OdcException(
                OdcErrorCause.SecretExists, $"{Capital(Description)} already has a secret named '{secretName}'.", "Give another name, or replace it with -Force.");
        }

        Call("Set-Secret", cancellationToken, ("Name", secretName), ("Vault", _name), ("Secret", value), ("Metadata", metadata));
        return true;
    }

    // Named, because SecretManagement itself looks through all vaults, and another one's entry may be another tenant's.
    private void ChooseDefault(CancellationToken cancellationToken)
    {
        if (_name is not null)
            return;
        var vaults = Call("Get-SecretVault", cancellationToken);
        var chosen = vaults.FirstOrDefault(v => v.Properties["IsDefault"]?.Value is true) ?? (vaults.Count == 1 ? vaults[0] : null);
        _name = chosen?.Properties["Name"]?.Value?.ToString() ?? throw VaultFailure.NoDefault(inner: null);
    }

    private IReadOnlyList<PSObject> Call(string command, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        try
        {
            return CommandCall.Invoke($"{Module}\\{command}", cancellationToken, parameters);
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
            throw VaultFailure.Explain(e, this, parameters.FirstOrDefault(p => p.Name == "Name").Value?.ToString() ?? "");
        }
    }

    internal static string Capital(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);
}
