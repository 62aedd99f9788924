using OdcPowerShell.Identity;

namespace OdcPowerShell.Tests.Identity;

/// <summary>Get-OdcUser against the emulator's data.</summary>
public sealed class GetOdcUserTests
{
    private const string List = "GET /api/identity/v1/users";

    [Fact]
    public async Task All_pages_stream_in_order()
    {
        await using var lab = await Lab.StartAsync(users: 250);
        using var shell = Shell.Connected(lab["acme"]);
        var users = shell.Run("Get-OdcUser").All<OdcUser>();
        Assert.Equal(250, users.Count);
        Assert.Equal(250, users.Select(u => u.UserKey).Distinct().Count());
        Assert.Equal(3, lab["acme"].Statistics.Requests[List].Count);
        Assert.Equal(shell.Run("Get-OdcUser -PageSize 17").All<OdcUser>().Select(u => u.UserKey), users.Select(u => u.UserKey));
    }

    [Theory]
    [InlineData("-First 1", 1, 1)]
    [InlineData("-First 0", 0, 0)]
    [InlineData("-First 100", 100, 1)]
    [InlineData("-First 101", 101, 2)]
    [InlineData("-Skip 240", 10, 1)]
    [InlineData("-Skip 240 -First 5", 5, 1)]
    [InlineData("-Skip 250", 0, 1)]
    [InlineData("-Skip 9999", 0, 1)]
    [InlineData("-First 7 -PageSize 3", 7, 3)]
    public async Task First_and_Skip_ask_for_no_more_than_is_wanted(string parameters, int count, int requests)
    {
        await using var lab = await Lab.StartAsync(users: 250);
        using var shell = Shell.Connected(lab["acme"]);
        var all = shell.Run("Get-OdcUser").All<OdcUser>().Select(u => u.UserKey).ToList();
        lab["acme"].Statistics.Clear();
        var some = shell.Run("Get-OdcUser " + parameters).All<OdcUser>().Select(u => u.UserKey).ToList();
        Assert.Equal(count, some.Count);
        Assert.Equal(all.SkipWhile(k => k != some.FirstOrDefault()).Take(count), some);
        Assert.Equal(requests, lab["acme"].Statistics.Requests[List].Count);
    }

    [Fact]
    public async Task A_consumer_that_has_had_enough_ends_the_reading()
    {
        await using var lab = await Lab.StartAsync(users: 250);
        using var shell = Shell.Connected(lab["acme"]);
        shell.Run("Get-OdcUser | Select-Object -First 1").Single<OdcUser>();
        Assert.Single(lab["acme"].Statistics.Requests[List]);
    }

    [Fact]
    public async Task IncludeTotalCount_comes_first()
    {
        await using var lab = await Lab.StartAsync(users: 250);
        using var shell = Shell.Connected(lab["acme"]);
        var output = shell.Run("Get-OdcUser -First 2 -IncludeTotalCount | ForEach-Object { $_.ToString() }").All<string>();
        Assert.Equal(3, output.Count);
        Assert.Equal("Total count: 250", output[0]);
    }

    [Fact]
    public async Task Filters_are_sent_and_combined()
    {
        await using var lab = await Lab.StartAsync(users: 250);
        using var shell = Shell.Connected(lab["acme"]);
        var all = shell.Run("Get-OdcUser").All<OdcUser>();
        Same(all.Where(u => u.Status == "Inactive"), "-Status Inactive");
        Same(all.Where(u => u.Access!.HasEndUserRoles == true), "-HasEndUserRole");
        Same(all.Where(u => u.Access!.HasOrganizationRoles == true && u.Status == "Active"), "-HasOrganizationRole -Status Active");
        Same(all, "-HasOrganizationRole:$false");
        Same(all.Where(u => u.LastLoginAt <= new DateTimeOffset(2025, 10, 1, 0, 0, 0, TimeSpan.Zero)), "-LastLoginTo ([datetime]'2025-10-01T00:00:00Z')");
        var plus = all.First(u => u.Email!.Contains('+', StringComparison.Ordinal));
        shell.Set("mail", plus.Email);
        Assert.Equal(plus.UserKey, shell.Run("Get-OdcUser $mail").Single<OdcUser>().UserKey);
        var sorted = shell.Run("Get-OdcUser -Sort email -Descending").All<OdcUser>().Select(u => u.Email).ToList();
        Assert.Equal(sorted.OrderByDescending(e => e, StringComparer.OrdinalIgnoreCase), sorted);

        void Same(IEnumerable<OdcUser> expected, string parameters) =>
            Assert.Equal(expected.Select(u => u.UserKey), shell.Run("Get-OdcUser " + parameters).All<OdcUser>().Select(u => u.UserKey));
    }

    [Fact]
    public async Task A_stage_is_taken_by_name_key_object_or_portal_url()
    {
        await using var lab = await Lab.StartAsync(users: 250);
        using var shell = Shell.Connected(lab["acme"]);
        var key = shell.Run("(Get-OdcStage Production).StageKey").Single<string>();
        var expected = shell.Run($"Get-OdcUser -Stage {key}").All<OdcUser>().Select(u => u.UserKey).ToList();
        Assert.InRange(expected.Count, 1, 249);
        foreach (var stage in new[] { "Production", "production", $"{lab["acme"].Url}stages?stageid={key}", "(Get-OdcStage Production)" })
            Assert.Equal(expected, shell.Run($"Get-OdcUser -Stage {stage}").All<OdcUser>().Select(u => u.UserKey));
        Assert.Contains("Development, QA, Production", shell.Catch("Get-OdcUser -Stage Staging").MustBe("OdcNotFound").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_of_stages_are_looked_up_once()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        shell.Run("1..5 | ForEach-Object { Get-OdcUser -Stage QA, Production -LoggedInStage QA }").ThrowOnError();
        Assert.Single(lab["acme"].Statistics.Requests["GET /api/portfolios/v2/environments"]);
    }

    [Fact]
    public async Task Piped_keys_are_gathered_and_keep_their_order()
    {
        await using var lab = await Lab.StartAsync(users: 250);
        using var shell = Shell.Connected(lab["acme"]);
        var keys = shell.Run("(Get-OdcUser -First 45).UserKey").All<string>().Reverse().ToArray();
        lab["acme"].Statistics.Clear();
        shell.Set("keys", keys);
        Assert.Equal(keys, shell.Run("$keys | Get-OdcUser").All<OdcUser>().Select(u => u.UserKey));
        Assert.Equal(3, lab["acme"].Statistics.Requests.Count);
        Assert.Equal(keys, shell.Run("Get-OdcUser -UserKey $keys").All<OdcUser>().Select(u => u.UserKey));
        Assert.Equal(keys, shell.Run("$keys | ForEach-Object { [pscustomobject]@{ UserKey = $_; Name = 'row' } } | Get-OdcUser").All<OdcUser>().Select(u => u.UserKey));
        Assert.Equal(keys.Take(3), shell.Run("$keys[0..2] | Get-OdcUser | Get-OdcUser").All<OdcUser>().Select(u => u.UserKey));
    }

    [Fact]
    public async Task A_key_without_a_user_is_an_error_of_its_own()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        shell.Set("known", shell.Run("(Get-OdcUser -First 2).UserKey").All<string>().ToArray());
        var gathered = shell.Run("$known[0], '11111111-1111-1111-1111-111111111111', $known[1] | Get-OdcUser");
        Assert.Equal(2, gathered.Output.Count);
        Assert.Equal("11111111-1111-1111-1111-111111111111", Assert.Single(gathered.Errors).MustBe("OdcNotFound").TargetObject);
        var alone = shell.Run("Get-OdcUser -UserKey 11111111-1111-1111-1111-111111111111");
        Assert.Equal("11111111-1111-1111-1111-111111111111", Assert.Single(alone.Errors).MustBe("OdcNotFound").TargetObject);
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_an_error()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        Assert.Contains("no user with the e-mail or name 'ana'", shell.Run("Get-OdcUser -UserKey ana").Error.MustBe("OdcNotFound").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-OdcStage | Get-OdcUser", "A user is expected here")]
    [InlineData("Get-OdcOrganization | Get-OdcUser", "A user is expected here")]
    [InlineData("17 | Get-OdcUser", "A user is expected here")]
    [InlineData("Get-OdcUser -Stage (Get-OdcUser -First 1)", "A stage is expected here")]
    public async Task Another_object_never_passes_for_a_user(string script, string message)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var result = shell.Run(script);
        Assert.Empty(result.Output);
        Assert.Contains(result.Errors, e => e.ToString().Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Embedded_roles_and_providers_are_shown()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var user = shell.Run("Get-OdcUser -HasEndUserRole -First 1 -Embed ApplicationRoles, UserIdentityProviders").Single<OdcUser>();
        Assert.NotEmpty(user.Embedded!.EndUserRoles!);
        Assert.NotEmpty(user.Embedded.IdentityProviders!);
        Assert.Null(shell.Run("Get-OdcUser -First 1").Single<OdcUser>().Embedded);
    }

    [Fact]
    public async Task A_list_that_breaks_off_does_not_look_complete()
    {
        await using var lab = await Lab.StartAsync(users: 250);
        using var shell = Shell.Connected(lab["acme"], parameters: "-MaximumRetryCount 0");
        shell.Set("acme", lab["acme"]);
        shell.Set("broken", new CannedAnswer(200, "text/html", "<html>gateway</html>"));
        var result = shell.Run("""
            $read = 0
            try { Get-OdcUser | ForEach-Object { if (++$read -eq 50) { $acme.Answer('/api/identity/v1/users', $broken) } }; 'complete' } catch { "$read $($_.FullyQualifiedErrorId)" }
            """);
        Assert.StartsWith("100 OdcUnexpectedResponse", result.Single<string>(), StringComparison.Ordinal);
    }
}
