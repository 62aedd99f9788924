using System.Collections;

namespace OdcPowerShell.Secrets;

/// <summary>A SecretManagement vault, asked late, module-qualified, on the pipeline thread, one call at a time in the process.</summary>
internal sealed class Vault(string? name)
{
    private const string Module = "Microsoft.PowerShell.SecretManagement";
    private const string Store = "Microsoft.PowerShell.SecretStore";
    private const string Nothing = "OdcPowerShell-no-such-secret";

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

    /// <summary>The vault's name, once it is known.</summary>
    internal string? Name => _name;

    /// <summary>The names of all vaults of this user.</summary>
    internal static Task<IReadOnlyList<string>> NamesAsync(ICaller caller, CancellationToken cancellationToken) => new Vault(name: null).UseAsync<IReadOnlyList<string>>(
        (any, stopped) => [.. any.Call("Get-SecretVault", stopped).Select(NameOf).OfType<string>()], caller, cancellationToken);

    /// <summary>Why a vault can't be listed without a question to the user; null if none would ask. A runspace without a host can't ask, so that the question is an error there.</summary>
    internal static Task<string?> QuestionAsync(ICaller caller, CancellationToken cancellationToken) => new Vault(name: null).UseAsync<string?>(
        (any, stopped) =>
        {
            // Only this one asks for a password.
            if (any.Call("Get-SecretVault", stopped).Where(vault => vault.Properties["ModuleName"]?.Value as string == Store).Select(NameOf).FirstOrDefault() is not { } name)
                return null;
            using var shell = PowerShell.Create();
            shell.AddCommand($"{Module}\\Get-SecretInfo").AddParameter("Name", Nothing).AddParameter("Vault", name).AddParameter("ErrorAction", ActionPreference.Stop);
            try
            {
                shell.Invoke();
                return null;
            }
            catch (RuntimeException)
            {
                return $"The vault '{name}' is locked, so that the secrets in vaults are not known. Unlock it with Unlock-SecretStore.";
            }
        },
        caller,
        cancellationToken);

    /// <summary>Only inside <see cref="UseAsync"/>: a secret, with its metadata, or with why those can't be read.</summary>
    /// <exception cref="OdcException">The module, the vault or the secret is missing, or the vault is locked.</exception>
    internal VaultSecret Read(string secretName, CancellationToken cancellationToken)
    {
        ChooseDefault(cancellationToken);
        var found = Call("Get-Secret", cancellationToken, ("Name", secretName), ("Vault", _name));
        if (found.Count == 0)
            throw VaultFailure.NotFound(this, secretName, inner: null);
        try
        {
            return new VaultSecret(found[0]?.BaseObject, Find(secretName, cancellationToken)?.Metadata ?? new Hashtable());
        }
        catch (OdcException e)
        {
            // Reading a secret may be allowed where listing is not.
            return new VaultSecret(found[0]?.BaseObject, new Hashtable()) { WithoutMetadata = e };
        }
    }

    /// <summary>Only inside <see cref="UseAsync"/>: name, vault and metadata of the entries that match, of all vaults when none was named.</summary>
    internal IEnumerable<VaultEntry> List(string pattern, CancellationToken cancellationToken)
    {
        // SecretManagement itself warns with a paragraph of its own, and continues.
        if (_name is null && Call("Get-SecretVault", cancellationToken).Count == 0)
            throw VaultFailure.None();
        return Call("Get-SecretInfo", cancellationToken, ("Name", pattern), ("Vault", _name)).Where(e => e is not null).Select(VaultEntry.From);
    }

    /// <summary>Only inside <see cref="UseAsync"/>: the vault that will be written to, which has no entry of that name unless it may be replaced.</summary>
    /// <exception cref="OdcException">There is one.</exception>
    internal string RequireFree(string secretName, bool overwrite, CancellationToken cancellationToken)
    {
        ChooseDefault(cancellationToken);
        if (!overwrite && Find(secretName, cancellationToken) is not null)
        {
            throw new OdcException(
                OdcErrorCause.SecretExists, $"{MessageText.Capital(Description)} already has a secret named '{secretName}'.", "Specify another name, or replace it with -Force.");
        }

        return _name!;
    }

    /// <summary>Only inside <see cref="UseAsync"/>: writes an entry.</summary>
    internal bool Write(string secretName, object value, Hashtable metadata, bool overwrite, CancellationToken cancellationToken)
    {
        RequireFree(secretName, overwrite, cancellationToken);
        RequireMetadata(cancellationToken);
        Call("Set-Secret", cancellationToken, ("Name", secretName), ("Vault", _name), ("Secret", value), ("Metadata", metadata));
        return true;
    }

    /// <summary>Only inside <see cref="UseAsync"/>: writes or replaces a secret without metadata.</summary>
    internal void WriteSecret(string secretName, System.Security.SecureString value, CancellationToken cancellationToken)
    {
        ChooseDefault(cancellationToken);
        Call("Set-Secret", cancellationToken, ("Name", secretName), ("Vault", _name), ("Secret", value));
    }

    /// <summary>Only inside <see cref="UseAsync"/>: removes a secret.</summary>
    internal void Remove(string secretName, CancellationToken cancellationToken) => Call("Remove-Secret", cancellationToken, ("Name", secretName), ("Vault", _name));

    /// <summary>Only inside <see cref="UseAsync"/>: replaces what is kept beside a secret. The secret is neither read nor written.</summary>
    internal bool WriteMetadata(string secretName, Hashtable metadata, CancellationToken cancellationToken)
    {
        Call("Set-SecretInfo", cancellationToken, ("Name", secretName), ("Vault", _name), ("Metadata", metadata));
        return true;
    }

    // SecretManagement writes the secret first, and finds out afterwards that its metadata can't be kept.
    private void RequireMetadata(CancellationToken cancellationToken)
    {
        try
        {
            Invoke("Set-SecretInfo", cancellationToken, ("Name", Nothing), ("Vault", _name), ("Metadata", new Hashtable { [EntryMetadata.Kind] = "Probe" }));
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            // That there is no such entry is what a vault with metadata says.
            if (VaultFailure.Said(VaultFailure.Chain(e.ErrorRecord?.Exception ?? e)).Contains("does not support the Set-SecretInfo"))
                throw VaultFailure.WithoutMetadata(this, e.ErrorRecord?.Exception);
        }
        catch (CommandStoppedException e)
        {
            throw VaultFailure.Unanswered(this, e);
        }
    }

    private VaultEntry? Find(string secretName, CancellationToken cancellationToken) =>
        List(WildcardPattern.Escape(secretName), cancellationToken).FirstOrDefault(i => string.Equals(i.Name, secretName, StringComparison.OrdinalIgnoreCase));

    // Named, because SecretManagement itself looks through all vaults, and another one's entry may be another tenant's.
    private void ChooseDefault(CancellationToken cancellationToken)
    {
        if (_name is not null)
            return;
        var vaults = Call("Get-SecretVault", cancellationToken);
        var chosen = vaults.FirstOrDefault(v => v.Properties["IsDefault"]?.Value is true) ?? (vaults.Count == 1 ? vaults[0] : null);
        _name = (chosen is null ? null : NameOf(chosen)) ?? throw VaultFailure.NoDefault(inner: null);
    }

    private static string? NameOf(PSObject vault) => vault.Properties["Name"]?.Value?.ToString();

    private IReadOnlyList<PSObject> Call(string command, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        try
        {
            return Invoke(command, cancellationToken, parameters);
        }
        catch (CommandStoppedException e)
        {
            throw VaultFailure.Unanswered(this, e);
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

    private static IReadOnlyList<PSObject> Invoke(string command, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        try
        {
            return CommandCall.Invoke($"{Module}\\{command}", cancellationToken, parameters);
        }
        catch (CommandNotFoundException e)
        {
            // With $PSModuleAutoLoadingPreference = 'None' an installed module is not loaded by itself.
            if (!IsLoadable(cancellationToken))
                throw new CommandNotFoundException(e.Message, e);
            return CommandCall.Invoke($"{Module}\\{command}", cancellationToken, parameters);
        }
    }

    private static bool IsLoadable(CancellationToken cancellationToken)
    {
        try
        {
            var loaded = CommandCall.Invoke("Microsoft.PowerShell.Core\\Get-Module", cancellationToken, ("Name", Module));
            return loaded.Count == 0
                && CommandCall.Invoke("Microsoft.PowerShell.Core\\Import-Module", cancellationToken, ("Name", Module), ("Global", true), ("PassThru", true)).Count > 0;
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            return false;
        }
    }
}

/// <summary>A secret of a vault with what stands beside it.</summary>
internal sealed record VaultSecret(object? Value, IDictionary Metadata)
{
    /// <summary>Why the metadata can't be read; null where they can.</summary>
    internal OdcException? WithoutMetadata { get; init; }
}

/// <summary>One caller's turn at the vaults. It lasts as long as the work, even when that is not waited for any more.</summary>
internal sealed class VaultTurn(SemaphoreSlim gate)
{
    private int _isTaken;

    internal T Take<T>(Func<T> work)
    {
        if (Interlocked.Exchange(ref _isTaken, 1) != 0)
            throw new OperationCanceledException();
        try
        {
            return work();
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Ends a turn that was not taken, and will not be.</summary>
    internal void GiveUp()
    {
        if (Interlocked.Exchange(ref _isTaken, 1) == 0)
            gate.Release();
    }
}

/// <summary>The metadata of a vault entry.</summary>
internal sealed record VaultEntry(string Name, string? VaultName, IDictionary Metadata)
{
    internal static VaultEntry From(PSObject info)
    {
        var metadata = new Hashtable(StringComparer.OrdinalIgnoreCase);
        var kept = info.Properties["Metadata"]?.Value;
        switch (kept is PSObject wrapped ? wrapped.BaseObject : kept)
        {
            case IDictionary table:
                foreach (DictionaryEntry pair in table)
                    metadata[pair.Key] = pair.Value;
                break;
            case IEnumerable<KeyValuePair<string, object>> pairs:
                foreach (var pair in pairs)
                    metadata[pair.Key] = pair.Value;
                break;
        }

        return new VaultEntry(Text(info, "Name") ?? "", Text(info, "VaultName"), metadata);
    }

    private static string? Text(PSObject info, string property) => info.Properties[property]?.Value?.ToString();
}
