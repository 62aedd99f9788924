namespace OdcPowerShell.Emulator;

/// <summary>End-user groups.</summary>
internal sealed class GroupsApi(EmulatedTenant tenant)
{
    private const string Groups = IdentityApi.Base + "/groups";

    private readonly GroupWrites _writes = new(tenant);

    public void Map(ApiMap map)
    {
        map.Get(Groups, IdentityAccess.ManageGroups, Query);
        map.Get($"{Groups}/{{key}}", IdentityAccess.ManageGroups, Get);
        map.Get($"{IdentityApi.Base}/users/{{key}}/groups", IdentityAccess.ManageGroups, QueryOfUser);
        map.Post(Groups, IdentityAccess.ManageGroups, Create);
        map.Map("PATCH", $"{Groups}/{{key}}", IdentityAccess.ManageGroups, Patch);
        map.Map("DELETE", $"{Groups}/{{key}}", IdentityAccess.ManageGroups, Delete);
        map.Map("DELETE", $"{Groups}/{{key}}/claim-mappings/{{mappingKey}}", IdentityAccess.ManageGroups, DeleteMapping);
    }

    private Task Query(ApiCall call)
    {
        var provider = call.Query.Guid("identityProviderKey");
        var filter = Filter(call.Query);
        var groups = tenant.Identity.Groups.Where(group =>
            filter(group) && (provider is null || group.ClaimMappings.Any(mapping => mapping.ProviderKey == provider)));
        return call.PageAsync(groups, group => GroupBody.Of(group, tenant), IdentityWireJson.Default.PagedBodyGroupBody);
    }

    private Task Get(ApiCall call) =>
        call.JsonAsync(GroupBody.Of(tenant.Identity.State.Group(call.Key("key")), tenant), IdentityWireJson.Default.GroupBody);

    private Task QueryOfUser(ApiCall call)
    {
        var state = tenant.Identity.State;
        var user = state.User(call.Key("key"), IdentityAccess.VisibleTo(call.Client));
        var type = call.Query.Choice<MembershipType>("membershipType");
        var roles = call.Query.Guid("assetKey") is { } asset ? tenant.Roles.OfAsset(asset) : (ulong?)null;
        var filter = Filter(call.Query);
        var memberships = user.Memberships.Where(membership => membership.Is(type))
            .Select(membership => (Membership: membership, Group: state.Groups[membership.GroupKey]))
            .Where(entry => filter(entry.Group) && (roles is null || (entry.Group.Roles & roles) != 0))
            .OrderBy(entry => entry.Group.Name, StringComparer.OrdinalIgnoreCase);
        return call.PageAsync(
            memberships,
            entry => new UserMembershipBody(entry.Membership.Types(), GroupBody.Of(entry.Group, tenant)),
            IdentityWireJson.Default.PagedBodyUserMembershipBody);
    }

    private async Task Create(ApiCall call)
    {
        var body = await call.ReadAsync(IdentityWireJson.Default.CreateGroupBody);
        await call.CreatedAsync(new CreatedBody(_writes.Create(body)), IdentityWireJson.Default.CreatedBody);
    }

    private async Task Patch(ApiCall call)
    {
        var key = call.Key("key");
        _writes.Patch(key, await call.ReadAsync(IdentityWireJson.Default.PatchGroupBody));
        call.Empty(StatusCodes.Status204NoContent);
    }

    private Task Delete(ApiCall call)
    {
        _writes.Delete(call.Key("key"));
        return call.EmptyAsync(StatusCodes.Status204NoContent);
    }

    private Task DeleteMapping(ApiCall call)
    {
        _writes.DeleteMapping(call.Key("key"), call.Key("mappingKey"));
        return call.EmptyAsync(StatusCodes.Status204NoContent);
    }

    private Predicate<EmulatedGroup> Filter(QueryReader query)
    {
        var name = query.Text("nameContains");
        var stages = query.StageFilter(tenant);
        return group => group.Name.Matches(name) && stages?.Contains(group.StageKey) != false;
    }
}
