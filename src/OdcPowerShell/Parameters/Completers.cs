using System.Collections;
using OdcPowerShell.Sessions;

namespace OdcPowerShell.Parameters;

/// <summary>Names of the connections at hand; nothing is asked of a service.</summary>
public sealed class ConnectionCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => SessionTable.Shared.All.Select(c => c.Name);
}

/// <summary>Offers nothing, where Tab would offer the names of files.</summary>
public sealed class NoCompleter() : KnownValueCompleter
{
    internal override bool IsClosed => false;
}

/// <summary>The states of a user.</summary>
public sealed class UserStatusCompleter() : KnownValueCompleter("Active", "Inactive", "Invited", "PendingRegistration");

/// <summary>What can be embedded in users.</summary>
public sealed class UserEmbedCompleter() : KnownValueCompleter("ApplicationRoles", "UserIdentityProviders")
{
    private protected override IReadOnlyList<string> Offered => ["EndUserRoles", "IdentityProviders"];

    // The properties of Embedded have the portal's words.
    internal override string? Find(string value) => base.Find(value.ToUpperInvariant() switch
    {
        "ENDUSERROLES" => "ApplicationRoles",
        "IDENTITYPROVIDERS" => "UserIdentityProviders",
        _ => value,
    });
}

/// <summary>The fields by which users are sorted.</summary>
public sealed class UserSortCompleter() : KnownValueCompleter("name", "email", "status", "lastLoginAt", "key");
