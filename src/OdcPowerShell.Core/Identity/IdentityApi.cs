using OdcPowerShell.Http;
using OdcPowerShell.Json;

namespace OdcPowerShell.Identity;

/// <summary>The user and access management API.</summary>
internal static class IdentityApi
{
    private const string Base = "/api/identity/v1";

    private const string SeeUsers =
        "User management > View end users (sees end users) or View members (sees members); all users: both, or User management > Manage users";

    private const string ManageUsers = "User management > Manage users";
    private const string SeeEndUsers = "User management > View end users";
    private const string SeeMembers = "User management > View members";
    private const string ManageEndUserAccess = "User management > Manage end-user access";
    private const string ManageGroups = "User management > Manage end-user groups";
    private const string ManageMemberAccess = "User management > Manage member access";
    private const string ManageOrganizationRoles = "User management > Manage organization roles";
    private const string Any = "any one permission";

    // Users.
    internal static readonly Operation<Page<OdcUser>> QueryUsers = Operation.Get(Base + "/users", IdentityJson.Default.PageOdcUser, SeeUsers);
    internal static readonly Operation<OdcUser> GetUser = Operation.Get(Base + "/users/{key}", IdentityJson.Default.OdcUser, SeeUsers);
    internal static readonly Operation<OdcUserCount> CountUsers = Operation.Get(Base + "/users/count", IdentityJson.Default.OdcUserCount, SeeUsers);
    internal static readonly Operation<CreatedObject> CreateUser = Operation.Post(Base + "/users", IdentityJson.Default.CreatedObject, ManageUsers);
    internal static readonly Operation PatchUser = Operation.Patch(Base + "/users/{key}", ManageUsers);
    internal static readonly Operation DeleteUser = Operation.Delete(Base + "/users/{key}", ManageUsers);
    internal static readonly Operation<OdcUserImport> CreateBulkOperation = Operation.Post(Base + "/users/bulk", IdentityJson.Default.OdcUserImport, ManageUsers);
    internal static readonly Operation<OdcUserImport> GetBulkOperation = Operation.Get(Base + "/users/bulk/{key}", IdentityJson.Default.OdcUserImport, ManageUsers);

    // Groups.
    internal static readonly Operation<Page<OdcGroup>> QueryGroups = Operation.Get(Base + "/groups", IdentityJson.Default.PageOdcGroup, ManageGroups);
    internal static readonly Operation<OdcGroup> GetGroup = Operation.Get(Base + "/groups/{key}", IdentityJson.Default.OdcGroup, ManageGroups);
    internal static readonly Operation<CreatedObject> CreateGroup = Operation.Post(Base + "/groups", IdentityJson.Default.CreatedObject, ManageGroups);
    internal static readonly Operation PatchGroup = Operation.Patch(Base + "/groups/{key}", ManageGroups);
    internal static readonly Operation DeleteGroup = Operation.Delete(Base + "/groups/{key}", ManageGroups);
    internal static readonly Operation<Page<OdcGroupUser>> QueryUsersOfGroup = Operation.Get(Base + "/groups/{key}/users", IdentityJson.Default.PageOdcGroupUser, ManageGroups);
    internal static readonly Operation PatchUsersOfGroup = Operation.Patch(Base + "/groups/{key}/users", ManageGroups, success: 200);
    internal static readonly Operation<Page<OdcUserGroup>> QueryGroupsOfUser = Operation.Get(Base + "/users/{key}/groups", IdentityJson.Default.PageOdcUserGroup, ManageGroups);
    internal static readonly Operation DeleteClaimMapping = Operation.Delete(Base + "/groups/{key}/claim-mappings/{mappingKey}", ManageGroups);

    // End-user roles, which the API calls application roles.
    internal static readonly Operation<Page<OdcEndUserRole>> QueryEndUserRoles = Operation.Get(Base + "/application-roles", IdentityJson.Default.PageOdcEndUserRole, SeeEndUsers);
    internal static readonly Operation<Page<OdcEndUserRoleUser>> QueryUsersOfEndUserRole =
        Operation.Get(Base + "/application-roles/{key}/users", IdentityJson.Default.PageOdcEndUserRoleUser, SeeEndUsers);
    internal static readonly Operation<Page<OdcUserEndUserRole>> QueryEndUserRolesOfUser =
        Operation.Get(Base + "/users/{key}/application-roles", IdentityJson.Default.PageOdcUserEndUserRole, SeeEndUsers);
    internal static readonly Operation<Page<OdcEndUserRole>> QueryEndUserRolesOfGroup =
        Operation.Get(Base + "/groups/{key}/application-roles", IdentityJson.Default.PageOdcEndUserRole, ManageGroups);
    internal static readonly Operation GrantEndUserRole = Operation.Post(Base + "/users/{key}/application-roles/{roleKey}", ManageEndUserAccess);
    internal static readonly Operation RevokeEndUserRole = Operation.Delete(Base + "/users/{key}/application-roles/{roleKey}", ManageEndUserAccess);
    internal static readonly Operation PatchEndUserRolesOfGroup = Operation.Patch(Base + "/groups/{key}/application-roles", ManageGroups, success: 200);

    // Organization roles, permissions, identity providers.
    internal static readonly Operation<Page<OdcOrganizationRole>> QueryOrganizationRoles =
        Operation.Get(Base + "/organization-roles", IdentityJson.Default.PageOdcOrganizationRole, Any);
    internal static readonly Operation<OdcOrganizationRole> GetOrganizationRole =
        Operation.Get(Base + "/organization-roles/{key}", IdentityJson.Default.OdcOrganizationRole, Any);
    internal static readonly Operation<CreatedObject> CreateOrganizationRole =
        Operation.Post(Base + "/organization-roles", IdentityJson.Default.CreatedObject, ManageOrganizationRoles);
    internal static readonly Operation PatchOrganizationRole = Operation.Patch(Base + "/organization-roles/{key}", ManageOrganizationRoles);
    internal static readonly Operation DeleteOrganizationRole = Operation.Delete(Base + "/organization-roles/{key}", ManageOrganizationRoles);
    internal static readonly Operation<Page<OdcOrganizationRoleUser>> QueryUsersOfOrganizationRole =
        Operation.Get(Base + "/organization-roles/{key}/users", IdentityJson.Default.PageOdcOrganizationRoleUser, SeeMembers);
    internal static readonly Operation<Page<OdcUserOrganizationRole>> QueryOrganizationRolesOfUser =
        Operation.Get(Base + "/users/{key}/organization-roles", IdentityJson.Default.PageOdcUserOrganizationRole, "User management > View members or Manage users");
    internal static readonly Operation GrantOrganizationRole = Operation.Post(Base + "/users/{key}/organization-roles/{roleKey}", ManageMemberAccess);
    internal static readonly Operation RevokeOrganizationRole = Operation.Delete(Base + "/users/{key}/organization-roles/{roleKey}", ManageMemberAccess);
    internal static readonly Operation<Page<OdcPermission>> QueryPermissions = Operation.Get(Base + "/permissions", IdentityJson.Default.PageOdcPermission, Any);
    internal static readonly Operation<OdcPermission> GetPermission = Operation.Get(Base + "/permissions/{key}", IdentityJson.Default.OdcPermission, Any);
    internal static readonly Operation<Page<OdcIdentityProvider>> QueryIdentityProviders =
        Operation.Get(Base + "/identity-providers", IdentityJson.Default.PageOdcIdentityProvider, Any);
    internal static readonly Operation<OdcIdentityProvider> GetIdentityProvider =
        Operation.Get(Base + "/identity-providers/{key}", IdentityJson.Default.OdcIdentityProvider, Any);

    /// <summary>How many keys <c>GET /users</c> takes in one request.</summary>
    internal const int KeysPerRequest = 20;

    /// <summary>How many users <c>POST /users/bulk</c> takes in one request.</summary>
    internal const int UsersPerImport = 100;
}
