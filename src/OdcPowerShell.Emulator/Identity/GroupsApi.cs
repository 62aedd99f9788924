namespace OdcPowerShell.Emulator;

internal sealed class GroupsApi(EmulatedTenant tenant, UserLists lists)
{
    private const string Groups = IdentityAccess.Base + "/groups";
    private const string One = Groups + "/{key}";
    private readonly EmulatedIdentity _identity = tenant.Identity;
    private readonly Store _store = tenant.Store;

    public void Map(ApiMap map)
    {
        var manage = Access.OneOf("User management > Manage end-user groups");
        map.List(Groups, manage, Paging.Totals, _ => _store.Groups.All)
            .Contains("nameContains", group => group.Name)
            .In(call => lists.StageFilter(call.Query), group => group.StageKey)
            .Where(call => call.Query.Guid("identityProviderKey") is { } provider
                ? group => group.ClaimMappings.Any(mapping => mapping.ProviderKey == provider)
                : null)
            // Groups with the same name, of other stages, by their last change.
            .OrderedBy(_ => [(group => group.Name, false), (group => group.UpdatedAt, true)])
            .As(Body);
        map.Get(One, manage, call => Body(Find(call)));
        map.Post<CreateBody>(Groups, manage, (_, body) => new { Key = Create(body) });
        map.Patch<PatchBody>(One, manage, (call, body) =>
        {
            var group = Find(call);
            var name = body.Name is null ? group.Name : IdentityCause.Required("name", body.Name);
            _identity.Set(CheckName(group with { Name = name, Description = body.Description ?? group.Description }));
        });
        map.Delete(One, manage, Delete);
        map.Delete($"{One}/claim-mappings/{{mappingKey}}", manage, DeleteMapping);

        map.List($"{One}/users", manage, Paging.Totals, Members)
            .OneOrMany("userKey", "userKeys", user => user.Key)
            .WithNames()
            .Dates("lastLoginAtSince", "lastLoginAtTo", user => user.LastLoginAt)
            .AsFor(lists.UserOfGroup);
        map.Patch<MembersBody>($"{One}/users", manage, PatchUsers, status: 200);
        map.List($"{One}/application-roles", manage, Paging.Totals, call => Find(call).Roles)
            .Key("assetKey", role => role.AssetKey)
            .OneOrMany("applicationRoleKey", "applicationRoleKeys", role => role.Key)
            .Contains("nameContains", role => role.Name)
            .SortedByChoice(("Name", role => role.Name), ("AssetKey", role => role.AssetKey))
            .As(lists.Role);
        map.Patch<MembersBody>($"{One}/application-roles", manage, PatchRoles, status: 200);

        map.List($"{IdentityAccess.Base}/users/{{key}}/groups", manage, Paging.Totals, Memberships)
            .Contains("nameContains", entry => entry.Group.Name)
            .In(call => lists.StageFilter(call.Query), entry => entry.Group.StageKey)
            .Where(call => call.Query.Guid("assetKey") is { } asset ? entry => entry.Group.Roles.Any(role => role.AssetKey == asset) : null)
            .OrderedBy(_ => [(entry => entry.Group.Name, false)])
            .As(entry => new { MembershipTypes = entry.Membership.Types, Group = Body(entry.Group) });
    }

    private EmulatedGroup Find(ApiCall call) => _store.Groups[call.Key("key")];

    private IEnumerable<EmulatedUser> Members(ApiCall call)
    {
        var group = Find(call);
        var type = call.Query.Choice("membershipType", "Assigned", "Mapped");
        return lists.Sorted(call).Where(user => user.MembershipIn(group.Key)?.IsOf(type) == true);
    }

    private IEnumerable<(GroupMembership Membership, EmulatedGroup Group)> Memberships(ApiCall call)
    {
        var user = lists.Visible(call);
        var type = call.Query.Choice("membershipType", "Assigned", "Mapped");
        return user.Memberships.Where(membership => membership.IsOf(type))
            .Select(membership => (membership, _store.Groups[membership.GroupKey]));
    }

    private object Body(EmulatedGroup group) => new
    {
        group.Key, group.Name, group.Description, EnvironmentKey = group.StageKey, tenant.PortfolioKey,
        UpdatedAt = group.UpdatedAt.UtcDateTime,
        GroupIdpClaimMappings = group.ClaimMappings.Select(mapping => new
        {
            mapping.Key, mapping.ProviderKey,
            ForeignClaim = new { Name = mapping.ClaimName, mapping.ValueDelimiter, Value = mapping.ClaimValue },
            LastUpdatedDate = mapping.LastUpdatedDate?.UtcDateTime,
        }).ToArray(),
    };

    private Guid Create(CreateBody body)
    {
        var name = IdentityCause.Required("name", body.Name);
        if (body.EnvironmentKey == Guid.Empty)
            throw IdentityCause.Missing("environmentKey");
        _store.Stages.OfBody("environmentKey", [body.EnvironmentKey]);
        var roles = RolesOf(body.ApplicationRoleKeys, body.EnvironmentKey, "applicationRoleKeys");
        var group = CheckName(new EmulatedGroup(
            _store.NewKey("created-group"), name, body.Description, body.EnvironmentKey, DateTimeOffset.UtcNow, [])
        {
            Roles = _identity.InOrder(roles),
        });
        var users = _identity.UserTable.OfBody("userKeys", body.UserKeys);
        _store.Groups.Set(group);
        users.ForEach(user => _identity.Set(user.WithAssignment(group.Key, isAssigned: true)));
        return group.Key;
    }

    // As in the portal, only an empty group can be deleted.
    private void Delete(ApiCall call)
    {
        var group = Find(call);
        if (_identity.Members(group.Key).Count > 0)
            throw new ProblemException(400, 15, "A group that has users can't be deleted.");
        _store.Groups.Remove(group.Key);
    }

    // Without its last mapping a group loses the members that have a claim.
    private void DeleteMapping(ApiCall call)
    {
        var group = Find(call);
        EmulatedClaimMapping[] others = [.. group.ClaimMappings.Where(other => other.Key != call.Key("mappingKey"))];
        if (others.Length == group.ClaimMappings.Count)
            throw ProblemException.NotFound("claim mapping", call.Key("mappingKey"));
        _identity.Set(group with { ClaimMappings = others });
        if (others.Length == 0)
            _identity.Members(group.Key).ForEach(user => _identity.Set(user.With(user.MembershipIn(group.Key)! with { IsMapped = false })));
    }

    private void PatchUsers(ApiCall call, MembersBody body)
    {
        var group = Find(call);
        var added = _identity.UserTable.OfBody("userKeysToAdd", body.UserKeysToAdd);
        _identity.UserTable.OfBody("userKeysToRemove", body.UserKeysToRemove);
        _identity.Set(group);
        added.ForEach(user => _identity.Set(user.WithAssignment(group.Key, isAssigned: true)));
        // As they are now: a user that was added can be among them.
        _identity.UserTable.OfBody("", body.UserKeysToRemove)
            .ForEach(user => _identity.Set(user.WithAssignment(group.Key, isAssigned: false)));
    }

    private void PatchRoles(ApiCall call, MembersBody body)
    {
        var group = Find(call);
        var added = RolesOf(body.ApplicationRoleKeysToAdd, group.StageKey, "applicationRoleKeysToAdd");
        var removed = RolesOf(body.ApplicationRoleKeysToRemove, group.StageKey, "applicationRoleKeysToRemove");
        _identity.Set(group with { Roles = _identity.InOrder(group.Roles.Union(added).Except(removed)) });
    }

    private List<EmulatedRole> RolesOf(IReadOnlyList<Guid>? keys, Guid stage, string member) => [.. (keys ?? []).Select(key =>
        _store.Roles.Find(key) is { } role && role.StageKey == stage
            ? role
            : throw IdentityCause.Unknown(member, "application role of the group's environment", key))];

    private EmulatedGroup CheckName(EmulatedGroup group) => _store.Groups.All.Any(other => other.Key != group.Key
        && other.StageKey == group.StageKey
        && string.Equals(other.Name, group.Name, StringComparison.OrdinalIgnoreCase))
        ? throw IdentityCause.Invalid("name", $"The stage already has a group with the name '{group.Name}'.", 14)
        : group;

    private sealed record CreateBody(
        string? Name = null, string? Description = null, Guid EnvironmentKey = default, IReadOnlyList<Guid>? ApplicationRoleKeys = null,
        IReadOnlyList<Guid>? UserKeys = null);

    private sealed record PatchBody(string? Name = null, string? Description = null);

    private sealed record MembersBody(
        IReadOnlyList<Guid>? UserKeysToAdd, IReadOnlyList<Guid>? UserKeysToRemove, IReadOnlyList<Guid>? ApplicationRoleKeysToAdd,
        IReadOnlyList<Guid>? ApplicationRoleKeysToRemove);
}
