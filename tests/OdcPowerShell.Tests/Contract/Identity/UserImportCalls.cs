namespace OdcPowerShell.Tests.Contract;

/// <summary>Creation of many users.</summary>
internal static class UserImportCalls
{
    private const string Start = "POST " + IdentityCalls.Base + "/users/bulk";
    private const string A = IdentityCalls.A;

    internal static IEnumerable<Call> All { get; } =
    [
        Row("Email = 'ana@acme.example'", "", """{ "email": "ana@acme.example" }"""),
        Row("Email = 'ana@acme.example'; Name = ''; PhotoUrl = ''; Active = ''; IdentityProvider = ''; Subject = ''; Username = ''", "", """{ "email": "ana@acme.example" }"""),
        Row("Email = 'ana@acme.example'; Active = 'no'", "", """{ "email": "ana@acme.example", "isActive": false }"""),
        Row("Email = 'ana@acme.example'; IsActive = 'TRUE'", "", """{ "email": "ana@acme.example", "isActive": true }"""),
        Row(
            $"Mail = 'ana@acme.example'; Name = 'Ana ü'; PhotoUrl = 'https://acme.example/ana.png'; IdentityProviderKey = '{A}'; Subject = 'ana-1'; Username = 'ana'",
            "-AddToBuiltInIdentityProvider",
            $$"""{ "email": "ana@acme.example", "name": "Ana ü", "photoUrl": "https://acme.example/ana.png", "identityProviderKey": "{{A}}", "subject": "ana-1", "username": "ana", "addToBuiltInIdentityProvider": true }"""),
        new(Start, $"Import-OdcUser -Email ana@acme.example -Name Ana -Active $true -PhotoUrl https://acme.example/ana.png -IdentityProvider {A} -Subject ana-1 -Username ana")
        {
            Body = $$"""{ "records": [{ "email": "ana@acme.example", "name": "Ana", "isActive": true, "photoUrl": "https://acme.example/ana.png", "identityProviderKey": "{{A}}", "subject": "ana-1", "username": "ana" }] }""",
        },
        new(Start, "1..205 | ForEach-Object { [pscustomobject]@{ Email = \"u$_@acme.example\" } } | Import-OdcUser", Requests: 3)
        {
            Body = $$"""{ "records": [{{string.Join(',', Enumerable.Range(1, 100).Select(i => $$"""{ "email": "u{{i}}@acme.example" }"""))}}] }""",
        },
        new(IdentityCalls.Users + "/bulk/{key}", $"Get-OdcUserImport {A}"),
        new(IdentityCalls.Users + "/bulk/{key}", $"[pscustomobject]@{{ OperationKey = '{A}' }} | Get-OdcUserImport"),
    ];

    private static Call Row(string cells, string parameters, string record) =>
        new(Start, $"[pscustomobject]@{{ {cells} }} | Import-OdcUser {parameters}".Trim()) { Body = $$"""{ "records": [{{record}}] }""" };
}
