using System.Collections;
using OdcPowerShell.Sessions;

namespace OdcPowerShell.Parameters;

/// <summary>Names of the connections at hand; nothing is asked of a service.</summary>
public sealed class ConnectionCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => SessionTable.Shared.All.Select(c => c.Name);
}

/// <summary>The states of a user.</summary>
public sealed class UserStatusCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => ["Active", "Inactive", "Invited", "PendingRegistration"];
}

/// <summary>What can be embedded in users.</summary>
public sealed class UserEmbedCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => ["ApplicationRoles", "UserIdentityProviders"];
}

/// <summary>The fields by which users are sorted.</summary>
public sealed class UserSortCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => ["name", "email", "status", "lastLoginAt", "key"];
}
