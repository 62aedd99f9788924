using static OdcPowerShell.Http.Verbs;

namespace OdcPowerShell.Identity;

/// <summary>The user and access management API.</summary>
internal static class IdentityApi
{
    private const string Base = "/api/identity/v1";

    private static readonly Permission SeeUsers = Permission.OneOf(
        "User management > View end users (sees end users) or View members (sees members); all users: both, or User management > Manage users",
        SeeEndUsers, SeeMembers, ManageUsers);

    private const string ManageUsers = "User management > Manage users";
    private const string SeeEndUsers = "User management > View end users";
    private const string SeeMembers = "User management > View members";
    private const string ManageEndUserAccess = "User management > Manage end-user access";
    private const string ManageGroups = "User management > Manage end-user groups";
    private const string ManageMemberAccess = "User management > Manage member access";
    private const string ManageOrganizationRoles = "User management > Manage organization roles";
    // Users.
    internal static readonly Operation<Page<OdcUser>> QueryUsers = new(Get, Base + "/users", SeeUsers);
    internal static readonly Operation<OdcUser> GetUser = new(Get, Base + "/users/{key}", SeeUsers);
    internal static readonly Operation<OdcUserCount> CountUsers = new(Get, Base + "/users/count", SeeUsers);
    internal static readonly Operation<CreatedObject> CreateUser = new(Post, Base + "/users", ManageUsers);
    internal static readonly Operation PatchUser = new(Patch, Base + "/users/{key}", ManageUsers);
    internal static readonly Operation DeleteUser = new(Delete, Base + "/users/{key}", ManageUsers);
    internal static readonly Operation<OdcUserImport> CreateBulkOperation = new(Post, Base + "/users/bulk", ManageUsers);
    internal static readonly Operation<OdcUserImport> GetBulkOperation = new(Get, Base + "/users/bulk/{key}", ManageUsers);

    // Groups.
    internal static readonly Operation<Page<OdcGroup>> QueryGroups = new(Get, Base + "/groups", ManageGroups);
    internal static readonly Operation<OdcGroup> GetGroup = new(Get, Base + "/groups/{key}", ManageGroups);
    internal static readonly Operation<CreatedObject> CreateGroup = new(Post, Base + "/groups", ManageGroups);
    internal static readonly Operation PatchGroup = new(Patch, Base + "/groups/{key}", ManageGroups);
    internal static readonly Operation DeleteGroup = new(Delete, Base + "/groups/{key}", ManageGroups);
    internal static readonly Operation<Page<OdcGroupUser>> QueryUsersOfGroup = new(Get, Base + "/groups/{key}/users", ManageGroups);
    internal static readonly Operation PatchUsersOfGroup = new(Patch, Base + "/groups/{key}/users", ManageGroups) { Success = 200 };
    internal static readonly Operation<Page<OdcUserGroup>> QueryGroupsOfUser = new(Get, Base + "/users/{key}/groups", ManageGroups);
    internal static readonly Operation DeleteClaimMapping = new(Delete, Base + "/groups/{key}/claim-mappings/{mappingKey}", ManageGroups);

    // End-user roles, which the API calls application roles.
    internal static readonly Operation<Page<OdcEndUserRole>> QueryEndUserRoles = new(Get, Base + "/application-roles", SeeEndUsers);
    internal static readonly Operation<Page<OdcEndUserRoleUser>> QueryUsersOfEndUserRole = new(Get, Base + "/application-roles/{key}/users", SeeEndUsers);
    internal static readonly Operation<Page<OdcUserEndUserRole>> QueryEndUserRolesOfUser = new(Get, Base + "/users/{key}/application-roles", SeeEndUsers);
    internal static readonly Operation<Page<OdcEndUserRole>> QueryEndUserRolesOfGroup = new(Get, Base + "/groups/{key}/application-roles", ManageGroups);
    internal static readonly Operation GrantEndUserRole = new(Post, Base + "/users/{key}/application-roles/{roleKey}", ManageEndUserAccess);
    internal static readonly Operation RevokeEndUserRole = new(Delete, Base + "/users/{key}/application-roles/{roleKey}", ManageEndUserAccess);
    internal static readonly Operation PatchEndUserRolesOfGroup = new(Patch, Base + "/groups/{key}/application-roles", ManageGroups) { Success = 200 };

    // Organization roles, permissions, identity providers.
    internal static readonly Operation<Page<OdcOrganizationRole>> QueryOrganizationRoles = new(Get, Base + "/organization-roles", Permission.AnyAtAll);
    internal static readonly Operation<OdcOrganizationRole> GetOrganizationRole = new(Get, Base + "/organization-roles/{key}", Permission.AnyAtAll);
    internal static readonly Operation<CreatedObject> CreateOrganizationRole = new(Post, Base + "/organization-roles", ManageOrganizationRoles);
    internal static readonly Operation PatchOrganizationRole = new(Patch, Base + "/organization-roles/{key}", ManageOrganizationRoles);
    internal static readonly Operation DeleteOrganizationRole = new(Delete, Base + "/organization-roles/{key}", ManageOrganizationRoles);
    internal static readonly Operation<Page<OdcOrganizationRoleUser>> QueryUsersOfOrganizationRole = new(Get, Base + "/organization-roles/{key}/users", SeeMembers);
    internal static readonly Operation<Page<OdcUserOrganizationRole>> QueryOrganizationRolesOfUser =
        new(Get, Base + "/users/{key}/organization-roles", Permission.OneOf("User management > View members or Manage users", SeeMembers, ManageUsers));
    internal static readonly Operation GrantOrganizationRole = new(Post, Base + "/users/{key}/organization-roles/{roleKey}", ManageMemberAccess);
    internal static readonly Operation RevokeOrganizationRole = new(Delete, Base + "/users/{key}/organization-roles/{roleKey}", ManageMemberAccess);
    internal static readonly Operation<Page<OdcPermission>> QueryPermissions = new(Get, Base + "/permissions", Permission.AnyAtAll);
    internal static readonly Operation<OdcPermission> GetPermission = new(Get, Base + "/permissions/{key}", Permission.AnyAtAll);
    internal static readonly Operation<Page<OdcIdentityProvider>> QueryIdentityProviders = new(Get, Base + "/identity-providers", Permission.AnyAtAll);
    internal static readonly Operation<OdcIdentityProvider> GetIdentityProvider = new(Get, Base + "/identity-providers/{key}", Permission.AnyAtAll);

    /// <summary>The most keys in one request to <c>GET /users</c>.</summary>
    internal const int KeysPerRequest = 20;

    /// <summary>The most users in one request to <c>POST /users/bulk</c>.</summary>
    internal const int UsersPerImport = 100;
}
