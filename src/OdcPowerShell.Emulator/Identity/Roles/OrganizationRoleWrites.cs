namespace OdcPowerShell.Emulator;

/// <summary>Creates, changes and deletes organization roles.</summary>
internal sealed class OrganizationRoleWrites(EmulatedTenant tenant)
{
    private readonly EmulatedIdentity _identity = tenant.Identity;
    private int _created;

    public Guid Create(WriteOrganizationRoleBody body)
    {
        if (string.IsNullOrWhiteSpace(body.Name))
            throw new ProblemException(IdentityCause.Missing("name"));
        var key = _identity.Derive.Guid($"created-organization-role/{Interlocked.Increment(ref _created)}");
        var role = new EmulatedOrganizationRole(key, body.Name, false, PermissionsOf(body) ?? []);
        _identity.Change(state => With(state, role));
        return key;
    }

    /// <summary>The list of permissions is replaced as a whole.</summary>
    public void Patch(Guid key, WriteOrganizationRoleBody body)
    {
        var permissions = PermissionsOf(body);
        _identity.Change(state =>
        {
            var role = Writable(state, key);
            if (body.Name is not null && string.IsNullOrWhiteSpace(body.Name))
                throw new ProblemException(IdentityCause.Missing("name"));
            return With(state, role with { Name = body.Name ?? role.Name, Permissions = permissions ?? role.Permissions });
        });
    }

    /// <summary>Whoever had the role has it no longer.</summary>
    public void Delete(Guid key) => _identity.Change(state =>
    {
        var role = Writable(state, key);
        var users = state.Users.All.Where(user => user.HasOrganizationRoles && user.OrganizationGrants.Any(grant => grant.RoleKey == key));
        var next = state.With(users, user => user.ToDetails() is var details
            ? details with { Grants = details.Grants.RemoveAll(grant => grant.RoleKey == key) }
            : details);
        return next with { OrganizationRoles = next.OrganizationRoles.Remove(role.Key) };
    });

    private List<PermissionOfRole>? PermissionsOf(WriteOrganizationRoleBody body)
    {
        return body.Permissions?.Select(One).ToList();

        PermissionOfRole One(RolePermissionBody permission)
        {
            if (!_identity.Permissions.Any(known => known.Key == permission.PermissionKey))
                throw new ProblemException(IdentityCause.Unknown("permissions", "permission", permission.PermissionKey));
            foreach (var stage in permission.EnvironmentKeys ?? [])
            {
                if (!tenant.Stages.Any(known => known.Key == stage))
                    throw new ProblemException(IdentityCause.Unknown("permissions", "environment", stage));
            }

            return new PermissionOfRole(permission.PermissionKey, permission.EnvironmentKeys ?? [], permission.PortfolioKeys ?? []);
        }
    }

    private static EmulatedOrganizationRole Writable(IdentityState state, Guid key) =>
        state.OrganizationRole(key) is { IsReadOnly: false } role ? role : throw new ProblemException(IdentityCause.RoleReadOnly);

    private static IdentityState With(IdentityState state, EmulatedOrganizationRole role) =>
        state.OrganizationRoles.Values.Any(other =>
            other.Key != role.Key && string.Equals(other.Name, role.Name, StringComparison.OrdinalIgnoreCase))
            ? throw new ProblemException(IdentityCause.OrganizationRoleTaken(role.Name))
            : state with { OrganizationRoles = state.OrganizationRoles.SetItem(role.Key, role) };
}
