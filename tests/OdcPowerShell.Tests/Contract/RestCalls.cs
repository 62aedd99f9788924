namespace OdcPowerShell.Tests.Contract;

/// <summary>Operations reached by Invoke-OdcRestMethod.</summary>
internal static class RestCalls
{
    private const string Users = "/api/identity/v1/users";
    private const string Key = "0f8fad5b-d9cb-469f-a165-70867728950e";

    internal static IEnumerable<Call> All { get; } =
    [
        new("GET " + Users + "/{key}", $"Invoke-OdcRestMethod {Users}/{Key}"),
        new("GET " + Users, $"Invoke-OdcRestMethod {Users} -All -Query @{{ domains = 'acme.com', 'acme.example'; status = 'Active'; limit = 50; hasOrganizationRoles = $true; embed = @('ApplicationRoles') }}"),
        new("GET " + Users, $"(Invoke-OdcRestMethod '{Users}?sort=-name' -Query @{{ lastLoginAtSince = [datetime]'2026-01-02' }}).results"),
        new("POST " + Users, $"Invoke-OdcRestMethod {Users} -Method POST -Body @{{ name = 'Ana ü'; email = 'ana@acme.example'; isActive = $true; photoUrl = $null; identityProviderKey = [guid]'{Key}' }}")
        {
            Body = $$"""{ "name": "Ana ü", "email": "ana@acme.example", "isActive": true, "photoUrl": null, "identityProviderKey": "{{Key}}" }""",
        },
        new("PATCH /api/portfolios/v2/environments", $"Invoke-OdcRestMethod /api/portfolios/v2/environments PATCH -Body @{{ environments = @(@{{ key = [guid]'{Key}'; name = 'QA'; order = 3 }}) }}")
        {
            Body = $$"""{ "environments": [{ "key": "{{Key}}", "name": "QA", "order": 3 }] }""",
        },
    ];
}
