using OdcPowerShell.Authentication;
using OdcPowerShell.Secrets;

namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Moves the stored credentials that use an address of the organization to another one, or says how.</summary>
internal sealed class CredentialMove
{
    private readonly ChangeCmdlet _cmdlet;
    private readonly TenantAddress? _to;
    private readonly StoredCredentials _found;

    /// <param name="cmdlet">The command.</param>
    /// <param name="from">The hosts that end, sooner or later.</param>
    /// <param name="to">The host that stays.</param>
    internal CredentialMove(ChangeCmdlet cmdlet, IReadOnlyCollection<string> from, string? to)
    {
        _cmdlet = cmdlet;
        _to = to is null ? null : TenantAddress.Parse(to);
        _found = from.Count == 0 ? new StoredCredentials([], []) : StoredCredentials.Find(cmdlet, from);
    }

    /// <summary>Names the entries, with the command for each unless they are moved.</summary>
    internal void Warn(bool moves)
    {
        foreach (var unread in _found.Unread)
            _cmdlet.WriteWarning($"Stored credentials may use an old address, which could not be checked. {unread}");
        if (_found.Entries.Count == 0)
            return;
        var names = string.Join(", ", _found.Entries.Select(e => $"'{e.Name}' (vault {e.VaultName}, {StoredCredentials.HostOf(e)})"));
        var commands = moves || _to is null ? "" : " Use -UpdateCredential, or afterwards:\n" + string.Join("\n", _found.Entries.Select(e => StoredCredentials.CommandFor(e, _to)));
        _cmdlet.WriteWarning($"Stored credentials with an old address: {names}.{commands}");
    }

    /// <summary>Moves each entry, if it is wanted and the user agrees.</summary>
    internal void Make(bool moves)
    {
        foreach (var entry in moves && _to is not null ? _found.Entries : [])
        {
            if (!_cmdlet.ShouldProcess($"vault '{entry.VaultName}', secret '{entry.Name}'", $"Store {_to!.Stored} as the tenant, instead of {StoredCredentials.HostOf(entry)}"))
                continue;
            var (_, failure) = _cmdlet.Try(stopped => StoredCredentials.MoveAsync(entry, _to, _cmdlet.Caller, stopped));
            if (failure is null)
                continue;
            failure.Advise($"The tenant of '{entry.Name}' is still the old one: {StoredCredentials.CommandFor(entry, _to)}");
            _cmdlet.WriteError(ErrorRecords.From(failure, entry.Name));
        }
    }
}
