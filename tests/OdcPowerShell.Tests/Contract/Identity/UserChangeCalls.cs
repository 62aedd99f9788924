namespace OdcPowerShell.Tests.Contract;

/// <summary>Creation, change and removal of single users.</summary>
internal static class UserChangeCalls
{
    private const string Create = "POST " + IdentityCalls.Base + "/users";
    private const string Patch = "PATCH " + IdentityCalls.Base + "/users/{key}";
    private const string Delete = "DELETE " + IdentityCalls.Base + "/users/{key}";
    private const string One = IdentityCalls.Users + "/{key}";
    private const string A = IdentityCalls.A;

    internal static IEnumerable<Call> All { get; } =
    [
        New("New-OdcUser ana@acme.example", """{ "email": "ana@acme.example" }"""),
        New("New-OdcUser ana@acme.example 'Ana Silva'", """{ "email": "ana@acme.example", "name": "Ana Silva" }"""),
        New("New-OdcUser ana@acme.example -Inactive", """{ "email": "ana@acme.example", "isActive": false }"""),
        New("New-OdcUser ana@acme.example -Inactive:$false", """{ "email": "ana@acme.example" }"""),
        New("[pscustomobject]@{ Email = 'ana@acme.example'; Name = ''; PhotoUrl = $null } | New-OdcUser", """{ "email": "ana@acme.example" }"""),
        New("New-OdcUser ana@acme.example -AddToBuiltInIdentityProvider", """{ "email": "ana@acme.example", "addToBuiltInIdentityProvider": true }"""),
        New(
            $"New-OdcUser -Email ana@acme.example -Name 'Ana ü' -PhotoUrl https://acme.example/ana.png -IdentityProvider {A} -Subject ana-1 -Username ana",
            $$"""{ "email": "ana@acme.example", "name": "Ana ü", "photoUrl": "https://acme.example/ana.png", "identityProviderKey": "{{A}}", "subject": "ana-1", "username": "ana" }"""),
        New("[pscustomobject]@{ Email = 'ana@acme.example'; Name = 'Ana' } | New-OdcUser", """{ "email": "ana@acme.example", "name": "Ana" }"""),
        new(Patch, $"Set-OdcUser {A} -Name Ana") { Body = """{ "name": "Ana" }""" },
        new(Patch, $"Set-OdcUser {A} -PhotoUrl https://acme.example/ana.png") { Body = """{ "photoUrl": "https://acme.example/ana.png" }""" },
        new(Patch, $"Set-OdcUser {A} -PhotoUrl $null") { Body = """{ "photoUrl": null }""" },
        new(Patch, $"Set-OdcUser {A} -Active $false") { Body = """{ "isActive": false }""" },
        new(Patch, $"Set-OdcUser {A} -Active $true -Name Ana") { Body = """{ "isActive": true, "name": "Ana" }""" },
        new(Patch, $"[pscustomobject]@{{ UserKey = '{A}' }} | Set-OdcUser -Name Ana -PassThru") { Body = """{ "name": "Ana" }""", Further = [One], Writes = One },
        new(Patch, $"Disable-OdcUser {A}") { Body = """{ "isActive": false }""" },
        new(Patch, $"'{A}' | Disable-OdcUser -PassThru") { Body = """{ "isActive": false }""", Further = [One], Writes = One },
        new(Patch, $"Enable-OdcUser 'https://127.0.0.1/users/{A}'") { Body = """{ "isActive": true }""" },
        new(Patch, $"'{A}' | Enable-OdcUser -PassThru") { Body = """{ "isActive": true }""", Further = [One], Writes = One },
        new(Delete, $"Remove-OdcUser {A} -Confirm:$false"),
        new(Delete, $"'{A}', '{IdentityCalls.B}' | Remove-OdcUser -Confirm:$false", Requests: 2),
    ];

    private static Call New(string script, string body) => new(Create, script) { Body = body, Further = [One], Writes = One };
}
