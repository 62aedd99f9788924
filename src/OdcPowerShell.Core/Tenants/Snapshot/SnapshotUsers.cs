using System.Globalization;
using System.Text.Json.Nodes;
using OdcPowerShell.Identity;

namespace OdcPowerShell.Tenants;

/// <summary>
/// Reads users with their direct roles and organization roles. The list of users has their end-user roles too. Organization roles have limits, which only
/// the list of a user shows: it is requested for members, and not for the many others.
/// </summary>
internal sealed class SnapshotUsers(TenantReader reader, Func<SnapshotPart, Func<SnapshotPart, Task>, Task> partAsync)
{
    internal async Task ReadAsync(SnapshotNames names)
    {
        var users = await reader.UsersAndRolesAsync().ConfigureAwait(false);
        var parts = users.Items.Select(user => partAsync(new SnapshotPart(TenantKinds.User, Stage: null, user.UserKey), part => UserAsync(user, part, names))).ToList();
        parts.Add(partAsync(new SnapshotPart(TenantKinds.User, Stage: null, Item: null), async part =>
        {
            if (!users.IsRead)
                part.AddUnread(users.Reason!);
            else if (await reader.LackingUsersAsync(users.Items).ConfigureAwait(false) is { } missing)
                part.AddUnread(Permission.Lacks(missing));
        }));
        await Task.WhenAll(parts).ConfigureAwait(false);
    }

    private async Task UserAsync(OdcUser user, SnapshotPart part, SnapshotNames names)
    {
        // The service says that the user has roles, and does not list them.
        if (user is { Access.HasEndUserRoles: true, Embedded: null } or { Access.HasEndUserRoles: true, Embedded.EndUserRoles: null })
        {
            part.Unread.Add(new UnreadPart(TenantKinds.User, Stage: null, user.Email, "the service does not report the end-user roles of the user"));
            return;
        }

        IReadOnlyList<OdcUserOrganizationRole> roles = [];
        if (user.Access?.HasOrganizationRoles != false)
        {
            var read = await reader.OrganizationRolesOfUserAsync(user).ConfigureAwait(false);
            if (!read.IsRead)
            {
                part.AddUnread(read.Reason!, user.Email);
                return;
            }

            roles = read.Items;
        }

        part.Add(names, user.UserKey, user.Email, n => new JsonObject().With("email", user.Email).With("name", user.Name).With("isActive", user.IsActive)
            .With("roles", (user.Embedded?.EndUserRoles ?? []).Where(r => r.IsDirect).Select(r => new JsonObject().With("stage", n.Stage(r.StageKey)).With("asset", n.Asset(r.AssetKey)).With("role", r.Name)))
            .With("organizationRoles", roles.Select(r => new JsonObject().With("role", r.Name).With("asset", n.Asset(r.AssetKey))
                .With("from", Time(r.GrantPeriod?.StartTime)).With("until", Time(r.GrantPeriod?.EndTime)))));
    }

    private static string? Time(DateTimeOffset? time) => time is { } moment ? TenantValues.Text(moment) : null;
}
