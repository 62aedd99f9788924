namespace OdcPowerShell.Tests.Contract;

/// <summary>Changes of organization roles, and grants.</summary>
internal static class OrganizationRoleChangeCalls
{
    private const string Roles = IdentityCalls.Base + "/organization-roles";
    private const string One = "GET " + Roles + "/{key}";
    private const string Patch = "PATCH " + Roles + "/{key}";
    private const string Grant = "POST " + IdentityCalls.Base + "/users/{key}/organization-roles/{roleKey}";
    private const string Revoke = "DELETE " + IdentityCalls.Base + "/users/{key}/organization-roles/{roleKey}";
    private const string A = IdentityCalls.A;
    private const string B = IdentityCalls.B;
    private const string C = IdentityCalls.C;

    internal static IEnumerable<Call> All { get; } =
    [
        New($"New-OdcOrganizationRole Auditor -Permission {A}", $$"""{ "name": "Auditor", "permissions": [{ "permissionKey": "{{A}}" }] }"""),
        New(
            $"New-OdcOrganizationRole Auditor {A}, {B} -Stage {C} -Portfolio {A}",
            $$"""{ "name": "Auditor", "permissions": [{ "permissionKey": "{{A}}", "environmentKeys": ["{{C}}"], "portfolioKeys": ["{{A}}"] }, { "permissionKey": "{{B}}", "environmentKeys": ["{{C}}"], "portfolioKeys": ["{{A}}"] }] }"""),
        new(Patch, $"Set-OdcOrganizationRole {A} -Name Auditor") { Body = """{ "name": "Auditor" }""" },
        new(Patch, $"Set-OdcOrganizationRole {A} -Permission {B} -Stage {C}") { Body = $$"""{ "permissions": [{ "permissionKey": "{{B}}", "environmentKeys": ["{{C}}"] }] }""" },
        new(Patch, $"Set-OdcOrganizationRole {A} -AddPermission {B}") { Body = $$"""{ "permissions": [{ "permissionKey": "{{B}}" }] }""", Further = [One] },
        new(Patch, $"Set-OdcOrganizationRole {A} -RemovePermission {B} -Name Auditor") { Body = """{ "name": "Auditor", "permissions": [] }""", Further = [One] },
        new(Patch, $"'{A}' | Set-OdcOrganizationRole -Name Auditor -PassThru") { Body = """{ "name": "Auditor" }""", Further = [One], Writes = One },
        new("DELETE " + Roles + "/{key}", $"Remove-OdcOrganizationRole {A} -Confirm:$false"),
        new(Grant, $"Grant-OdcOrganizationRole {A} {B}") { Body = "{ }" },
        new(Grant, $"Grant-OdcOrganizationRole -User {A} -OrganizationRole {B} -Asset {A}, {C}") { Body = $$"""{ "assetKeys": ["{{A}}", "{{C}}"] }""" },
        new(Grant, $"[pscustomobject]@{{ UserKey = '{A}'; OrganizationRoleKey = '{B}'; AssetKey = '' }} | Grant-OdcOrganizationRole") { Body = "{ }" },
        new(Grant, $"Grant-OdcOrganizationRole {A} {B} -Asset {A} -Portfolio {C} -StartTime ([datetime]'2026-01-02T03:04:05Z') -EndTime ([datetime]'2026-02-03T00:00:00Z')")
        {
            Body = $$"""{ "assetKeys": ["{{A}}"], "portfolioKey": "{{C}}", "grantPeriod": { "startTime": "2026-01-02T03:04:05Z", "endTime": "2026-02-03T00:00:00Z" } }""",
        },
        new(Grant, $"Grant-OdcOrganizationRole {A} {B} -EndTime ([datetime]'2026-02-03T00:00:00Z')") { Body = """{ "grantPeriod": { "endTime": "2026-02-03T00:00:00Z" } }""" },
        new(Revoke, $"Revoke-OdcOrganizationRole {A} {B}"),
        new(Revoke, $"[pscustomobject]@{{ UserKey = '{A}'; OrganizationRoleKey = '{B}'; AssetKey = '{C}' }} | Revoke-OdcOrganizationRole") { Body = $$"""{ "assetKeys": ["{{C}}"] }""" },
    ];

    private static Call New(string script, string body) => new("POST " + Roles, script) { Body = body, Further = [One], Writes = One };
}
