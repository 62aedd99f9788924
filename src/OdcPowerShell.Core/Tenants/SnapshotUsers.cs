using System.Text.Json.Nodes;
using OdcPowerShell.Identity;

namespace OdcPowerShell.Tenants;

/// <summary>Reads users with their direct roles and organization roles. The roles of users come through the lists of roles, which takes fewer requests than asking for each user.</summary>
internal sealed class SnapshotUsers(TenantReader reader, SnapshotScope scope)
{
    internal async Task AddAsync(Action<TenantDocument> add, Action<UnreadPart> addUnread)
    {
        if (!scope.WithUsers)
            return;
        var users = await reader.UsersAsync().ConfigureAwait(false);
        if (!users.IsRead)
            addUnread(new UnreadPart(TenantKinds.User, Stage: null, Name: null, $"the API client lacks {users.Missing}"));
        foreach (var user in users.Items)
        {
            var content = new JsonObject().With("email", user.Email).With("name", user.Name);
            add(new TenantDocument(TenantKinds.User, Stage: null, user.Email ?? user.UserKey!, content) { Key = user.UserKey });
        }
    }
}
