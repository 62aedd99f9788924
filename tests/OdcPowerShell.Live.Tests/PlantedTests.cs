using System.Text.Json;

namespace OdcPowerShell.Live.Tests;

/// <summary>What is planted is found, and nothing where nothing is.</summary>
public sealed class PlantedTests(LiveEmulator emulator)
{
    private const string Groups = "/api/identity/v1/groups";
    private const string NoKey = "0dc0dc00-0000-4000-8000-000000000000";

    [Fact]
    public async Task Nothing_is_found_where_nothing_is()
    {
        var result = await emulator.RunAsync();
        result.ExpectNothing();
        Assert.Equal(0, result.ExitCode);
        Assert.True(result.Rows("operations").Count(o => (string?)o["outcome"] == "answered") > 60, result.Markdown);
    }

    [Fact]
    public async Task Without_the_specifications_nothing_is_found_either()
    {
        var result = await emulator.RunAsync(new LiveOptions());
        result.ExpectNothing();
    }

    [Fact]
    public async Task Each_planted_deviation_is_found()
    {
        try
        {
            var expected = await PlantAsync();
            foreach (var options in new[] { new LiveOptions(), new LiveOptions { Specifications = LiveEmulator.Specifications } })
            {
                await emulator.PlantAsync("/api/identity/v1/identity-providers", 429, "{}", times: 1);
                var result = await emulator.RunAsync(options);
                Assert.Equal(1, result.ExitCode);
                Assert.DoesNotContain(expected, e => !result.Deviations.Any(d => d.StartsWith(e, StringComparison.Ordinal)));
                // Nothing where nothing was planted.
                var operations = expected.Select(e => string.Join(' ', e.Split(' ').Skip(1).Take(2))).ToHashSet(StringComparer.Ordinal);
                Assert.DoesNotContain(result.Deviations, d => !operations.Contains(string.Join(' ', d.Split(' ').Skip(1).Take(2))));
            }
        }
        finally
        {
            await emulator.ClearAsync();
        }
    }

    [Fact]
    public async Task A_list_that_ends_before_its_total_is_found()
    {
        try
        {
            var page = JsonNode.Parse((await RealAsync())[Groups])!;
            page["page"]!["totalResults"] = page["results"]!.AsArray().Count;
            page["page"]!["nextPageOffset"] = null;
            page["results"]!.AsArray().RemoveAt(0);
            await PlantAsync(Groups, page);
            Assert.Contains($"NextPage GET {Groups} page.nextPageOffset", (await emulator.RunAsync()).Deviations);
        }
        finally
        {
            await emulator.ClearAsync();
        }
    }

    [Fact]
    public async Task A_validation_of_a_native_build_has_its_body()
    {
        var answers = new List<Answer>();
        await emulator.RunAsync(seen: answer =>
        {
            if (answer.Operation == MobileBuilds.MobileBuildsApi.ValidateBuild)
                answers.Add(answer);
        });
        Assert.NotEmpty(answers);
        Assert.All(answers, a => Assert.Equal((200, true), (a.Status, a.Request.Body is not null)));
    }

    private async Task<IReadOnlyList<string>> PlantAsync()
    {
        var real = await RealAsync();
        JsonNode Real(string path) => JsonNode.Parse(real[path])!;

        var organization = Real("/api/organization/v1/organization");
        organization["aNewMember"] = 1;
        await PlantAsync("/api/organization/v1/organization", organization);

        var portfolios = Real("/api/portfolios/v2/portfolios");
        portfolios["results"]![0]!.AsObject().Remove("key");
        await PlantAsync("/api/portfolios/v2/portfolios", portfolios);

        var configurations = Real("/api/subscription/v1/organization/configurations").AsObject();
        configurations[configurations.First(c => c.Value!.GetValueKind() is JsonValueKind.True or JsonValueKind.False).Key] = "yes";
        await PlantAsync("/api/subscription/v1/organization/configurations", configurations);

        var stages = Real("/api/portfolios/v2/environments");
        stages["results"]![0]!["status"] = "Sleeping";
        await PlantAsync("/api/portfolios/v2/environments", stages);

        var publications = Real("/api/deployments/v1/publish-operations");
        publications["results"]![0]!["startedDateTime"] = "11/30/2026 10:00:00";
        await PlantAsync("/api/deployments/v1/publish-operations", publications);

        var permissions = Real("/api/identity/v1/permissions");
        permissions["results"]!.AsArray().Add(null);
        await PlantAsync("/api/identity/v1/permissions", permissions);

        // The same whatever is asked for: pages repeat, filters do not filter.
        await PlantAsync("/api/identity/v1/organization-roles", Real("/api/identity/v1/organization-roles"));

        var libraries = Real("/api/portfolios/v2/libraries");
        libraries["page"]!["totalResults"] = (int)libraries["page"]!["totalResults"]! + 3;
        await PlantAsync("/api/portfolios/v2/libraries", libraries);

        var roles = Real("/api/identity/v1/application-roles");
        roles["results"] = new JsonArray([.. roles["results"]!.AsArray().Reverse().Select(r => r!.DeepClone()).OrderBy(r => ((string)r["name"]!)[^1]).ThenBy(r => ((string)r["name"]!).Length)]);
        await PlantAsync("/api/identity/v1/application-roles", roles);

        var group = Real(Groups)["results"]![0]!;
        await PlantAsync($"{Groups}/{Real(Groups)["results"]![1]!["key"]}", group);
        await emulator.PlantAsync($"/api/identity/v1/users/{NoKey}", 500, """{ "title": "Oops", "status": 500 }""");
        await emulator.PlantAsync($"/api/identity/v1/organization-roles/{NoKey}", 404, """{ "message": "none" }""");
        await emulator.PlantAsync("/api/native-mobile-builds/v1/native-builder-versions", 200, "<html></html>", "text/html");
        await emulator.PlantAsync("/api/asset-repository/v1/assets/" + NoKey, 200, "{}");
        return
        [
            "UnknownProperty GET /api/organization/v1/organization aNewMember",
            "MissingProperty GET /api/portfolios/v2/portfolios results[].key",
            "WrongType GET /api/subscription/v1/organization/configurations ",
            "UnknownValue GET /api/portfolios/v2/environments results[].status",
            "DateFormat GET /api/deployments/v1/publish-operations results[].startedDateTime",
            "UnexpectedNull GET /api/identity/v1/permissions results[]",
            "PageRepeats GET /api/identity/v1/organization-roles results[]",
            "FilterIgnored GET /api/identity/v1/organization-roles results[].name",
            "Total GET /api/portfolios/v2/libraries page.totalResults",
            "SortOrder GET /api/identity/v1/application-roles results[].name",
            $"OtherObject GET {Groups}/{{key}} key",
            "Status GET /api/identity/v1/users/{key} ",
            "ErrorBody GET /api/identity/v1/organization-roles/{key} message",
            "MediaType GET /api/native-mobile-builds/v1/native-builder-versions ",
            "Status GET /api/asset-repository/v1/assets/{assetKey} ",
            "RetryAfter GET /api/identity/v1/identity-providers ",
        ];
    }

    private Task PlantAsync(string path, JsonNode body) => emulator.PlantAsync(path, 200, body.ToJsonString());

    // What the tenant answers when nothing is planted.
    private async Task<IReadOnlyDictionary<string, string>> RealAsync()
    {
        var real = new Dictionary<string, string>(StringComparer.Ordinal);
        await emulator.RunAsync(seen: answer =>
        {
            if (answer.IsSuccess)
                real.TryAdd(answer.Request.Path, System.Text.Encoding.UTF8.GetString(answer.Body));
        });
        return real;
    }
}
