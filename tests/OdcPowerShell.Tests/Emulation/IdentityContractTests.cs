using System.Text.Json.Nodes;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>Every operation of the identity API answers as the official specification says.</summary>
public sealed class IdentityContractTests
{
    private const string Base = "/api/identity/v1/";
    private static readonly Guid Nobody = new("11111111-1111-4111-8111-111111111111");

    [Fact]
    public async Task Every_operation_answers_with_its_status_and_schema()
    {
        var specification = Specification.Required();
        await using var lab = await IdentityLab.StartAsync();
        var faults = new List<string>();
        var called = new HashSet<string>();
        foreach (var (method, path, json) in await RequestsAsync(lab))
        {
            var request = json is null ? WireRequest.Parse(method, Base + path) : WireRequest.WithJson(method, Base + path, json);
            var operation = specification.Find(request)!;
            called.Add(operation.Name);
            faults.AddRange(RequestJudge.Faults(request, operation).Select(f => $"{request}: {f}"));
            var answer = await lab.SendAsync(method, path, json, "admin");
            faults.AddRange(FaultsOf(answer, operation));
        }

        faults.AddRange(specification.All.Select(o => o.Name).Where(n => n.Contains(' ' + Base, StringComparison.Ordinal)).Except(called).Select(n => n + " was not called"));
        Faults.None(faults);
    }

    [Fact]
    public async Task Every_refusal_is_a_problem_as_specified()
    {
        var operation = Specification.Required().Named("POST /api/identity/v1/users");
        var schema = operation.Document.ActualResponses["400"].Content["application/json"].Schema;
        await using var lab = await IdentityLab.StartAsync(users: 5);
        Answer[] refusals =
        [
            await lab.PostAsync("users", "{}"),
            await lab.PostAsync("users", "{"),
            await lab.GetAsync("users?limit=0"),
            await lab.GetAsync($"groups/{Nobody}"),
            await lab.GetAsync("users", "empty"),
            await lab.PostAsync("organization-roles", """{ "name": "Viewer" }"""),
        ];
        Assert.Equal([400, 400, 400, 404, 403, 409], refusals.Select(r => r.Status));
        Faults.None(refusals.SelectMany(r => RequestJudge.Validate(WithoutErrors(r.Text), schema).Select(e => $"{r.Request}: {e.Path} {e.Kind}")));
    }

    // The one member more that the schema of problems, which is open, leaves room for.
    private static string WithoutErrors(string json)
    {
        var problem = JsonNode.Parse(json)!.AsObject();
        problem.Remove("errors");
        return problem.ToJsonString();
    }

    private static IEnumerable<string> FaultsOf(Answer answer, SpecifiedOperation operation)
    {
        if (answer.Status != operation.Status)
            return [$"{answer.Request}: {answer.Status} instead of {operation.Status}: {answer.Text}"];
        if (operation.Answer is not { } schema)
            return answer.Text.Length == 0 ? [] : [$"{answer.Request}: a body where none belongs"];
        var isEmpty = answer.Json.TryGetProperty("results", out var results) && results.GetArrayLength() == 0;
        return [.. RequestJudge.Validate(answer.Text, schema).Select(e => $"{answer.Request}: {e.Path} {e.Kind}"), .. isEmpty ? [$"{answer.Request}: an empty list proves nothing"] : Array.Empty<string>()];
    }

    // Each after those that make what it needs.
    private static async Task<IReadOnlyList<(string Method, string Path, string? Json)>> RequestsAsync(IdentityLab lab)
    {
        const string Embed = "embed=ApplicationRoles&embed=UserIdentityProviders";
        var identity = lab.Identity;
        var user = lab.Tenant.Users.First(u => u.Memberships.Any(m => m.IsMapped));
        var member = lab.Tenant.Users.First(u => u.OrganizationGrants.Count > 1);
        var created = await lab.CreateUserAsync("first@acme.example");
        var gone = await lab.CreateUserAsync("gone@acme.example");
        var stage = lab.Tenant.Stages[0].Key;
        var role = lab.Tenant.Users.First(u => u.DirectRoles.Count > 0).DirectRoles[0];
        var group = identity.FindGroup(user.Memberships.First(m => m.IsMapped).GroupKey)!;
        var empty = (await lab.PostAsync("groups", $$"""{ "name": "Empty", "environmentKey": "{{stage}}" }""")).MustBe(201).Key;
        var organizationRole = (await lab.PostAsync("organization-roles", """{ "name": "Short" }""")).MustBe(201).Json.GetProperty("orgRoleKey").GetGuid();
        var developer = identity.OrganizationRoles.Single(r => r.Name == "Developer").Key;
        var permission = identity.Permissions[0].Key;
        lab.Tenant.BulkDuration = TimeSpan.Zero;
        var bulk = (await lab.PostAsync("users/bulk", """{ "records": [{ "email": "b@acme.example" }, { "email": "nobody" }] }""")).MustBe(202).Key;
        return
        [
            ("GET", "users?limit=100", null),
            ("GET", "users?" + Embed, null),
            ("GET", $"users/{user.Key}?{Embed}", null),
            ("GET", "users/count?status=Active", null),
            ("POST", "users", """{ "email": "second@acme.example", "name": null, "isActive": true }"""),
            ("POST", "users/bulk", """{ "records": [{ "email": "third@acme.example" }] }"""),
            ("GET", $"users/bulk/{bulk}", null),
            ("PATCH", $"users/{created}", """{ "name": "First", "isActive": false }"""),
            ("GET", $"users/{created}?{Embed}", null),
            ("DELETE", $"users/{gone}", null),
            ("GET", "application-roles", null),
            ("GET", $"application-roles/{role.Key}/users?{Embed}", null),
            ("POST", $"users/{created}/application-roles/{role.Key}", null),
            ("GET", $"users/{created}/application-roles", null),
            ("GET", $"users/{user.Key}/application-roles?assignmentSources=GroupMapped&assignmentSources=GroupAssigned&assignmentSources=Direct", null),
            ("DELETE", $"users/{created}/application-roles/{role.Key}", null),
            ("GET", "groups", null),
            ("GET", $"groups/{group.Key}", null),
            ("POST", "groups", $$"""{ "name": "New", "environmentKey": "{{stage}}", "userKeys": ["{{created}}"] }"""),
            ("PATCH", $"groups/{empty}", """{ "description": "empty" }"""),
            ("DELETE", $"groups/{empty}", null),
            ("PATCH", $"groups/{group.Key}/users", $$"""{ "userKeysToAdd": ["{{created}}"] }"""),
            ("GET", $"groups/{group.Key}/users?{Embed}", null),
            ("PATCH", $"groups/{group.Key}/application-roles", """{ "applicationRoleKeysToAdd": [] }"""),
            ("GET", $"groups/{group.Key}/application-roles", null),
            ("GET", $"users/{created}/groups", null),
            ("DELETE", $"groups/{group.Key}/claim-mappings/{group.ClaimMappings[0].Key}", null),
            ("GET", "organization-roles", null),
            ("GET", $"organization-roles/{developer}", null),
            ("GET", $"organization-roles/{developer}/users?{Embed}", null),
            ("POST", "organization-roles", $$"""{ "name": "New", "permissions": [{ "permissionKey": "{{permission}}" }] }"""),
            ("PATCH", $"organization-roles/{organizationRole}", """{ "name": "Shorter" }"""),
            ("POST", $"users/{created}/organization-roles/{organizationRole}", """{ "grantPeriod": { "startTime": "2026-01-01T00:00:00Z" } }"""),
            ("GET", $"users/{created}/organization-roles", null),
            ("GET", $"users/{member.Key}/organization-roles", null),
            ("DELETE", $"users/{created}/organization-roles/{organizationRole}", null),
            ("DELETE", $"organization-roles/{organizationRole}", null),
            ("GET", "permissions", null),
            ("GET", $"permissions/{permission}", null),
            ("GET", "identity-providers", null),
            ("GET", $"identity-providers/{identity.OpenIdConnectProviderKey}", null),
        ];
    }
}
