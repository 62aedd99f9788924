namespace OdcPowerShell.Tests.Contract;

/// <summary>Changes of end-user groups, of who is in them, and of what they give.</summary>
internal static class GroupChangeCalls
{
    private const string Groups = IdentityCalls.Base + "/groups";
    private const string Create = "POST " + Groups;
    private const string One = "GET " + Groups + "/{key}";
    private const string Patch = "PATCH " + Groups + "/{key}";
    private const string PatchUsers = Patch + "/users";
    private const string Roles = "GET " + IdentityCalls.Base + "/application-roles";
    private const string PatchRoles = Patch + "/application-roles";
    private const string A = IdentityCalls.A;
    private const string B = IdentityCalls.B;
    private const string C = IdentityCalls.C;

    internal static IEnumerable<Call> All { get; } =
    [
        New($"New-OdcGroup -Name Clerks -Stage {A}", $$"""{ "name": "Clerks", "environmentKey": "{{A}}" }"""),
        New($"New-OdcGroup Clerks {A} -Description 'All clerks'", $$"""{ "name": "Clerks", "environmentKey": "{{A}}", "description": "All clerks" }"""),
        New(
            $"New-OdcGroup Clerks {A} -EndUserRole {A}, {B} -User {C}",
            $$"""{ "name": "Clerks", "environmentKey": "{{A}}", "applicationRoleKeys": ["{{A}}", "{{B}}"], "userKeys": ["{{C}}"] }""") with
        {
            // Whether the roles are of the stage.
            Further = [One, Roles, Roles, IdentityCalls.Stages, IdentityCalls.Assets], Given = new Dictionary<string, string> { [Roles] = $$"""{ "results": [ { "key": "{{B}}", "name": "Clerk", "environmentKey": "{{A}}", "assetKey": "{{C}}" } ] }""" },
        },
        New($"[pscustomobject]@{{ Name = 'Clerks'; Stage = '{A}'; Description = '' }} | New-OdcGroup", $$"""{ "name": "Clerks", "environmentKey": "{{A}}" }"""),
        new(Patch, $"Set-OdcGroup {A} -Name Clerks") { Body = """{ "name": "Clerks" }""" },
        new(Patch, $"Set-OdcGroup {A} -Description $null") { Body = """{ "description": null }""" },
        new(Patch, $"'{A}' | Set-OdcGroup -Name Clerks -Description 'All clerks' -PassThru")
        {
            Body = """{ "name": "Clerks", "description": "All clerks" }""", Further = [One], Writes = One,
        },
        new("DELETE " + Groups + "/{key}", $"Remove-OdcGroup {A} -Confirm:$false"),
        new(PatchUsers, $"Add-OdcGroupUser {A} {B}, {C}") { Body = $$"""{ "userKeysToAdd": ["{{B}}", "{{C}}"] }""" },
        new(PatchUsers, $"'{B}', '{C}', '{B}' | ForEach-Object {{ [pscustomobject]@{{ UserKey = $_ }} }} | Add-OdcGroupUser -Group {A}") { Body = $$"""{ "userKeysToAdd": ["{{B}}", "{{C}}"] }""" },
        new(PatchUsers, $"Add-OdcGroupUser {A}, {B} {C}", Requests: 2) { Body = $$"""{ "userKeysToAdd": ["{{C}}"] }""" },
        new(PatchUsers, $"Remove-OdcGroupUser {A} {B}, {C} -Confirm:$false") { Body = $$"""{ "userKeysToRemove": ["{{B}}", "{{C}}"] }""" },
        new(PatchRoles, $"Grant-OdcEndUserRole -Group {A} -EndUserRole {B}, {C}") { Body = $$"""{ "applicationRoleKeysToAdd": ["{{B}}", "{{C}}"] }""" },
        new(PatchRoles, $"Revoke-OdcEndUserRole -Group {A} -EndUserRole {B}, {C}") { Body = $$"""{ "applicationRoleKeysToRemove": ["{{B}}", "{{C}}"] }""" },
        new("DELETE " + Groups + "/{key}/claim-mappings/{mappingKey}", $"Remove-OdcGroupClaimMapping {A} {B} -Confirm:$false"),
        new("DELETE " + Groups + "/{key}/claim-mappings/{mappingKey}", $"[pscustomobject]@{{ GroupKey = '{A}'; MappingKey = '{B}' }} | Remove-OdcGroupClaimMapping -Confirm:$false"),
    ];

    private static Call New(string script, string body) => new(Create, script) { Body = body, Further = [One], Writes = One };
}
