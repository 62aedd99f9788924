using OdcPowerShell.Live.Changes;

namespace OdcPowerShell.Live.Tests;

/// <summary>What a run creates is removed, and nothing else.</summary>
public sealed class ChangeTests(LiveEmulator emulator)
{
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

    [Fact]
    public async Task Another_stage_than_one_for_development_is_left_alone()
    {
        var changes = 0;
        var result = await emulator.RunAsync(Changing with { Stage = "Production" }, seen: answer => changes += answer.Operation.IsSafe ? 0 : 1);
        Assert.Equal((2, 0), (result.ExitCode, changes));
        Assert.Contains("not a Development stage", result.Console, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OdcPowerShellLiveCheck0a1b2c3d", true)]
    [InlineData("OdcPowerShellLiveCheckers", false)]
    [InlineData("My OdcPowerShellLiveCheck0a1b2c3d", false)]
    [InlineData("OdcPowerShellLiveCheck0a1b2c3d2", false)]
    [InlineData(null, false)]
    public void Only_whole_names_of_its_own_are_taken_for_its_own(string? name, bool isOwn) => Assert.Equal(isOwn, OwnObjects.IsOwn(name));

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
