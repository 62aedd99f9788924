using System.Text.Json.Serialization;

namespace OdcPowerShell.Emulator;

/// <summary>How the identity API reads and writes; compiled, because pages of users are the hot path of the benchmarks.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    GenerationMode = JsonSourceGenerationMode.Default)]
[JsonSerializable(typeof(CreatedBody))]
[JsonSerializable(typeof(UserBody))]
[JsonSerializable(typeof(PagedBody<UserBody>))]
[JsonSerializable(typeof(UserCountBody))]
[JsonSerializable(typeof(CreateUserBody))]
[JsonSerializable(typeof(PatchUserBody))]
[JsonSerializable(typeof(BulkRequestBody))]
[JsonSerializable(typeof(BulkBody))]
[JsonSerializable(typeof(PagedBody<RoleUserBody>))]
[JsonSerializable(typeof(PagedBody<GroupUserBody>))]
[JsonSerializable(typeof(PagedBody<UserMembershipBody>))]
[JsonSerializable(typeof(GroupBody))]
[JsonSerializable(typeof(PagedBody<GroupBody>))]
[JsonSerializable(typeof(CreateGroupBody))]
[JsonSerializable(typeof(PatchGroupBody))]
[JsonSerializable(typeof(PatchGroupUsersBody))]
[JsonSerializable(typeof(PatchGroupRolesBody))]
[JsonSerializable(typeof(PagedBody<RoleBody>))]
[JsonSerializable(typeof(PagedBody<UserRoleBody>))]
[JsonSerializable(typeof(OrganizationRoleBody))]
[JsonSerializable(typeof(PagedBody<OrganizationRoleBody>))]
[JsonSerializable(typeof(WriteOrganizationRoleBody))]
[JsonSerializable(typeof(CreatedOrganizationRoleBody))]
[JsonSerializable(typeof(PagedBody<UserOrganizationRoleBody>))]
[JsonSerializable(typeof(GrantBody))]
[JsonSerializable(typeof(RevokeBody))]
[JsonSerializable(typeof(PermissionBody))]
[JsonSerializable(typeof(PagedBody<PermissionBody>))]
[JsonSerializable(typeof(ProviderBody))]
[JsonSerializable(typeof(PagedBody<ProviderBody>))]
internal sealed partial class IdentityWireJson : JsonSerializerContext;
