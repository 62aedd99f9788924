using System.Text.Json;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>Users created in bulk.</summary>
public sealed class IdentityBulkTests
{
    [Fact]
    public async Task An_operation_passes_its_states_and_then_has_its_users()
    {
        await using var lab = await IdentityLab.StartAsync(users: 5);
        lab.Tenant.BulkDuration = TimeSpan.FromHours(1);
        var started = (await lab.PostAsync("users/bulk", Records("a@acme.example", "b@acme.example"))).MustBe(202).Json;
        Assert.Equal(("Pending", 0), (started.GetProperty("status").GetString()!, started.GetProperty("operations").GetArrayLength()));
        Assert.Equal(5, lab.Tenant.Users.Count);
        var seen = new List<string>();
        var ended = await EndAsync(lab, started, status =>
        {
            seen.Add(status);
            lab.Tenant.Delivery.SkipTime(TimeSpan.FromMinutes(30));
        });
        Assert.Equal(["Pending", "Processing", "Finished"], seen);
        var records = ended.GetProperty("operations").EnumerateArray().ToList();
        Assert.All(records, r => Assert.Equal("Inserted", r.GetProperty("status").GetString()));
        Assert.Equal(["a@acme.example", "b@acme.example"], records.Select(r => r.GetProperty("record").GetProperty("email").GetString()));
        Assert.Equal(records.Select(r => r.GetProperty("record").GetProperty("key").GetGuid()), lab.Tenant.Users.Skip(5).Select(u => u.Key));
        Assert.Equal(2, lab.Tenant.Identity.CreatedUsers.Count);
    }

    [Fact]
    public async Task The_time_is_set_from_outside()
    {
        await using var lab = await IdentityLab.StartAsync(users: 5);
        using var http = new HttpClient { BaseAddress = lab.Tenant.Url };
        using var body = new StringContent("""{ "milliseconds": 0 }""");
        Assert.Equal(204, (int)(await http.PutAsync("_emulator/bulk-duration", body)).StatusCode);
        Assert.Equal(TimeSpan.Zero, lab.Tenant.BulkDuration);
        await lab.PostAsync("users/bulk", Records("a@acme.example"));
        Assert.Equal(6, lab.Tenant.Users.Count);
    }

    [Fact]
    public async Task Records_fail_one_by_one()
    {
        await using var lab = await IdentityLab.StartAsync(users: 5);
        lab.Identity.BulkFailures["unlucky@acme.example"] = "OS-IDENT-50099";
        var records = $$"""{ "records": [{ "email": "new@acme.example", "username": "n", "subject": "s" }, { "email": "new@acme.example" }, { "email": "{{lab.Tenant.Users[0].Email}}" }, { "email": "nobody" }, { "name": "x" }, { "email": "unlucky@acme.example" }] }""";
        var ended = await EndAsync(lab, (await lab.PostAsync("users/bulk", records)).MustBe(202).Json);
        Assert.Equal("FinishedWithErrors", ended.GetProperty("status").GetString());
        var results = ended.GetProperty("operations").EnumerateArray().ToList();
        Assert.Equal(["Inserted", "Error", "Error", "Error", "Error", "Error"], results.Select(r => r.GetProperty("status").GetString()));
        Assert.Equal([null, "OS-IDENT-40012", "OS-IDENT-40012", "OS-IDENT-40011", "OS-IDENT-40010", "OS-IDENT-50099"], results.Select(r => r.GetProperty("errorCode").GetString()));
        Assert.Equal(["n", "s"], [results[0].GetProperty("record").GetProperty("username").GetString(), results[0].GetProperty("record").GetProperty("subject").GetString()]);
        Assert.Equal(JsonValueKind.Null, results[1].GetProperty("record").GetProperty("key").ValueKind);
        Assert.Equal(6, lab.Tenant.Users.Count);
    }

    [Fact]
    public async Task An_operation_can_fail_as_a_whole()
    {
        await using var lab = await IdentityLab.StartAsync(users: 5);
        lab.Tenant.Delivery.Plan(EmulatedOperation.UserImport, OperationPlan.Failing());
        var ended = await EndAsync(lab, (await lab.PostAsync("users/bulk", Records("a@acme.example"))).MustBe(202).Json);
        Assert.Equal(("FinishedWithErrors", "OS-IDENT-50401"), (ended.GetProperty("status").GetString(), ended.GetProperty("errorCode").GetString()));
        Assert.Equal(5, lab.Tenant.Users.Count);
    }

    [Fact]
    public async Task Five_operations_a_minute_are_allowed()
    {
        await using var lab = await IdentityLab.StartAsync(users: 5);
        lab.Tenant.EnforceLimits = true;
        for (var i = 0; i < 5; i++)
            (await lab.PostAsync("users/bulk", Records($"u{i}@acme.example"))).MustBe(202);
        (await lab.PostAsync("users/bulk", Records("u5@acme.example"))).MustFail(429);
        (await lab.GetAsync("users")).MustBe(200);
    }

    [Fact]
    public async Task Too_few_too_many_and_unknown_are_refused()
    {
        await using var lab = await IdentityLab.StartAsync(users: 5);
        (await lab.PostAsync("users/bulk", """{ "records": [] }""")).MustFail(400, "records");
        (await lab.PostAsync("users/bulk", "{}")).MustFail(400, "records");
        (await lab.PostAsync("users/bulk", Records([.. Enumerable.Range(0, 101).Select(i => $"u{i}@acme.example")]))).MustFail(400, "records");
        (await lab.PostAsync("users/bulk", """{ "records": [{ "isActive": "no" }] }""")).MustFail(400);
        (await lab.GetAsync("users/bulk/11111111-1111-4111-8111-111111111111")).MustFail(404);
        (await lab.GetAsync("users/bulk/nothing")).MustFail(404);
        Assert.Equal(100, (await EndAsync(lab, (await lab.PostAsync("users/bulk", Records([.. Enumerable.Range(0, 100).Select(i => $"u{i}@acme.example")]))).Json)).GetProperty("operations").GetArrayLength());
    }

    private static string Records(params string[] emails) => JsonSerializer.Serialize(new { records = emails.Select(email => new { email }) });

    private static async Task<JsonElement> EndAsync(IdentityLab lab, JsonElement started, Action<string>? see = null)
    {
        while (true)
        {
            var now = (await lab.GetAsync($"users/bulk/{started.GetProperty("key").GetGuid()}")).MustBe(200).Json;
            see?.Invoke(now.GetProperty("status").GetString()!);
            if (now.GetProperty("status").GetString() is "Finished" or "FinishedWithErrors")
                return now;
            await Task.Delay(20);
        }
    }
}
