namespace OdcPowerShell.Emulator;

/// <summary>Creates, changes and deletes groups.</summary>
internal sealed class GroupWrites(EmulatedTenant tenant)
{
    private readonly EmulatedIdentity _identity = tenant.Identity;
    private int _created;

    public Guid Create(CreateGroupBody body)
    {
        if (string.IsNullOrWhiteSpace(body.Name))
            throw new ProblemException(IdentityCause.Missing("name"));
        if (body.EnvironmentKey == Guid.Empty)
            throw new ProblemException(IdentityCause.Missing("environmentKey"));
        if (!tenant.Stages.Any(stage => stage.Key == body.EnvironmentKey))
            throw new ProblemException(IdentityCause.Unknown("environmentKey", "environment", body.EnvironmentKey));

        var key = _identity.Derive.Guid($"created-group/{Interlocked.Increment(ref _created)}");
        var group = new EmulatedGroup(key, body.Name, body.Description, body.EnvironmentKey, DateTimeOffset.UtcNow, [])
        {
            Roles = RoleBits(body.ApplicationRoleKeys, body.EnvironmentKey, "applicationRoleKeys"),
        };
        _identity.Change(state =>
        {
            RefuseTaken(state, group);
            var users = UsersOf(state, body.UserKeys, "userKeys");
            return (state with { Groups = state.Groups.Add(key, group) })
                .With(users, user => user.ToDetails().WithAssignment(key, assigned: true));
        });
        return key;
    }

    public void Patch(Guid key, PatchGroupBody body) => _identity.Change(state =>
    {
        var group = state.Group(key);
        if (body.Name is not null && string.IsNullOrWhiteSpace(body.Name))
            throw new ProblemException(IdentityCause.Missing("name"));
        group = group with { Name = body.Name ?? group.Name, Description = body.Description ?? group.Description };
        RefuseTaken(state, group);
        return state.With(group);
    });

    /// <summary>As in the portal, only an empty group can go.</summary>
    public void Delete(Guid key) => _identity.Change(state => state.MembersOf(state.Group(key)).Any()
        ? throw new ProblemException(IdentityCause.GroupHasUsers)
        : state with { Groups = state.Groups.Remove(key) });

    /// <summary>With a group's last mapping go the members that came by a claim.</summary>
    public void DeleteMapping(Guid key, Guid mapping) => _identity.Change(state =>
    {
        var group = state.Group(key);
        var others = group.ClaimMappings.Where(other => other.Key != mapping).ToList();
        if (others.Count == group.ClaimMappings.Count)
            throw new ProblemException(Cause.NotFound("claim mapping", mapping));
        group = group with { ClaimMappings = others };
        return others.Count > 0
            ? state.With(group)
            : state.With(group, user => user.ToDetails().WithMembership(user.MembershipIn(group)! with { IsMapped = false }));
    });

    public void PatchUsers(Guid key, PatchGroupUsersBody body) => _identity.Change(state =>
    {
        var group = state.Group(key);
        _ = UsersOf(state, body.UserKeysToAdd, "userKeysToAdd");
        _ = UsersOf(state, body.UserKeysToRemove, "userKeysToRemove");
        var next = state.With(group);
        next = next.With(UsersOf(next, body.UserKeysToAdd, ""), user => user.ToDetails().WithAssignment(key, assigned: true));
        return next.With(UsersOf(next, body.UserKeysToRemove, ""), user => user.ToDetails().WithAssignment(key, assigned: false));
    });

    public void PatchRoles(Guid key, PatchGroupRolesBody body) => _identity.Change(state =>
    {
        var group = state.Group(key);
        var added = RoleBits(body.ApplicationRoleKeysToAdd, group.StageKey, "applicationRoleKeysToAdd");
        var removed = RoleBits(body.ApplicationRoleKeysToRemove, group.StageKey, "applicationRoleKeysToRemove");
        return state.With(group with { Roles = (group.Roles | added) & ~removed });
    });

    private ulong RoleBits(IReadOnlyList<Guid>? keys, Guid stage, string member)
    {
        var ofStage = tenant.Roles.OfStages([stage]);
        return (keys ?? []).Aggregate(0UL, (bits, key) => (tenant.Roles.Bit(key) & ofStage) is > 0 and var bit
            ? bits | bit
            : throw new ProblemException(IdentityCause.Unknown(member, "application role of the group's environment", key)));
    }

    private static List<EmulatedUser> UsersOf(IdentityState state, IReadOnlyList<Guid>? keys, string member) => [.. (keys ?? []).Distinct()
        .Select(key => state.Users.Find(key) ?? throw new ProblemException(IdentityCause.Unknown(member, "user", key)))];

    private static void RefuseTaken(IdentityState state, EmulatedGroup group)
    {
        if (state.Groups.Values.Any(other => other.Key != group.Key
            && other.StageKey == group.StageKey
            && string.Equals(other.Name, group.Name, StringComparison.OrdinalIgnoreCase)))
            throw new ProblemException(IdentityCause.GroupTaken(group.Name));
    }
}
