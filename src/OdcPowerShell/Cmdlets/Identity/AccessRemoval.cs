namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>A role or a group of a user, and the change that takes it away.</summary>
internal sealed record RemovablePart(string What, Operation Operation, string[] Keys, RequestBody? Body = null);

/// <summary>All that can be taken away from a user. Each kind is read by itself, so that one that can't be read does not keep the others.</summary>
internal sealed class AccessRemoval(OdcClient client, string userKey)
{
    private readonly List<RemovablePart> _parts = [];
    private readonly List<OdcGroup> _mapped = [];
    private readonly List<(string What, OdcException Why)> _failures = [];

    /// <summary>Groups first: a role can come from several groups.</summary>
    internal IReadOnlyList<RemovablePart> Parts => _parts;

    /// <summary>The groups in which the user is through a claim.</summary>
    internal IReadOnlyList<OdcGroup> Mapped => _mapped;

    /// <summary>The kinds that could not be read.</summary>
    internal IReadOnlyList<(string What, OdcException Why)> Failures => _failures;

    internal bool IsRead { get; private set; }

    /// <summary>All parts by name, for a question.</summary>
    internal string Summary
    {
        get
        {
            var unread = _failures.Select(f => $"{f.What} (can't be read: {Reason(f.Why)})");
            var all = _parts.Select(p => p.What).Concat(unread).ToList();
            return all.Count == 0 ? "nothing, the user has no access" : string.Join("; ", all);
        }
    }

    /// <summary>The error of a user that the tenant does not have; null if it has the user.</summary>
    internal OdcException? NoUser => _parts.Count + _mapped.Count == 0 && _failures.Exists(f => f.Why.Cause == OdcErrorCause.NotFound) ? ResourceTypes.User.NotFoundKey(userKey) : null;

    // A question has no room for the details of a request, which the errors show.
    private static string Reason(OdcException why) => why.Cause switch
    {
        OdcErrorCause.AccessDenied => Permission.Lacks((why as OdcApiException)?.RequiredPermission ?? Permission.NotStated.Required),
        _ when why is OdcApiException { StatusCode: > 0 and var status } => FormattableString.Invariant($"the service answered with the status {status}"),
        _ => why.Message.TrimEnd('.'),
    };

    internal static string Of(OdcGroup group) => $"end-user group {group.Name ?? group.GroupKey}{In(group.StageName)}";

    internal async Task<object?> ReadAsync(ICaller caller, CancellationToken cancellationToken)
    {
        IsRead = true;
        await TryAsync("its groups", asking => ReadGroupsAsync(asking, cancellationToken), caller);
        await TryAsync("its end-user roles", asking => ReadEndUserRolesAsync(asking, cancellationToken), caller);
        await TryAsync("its organization roles", asking => ReadOrganizationRolesAsync(asking, cancellationToken), caller);
        return null;
    }

    private async Task TryAsync(string what, Func<ICaller, Task> read, ICaller caller)
    {
        var asking = new ListCaller(caller);
        try
        {
            await read(asking);
            if (asking.Lacks is { } gap)
                _failures.Add((what, new OdcException(OdcErrorCause.UnexpectedResponse, gap, "Run the command again: it takes away what is left.")));
        }
        catch (OdcException e)
        {
            _failures.Add((what, e));
        }
    }

    private async Task ReadGroupsAsync(ICaller caller, CancellationToken cancellationToken)
    {
        foreach (var membership in await IdentityReaders.GroupsOfUser(client, userKey, new Query(), new ListWindow()).ReadAllAsync(caller, cancellationToken))
        {
            if (membership.Group is not { GroupKey: { } key } group)
                continue;
            var types = membership.MembershipTypes ?? [];
            var isMapped = types.Contains("Mapped", StringComparer.OrdinalIgnoreCase);
            if (isMapped)
                _mapped.Add(group);
            if (!isMapped || types.Contains("Assigned", StringComparer.OrdinalIgnoreCase))
                _parts.Add(new RemovablePart(Of(group), IdentityApi.PatchUsersOfGroup, [key], new RequestBody().Add("userKeysToRemove", new[] { userKey })));
        }
    }

    private async Task ReadEndUserRolesAsync(ICaller caller, CancellationToken cancellationToken)
    {
        var query = new Query().Add("assignmentSources", RoleSources.Direct);
        var roles = await IdentityReaders.Named(client, new OffsetPages<OdcUserEndUserRole>(client, IdentityApi.QueryEndUserRolesOfUser, query, new ListWindow(), userKey)).ReadAllAsync(caller, cancellationToken);
        _parts.AddRange(from role in roles
                        where role.EndUserRoleKey is not null
                        select new RemovablePart($"end-user role {role.Name} of {role.AssetName ?? role.AssetKey}{In(role.StageName ?? role.StageKey)}", IdentityApi.RevokeEndUserRole, [userKey, role.EndUserRoleKey!]));
    }

    private async Task ReadOrganizationRolesAsync(ICaller caller, CancellationToken cancellationToken)
    {
        var roles = await IdentityReaders.OrganizationRolesOfUser(client, new RoleOwner(userKey, Name: null, Email: null), new Query(), new ListWindow()).ReadAllAsync(caller, cancellationToken);
        foreach (var same in roles.Where(r => r.OrganizationRoleKey is not null).GroupBy(r => (Key: r.OrganizationRoleKey!, IsOfAsset: r.AssetKey is not null)))
        {
            var assets = same.Where(r => r.AssetKey is not null).ToList();
            var body = assets.Count == 0 ? null : new RequestBody().Add("assetKeys", assets.Select(r => r.AssetKey).ToArray());
            var of = assets.Count == 0 ? "" : " for " + string.Join(", ", assets.Select(r => r.AssetName ?? r.AssetKey));
            _parts.Add(new RemovablePart($"organization role {same.First().Name}{of}", IdentityApi.RevokeOrganizationRole, [userKey, same.Key.Key], body));
        }
    }

    private static string In(string? stage) => stage is null ? "" : " in " + stage;
}
