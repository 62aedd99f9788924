using System.Text.Json;
using OdcPowerShell.Live.Changes;

namespace OdcPowerShell.Live.Tests;

/// <summary>What a run creates is removed, and nothing else.</summary>
public sealed class ChangeTests(LiveEmulator emulator)
{
    private const string Groups = "/api/identity/v1/groups";
    private const string Stages = "/api/portfolios/v2/environments";

    private static readonly LiveOptions Changing = new() { AllowChanges = true, Stage = "development" };

    [Fact]
    public async Task A_run_that_only_reads_sends_no_change()
    {
        var sent = new HashSet<string>(StringComparer.Ordinal);
        await emulator.RunAsync(seen: answer => sent.Add($"{answer.Operation.Method} {answer.Operation.IsSafe}"));
        Assert.All(sent, s => Assert.EndsWith("True", s, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Own_objects_are_removed_and_questions_answered()
    {
        var result = await emulator.RunAsync(Changing);
        result.ExpectNothing();
        Assert.Equal(["app of this run: removed", "group of this run: removed", "organization role of this run: removed"], result.Rows("changes").Select(c => (string)c!).Order(StringComparer.Ordinal));
        Assert.Equal("answered", (string?)result.Rows("questions")[0]["state"]);
        Assert.Equal(17, result.Rows("questions").Count);
    }

    [Fact]
    public async Task A_run_that_is_stopped_removes_what_it_created()
    {
        using var stop = new CancellationTokenSource();
        var result = await emulator.RunAsync(Changing, stopped: stop.Token, seen: answer =>
        {
            if (answer.Operation == Identity.IdentityApi.CreateOrganizationRole)
                stop.Cancel();
        });
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(["group of this run: removed", "organization role of this run: removed"], result.Rows("changes").Select(c => (string)c!));
        Assert.DoesNotContain((await emulator.RunAsync(Changing)).Rows("changes"), c => ((string)c!).Contains("earlier", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_run_left_behind_is_removed_by_the_next()
    {
        try
        {
            var left = await LeaveGroupAsync();
            var result = await emulator.RunAsync(Changing);
            Assert.Contains("group left by an earlier run: removed", result.Rows("changes").Select(c => (string)c!));
            Assert.NotEmpty(left);
        }
        finally
        {
            await emulator.ClearAsync();
        }
    }

    [Theory]
    [InlineData("Production", 200, "not a Development stage")]
    [InlineData("No such stage", 200, "no stage with the name")]
    [InlineData("Development", 403, "may not read the stages")]
    [InlineData("Development", 404, "could not be read (status 404)")]
    public async Task A_wrong_stage_ends_the_run_at_its_first_request(string stage, int status, string words)
    {
        try
        {
            if (status != 200)
                await emulator.PlantAsync(Stages, status, "{}");
            var requests = 0;
            var result = await emulator.RunAsync(Changing with { Stage = stage }, seen: _ => requests++);
            Assert.Equal((2, 1), (result.ExitCode, requests));
            Assert.Contains(words, result.Console, StringComparison.Ordinal);
        }
        finally
        {
            await emulator.ClearAsync();
        }
    }

    [Fact]
    public async Task A_list_that_fails_hides_no_object()
    {
        try
        {
            await emulator.PlantAsync(Groups, 500, "{}", method: "GET");
            var result = await emulator.RunAsync(Changing);
            Assert.Equal(1, result.ExitCode);
            Assert.Contains("group of this run: removed", result.Rows("changes").Select(c => (string)c!));
            Assert.Contains("NotRemoved GET /api/identity/v1/groups ", result.Deviations);
            Assert.Contains("Not all own objects", result.Console, StringComparison.Ordinal);
            await emulator.ClearAsync();
            Assert.DoesNotContain((await emulator.RunAsync(Changing)).Rows("changes"), c => ((string)c!).Contains("earlier", StringComparison.Ordinal));
        }
        finally
        {
            await emulator.ClearAsync();
        }
    }

    [Fact]
    public async Task An_object_that_can_not_be_removed_is_a_deviation()
    {
        try
        {
            var result = await emulator.RunAsync(Changing, seen: answer =>
            {
                if (answer.Operation == Identity.IdentityApi.CreateGroup && answer.Json is { } json)
                    emulator.PlantAsync($"{Groups}/{Answer.Text(json, "key")}", 500, "{}", method: "DELETE").GetAwaiter().GetResult();
            });
            Assert.Equal(1, result.ExitCode);
            Assert.Contains("NotRemoved DELETE /api/identity/v1/groups/{key} ", result.Deviations);
            Assert.Contains("Not all own objects", result.Console, StringComparison.Ordinal);
        }
        finally
        {
            await emulator.ClearAsync();
            await emulator.RunAsync(Changing);
        }
    }

    [Fact]
    public async Task A_list_that_may_not_be_read_is_no_deviation_when_nothing_was_created()
    {
        try
        {
            await emulator.PlantAsync(Groups, 403, """{ "title": "Forbidden", "status": 403 }""");
            Assert.DoesNotContain((await emulator.RunAsync(Changing)).Deviations, d => d.StartsWith("NotRemoved", StringComparison.Ordinal));
        }
        finally
        {
            await emulator.ClearAsync();
        }
    }

    [Fact]
    public async Task Pages_that_repeat_are_no_whole_list()
    {
        try
        {
            // Whatever is asked for: the first hundred of two hundred other groups.
            var others = Enumerable.Range(0, 100).Select(i => new { key = $"{i:D8}-0000-4000-8000-000000000000", name = $"Other {i}" });
            await emulator.PlantAsync(Groups, 200, JsonSerializer.Serialize(new { results = others, page = new { totalResults = 200, nextPageOffset = 100 } }), method: "GET");
            var result = await emulator.RunAsync(Changing);
            Assert.Contains("group of this run: removed", result.Rows("changes").Select(c => (string)c!));
            Assert.Contains("NotRemoved GET /api/identity/v1/groups ", result.Deviations);
        }
        finally
        {
            await emulator.ClearAsync();
        }
    }

    [Fact]
    public async Task A_creation_under_way_is_awaited_when_the_run_is_stopped()
    {
        try
        {
            using var stop = new CancellationTokenSource();
            // The run's last request before the creation of the group: the creation is on its way when the stop comes.
            var lists = 0;
            var result = await emulator.RunAsync(Changing, stopped: stop.Token, seen: answer =>
            {
                if (answer.Operation == Identity.IdentityApi.CreateGroup)
                    emulator.SlowAsync(TimeSpan.Zero).GetAwaiter().GetResult();
                if (!IsFirstAppList(answer, ref lists))
                    return;
                emulator.SlowAsync(TimeSpan.FromSeconds(1.5)).GetAwaiter().GetResult();
                emulator.PlantAsync(Groups, 500, "{}", method: "GET").GetAwaiter().GetResult();
                stop.CancelAfter(TimeSpan.FromMilliseconds(500));
            });
            Assert.Equal(2, result.ExitCode);
            Assert.Equal(["group of this run: removed"], result.Rows("changes").Select(c => (string)c!));
            Assert.Contains("Not all own objects", result.Console, StringComparison.Ordinal);
        }
        finally
        {
            await emulator.SlowAsync(TimeSpan.Zero);
            await emulator.ClearAsync();
        }
    }

    [Theory]
    [InlineData("OdcPowerShellLiveCheck0a1b2c3d", true)]
    [InlineData("OdcPowerShellLiveCheckers", false)]
    [InlineData("My OdcPowerShellLiveCheck0a1b2c3d", false)]
    [InlineData("OdcPowerShellLiveCheck0a1b2c3d2", false)]
    [InlineData(null, false)]
    public void Only_whole_names_of_its_own_are_taken_for_its_own(string? name, bool isOwn) => Assert.Equal(isOwn, OwnObjects.IsOwn(name));

    // The first list of apps by the name of own objects is the last request before the first creation.
    private static bool IsFirstAppList(Answer answer, ref int lists) =>
        answer.Operation == AssetRepository.AssetRepositoryApi.ListAssets && answer.Request.Query?.ToString().Contains(OwnObjects.Prefix, StringComparison.Ordinal) == true && lists++ == 0;

    // A run whose group can't be removed.
    private async Task<string> LeaveGroupAsync()
    {
        var key = "";
        using var stop = new CancellationTokenSource();
        await emulator.RunAsync(Changing, stopped: stop.Token, seen: answer =>
        {
            if (answer.Operation != Identity.IdentityApi.CreateGroup || answer.Json is not { } json)
                return;
            key = Answer.Text(json, "key")!;
            emulator.PlantAsync($"/api/identity/v1/groups/{key}", 503, "", method: "DELETE").GetAwaiter().GetResult();
        });
        await emulator.ClearAsync();
        return key;
    }
}
