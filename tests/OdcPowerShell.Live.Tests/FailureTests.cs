namespace OdcPowerShell.Live.Tests;

/// <summary>Whatever an operation does, it is a row of the report; what keeps a run from its work is said in one line.</summary>
public sealed class FailureTests(LiveEmulator emulator)
{
    [Fact]
    public async Task A_failing_operation_is_a_row_and_not_the_end()
    {
        try
        {
            await emulator.PlantAsync("/api/organization/v1/organization", 503, "<html>maintenance</html>", "text/html");
            await emulator.PlantAsync("/api/code-quality/v1/patterns", 500, "");
            await emulator.PlantAsync("/api/portfolios/v2/libraries", 200, "{ \"results\": [", "application/json");
            await emulator.PlantAsync("/api/deployments/v1/publish-operations", 200, "[]");
            await emulator.PlantAsync("/api/identity/v1/groups", 200, "{ \"results\": [ 1, null, \"x\", [] ], \"page\": 5 }");
            var result = await emulator.RunAsync();
            Assert.Equal(1, result.ExitCode);
            Assert.Equal("failed", (string?)result.Operation("GET /api/organization/v1/organization")["outcome"]);
            Assert.Contains("Status GET /api/code-quality/v1/patterns ", result.Deviations);
            Assert.Contains("MediaType GET /api/portfolios/v2/libraries ", result.Deviations);
            Assert.Contains("WrongType GET /api/deployments/v1/publish-operations ", result.Deviations);
            Assert.Contains("WrongType GET /api/identity/v1/groups results[]", result.Deviations);
            Assert.Equal("answered", (string?)result.Operation("GET /api/identity/v1/users")["outcome"]);
        }
        finally
        {
            await emulator.ClearAsync();
        }
    }

    [Fact]
    public async Task A_client_with_few_permissions_gets_a_report()
    {
        var result = await emulator.RunAsync(client: "endusers");
        result.ExpectNothing();
        Assert.Equal("permission missing", (string?)result.Operation("GET /api/identity/v1/groups")["outcome"]);
        var missing = result.Rows("operations").Count(o => (string?)o["outcome"] == "permission missing");
        Assert.Contains($"Not checked because a permission is missing: {missing} operations. Failed: 0 operations.", result.Console, StringComparison.Ordinal);
        Assert.NotEqual(0, missing);
    }

    [Fact]
    public async Task Half_of_a_surrogate_pair_is_a_finding_and_not_the_end()
    {
        try
        {
            const string Half = "\\ud800";
            await emulator.PlantAsync("/api/identity/v1/groups", 200, $$"""{ "results": [ { "key": "{{Half}}", "name": "{{Half}}" } ], "page": { "totalResults": 1 } }""");
            // A name of a member can't be read either.
            await emulator.PlantAsync("/api/organization/v1/organization", 200, $$"""{ "{{Half}}": 1 }""");
            await emulator.PlantAsync("/api/identity/v1/users/count", 400, $$"""{ "{{Half}}": 1 }""");
            var result = await emulator.RunAsync();
            Assert.Equal(1, result.ExitCode);
            Assert.Contains("Unreadable GET /api/identity/v1/groups results[].name", result.Deviations);
            Assert.Contains("Unreadable GET /api/organization/v1/organization ", result.Deviations);
            Assert.Contains("Unreadable GET /api/identity/v1/users/count ", result.Deviations);
            Assert.Contains("InvalidOperationException", result.Json, StringComparison.Ordinal);
            Assert.Equal(17, result.Rows("questions").Count);
        }
        finally
        {
            await emulator.ClearAsync();
        }
    }

    [Theory]
    [InlineData("""{"paths":{"/x":[1]},"servers":[]}""")]
    [InlineData("""{"paths":{"/x":[1]},"servers":[{"url":"https://x/api/y"}]}""")]
    [InlineData("""{"paths":{"/x":{"get":{}}},"servers":[{"url":"https://x/api/y"}]}""")]
    [InlineData("""{"paths":{},"servers":[{"url":null}]}""")]
    public async Task A_wrong_specification_is_named(string text)
    {
        var folder = Directory.CreateTempSubdirectory("odc-live-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "wrong.json"), text, TestContext.Current.CancellationToken);
            using var output = new StringWriter();
            Assert.Equal(2, await Program.RunAsync(["--specifications", folder.FullName], name => emulator.Variable(name), output, TestContext.Current.CancellationToken));
            Assert.StartsWith("Could not run: wrong.json ", output.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_limit_is_measured_by_one_429()
    {
        try
        {
            // After the lists were read, only the measurement asks for the organization.
            var result = await emulator.RunAsync(new LiveOptions { MeasureLimits = true }, seen: answer =>
            {
                if (answer.Operation == Identity.IdentityApi.CountUsers)
                    emulator.PlantAsync("/api/organization/v1/organization", 429, "", times: 1, retryAfter: "1").GetAwaiter().GetResult();
            });
            Assert.Equal(["organization 0 True 1", "identity 110 False "], result.Rows("limits").Select(l => $"{l["name"]} {l["passed"]} {((bool)l["wasReached"]! ? "True" : "False")} {l["retryAfterSeconds"]}"));
            Assert.Equal(1, (int?)result.Operation("GET /api/organization/v1/organization")["answers"]!["429"]);
            Assert.Equal("answered", (string?)result.Rows("questions")[5]["state"]);
            result.ExpectNothing();
        }
        finally
        {
            await emulator.ClearAsync();
        }
    }

    [Theory]
    [InlineData("--what")]
    [InlineData("--tenant")]
    [InlineData("--allow-changes")]
    [InlineData("--rate-share", "2")]
    [InlineData("--specifications", "/no/such/folder")]
    [InlineData("--tenant", "http://tenant.example")]
    [InlineData("s3cret-canary")]
    public async Task What_keeps_it_from_running_is_said_in_a_line(params string[] arguments)
    {
        using var output = new StringWriter();
        Assert.Equal(2, await Program.RunAsync(arguments, name => emulator.Variable(name), output, TestContext.Current.CancellationToken));
        Assert.StartsWith("Could not run: ", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_secret_it_says_which_variable_is_missing()
    {
        using var output = new StringWriter();
        Assert.Equal(2, await Program.RunAsync([], _ => null, output, TestContext.Current.CancellationToken));
        Assert.Contains("ODC_CLIENT_ID", output.ToString(), StringComparison.Ordinal);
    }
}
