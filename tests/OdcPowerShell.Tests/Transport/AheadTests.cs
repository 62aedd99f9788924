using System.Text;
using OdcPowerShell.Identity;
using OdcPowerShell.Tests.Contract;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Transport;

/// <summary>Requests that are sent before their turn: for piped keys and for the pages of a raw list, in order, and none for what nobody wants.</summary>
public sealed class AheadTests(RecorderFixture fixture) : IClassFixture<RecorderFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Recorder Recorder => fixture.Recorder;

    [Theory]
    [InlineData("$keys | Get-OdcUser", 20)]
    [InlineData("$keys | Get-OdcAsset", 100)]
    [InlineData("$keys | Find-OdcAssetRevision -Revision 1", 100)]
    [InlineData("$keys | Get-OdcGroup", 1)]
    [InlineData("$keys | Get-OdcEndUserRole", 1)]
    [InlineData("$keys | Get-OdcOrganizationRole", 1)]
    [InlineData("$keys | Get-OdcBuild", 1)]
    [InlineData("$keys | Get-OdcBuildLog", 1)]
    [InlineData("$keys | Get-OdcAssetConsumer", 1)]
    [InlineData("$keys | Get-OdcAssetProducer -Revision 1", 1)]
    [InlineData("$keys | Get-OdcUserImport", 1)]
    [InlineData("$keys | Get-OdcDeletionAnalysis", 1)]
    [InlineData("$keys | Get-OdcIdentityProvider", 1)]
    [InlineData("$keys | Get-OdcPermission", 1)]
    public void The_next_request_of_piped_keys_does_not_wait_for_the_answer_before_it(string line, int batch)
    {
        using var third = new ManualResetEventSlim();
        var isLate = false;
        Recorder.Answer = r =>
        {
            if (Has(r, 2 * batch))
                third.Set();
            // The second is not answered before the third has come.
            else if (Has(r, batch))
                isLate |= !third.Wait(Patience);
            return new RecorderAnswer(200, """{"results":[],"key":"x","name":"x"}""");
        };
        using var shell = Recorder.Connect();
        shell.Set("keys", Keys(4 * batch));
        shell.Run(line);
        Assert.False(isLate);
        Assert.True(third.IsSet);
    }

    [Fact]
    public void The_next_page_of_a_raw_list_does_not_wait_for_the_one_before_it()
    {
        using var third = new ManualResetEventSlim();
        var isLate = false;
        Recorder.Answer = r =>
        {
            var offset = int.Parse(r.Query.FirstOrDefault(q => q.Key == "offset").Value ?? "0", System.Globalization.CultureInfo.InvariantCulture);
            if (offset == 20)
                third.Set();
            else if (offset == 10)
                isLate |= !third.Wait(Patience);
            var items = string.Join(',', Enumerable.Range(offset, 10).Select(i => $$"""{"n":{{i}}}"""));
            return new RecorderAnswer(200, $$"""{"results":[{{items}}],"page":{"offset":{{offset}},"limit":10,"totalResults":100,"nextPageOffset":{{offset + 10}} } }""");
        };
        using var shell = Recorder.Connect();
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), shell.Run("Invoke-OdcRestMethod /api/x/v1/things -All | ForEach-Object n").All<long>());
        Assert.False(isLate);
        Assert.Equal(10, Recorder.Requests.Count);
        foreach (var (line, requests) in new[] { ("Invoke-OdcRestMethod /api/x/v1/things -All | Select-Object -First 1", 1), ("Invoke-OdcRestMethod /api/x/v1/things?offset=70 -All | Select-Object -Last 1", 3) })
        {
            var before = Recorder.Requests.Count;
            shell.Run(line).ThrowOnError();
            Assert.Equal(requests, Recorder.Requests.Count - before);
        }
    }

    [Theory]
    [InlineData("$keys | Get-OdcUser | Select-Object -First 1")]
    [InlineData("$keys | Get-OdcUser -First 1")]
    [InlineData("$keys | Get-OdcUser -First 20")]
    public void Who_wants_one_costs_one_request(string line)
    {
        Recorder.Answer = Users;
        using var shell = Recorder.Connect();
        shell.Set("keys", Keys(2000));
        shell.Run(line).ThrowOnError();
        Assert.Single(Recorder.Requests);
    }

    [Fact]
    public void What_comes_is_in_the_order_of_the_keys_and_a_bad_one_is_one_error()
    {
        var turn = 0;
        Recorder.Answer = r =>
        {
            // The answers come in another order than the questions.
            Thread.Sleep(Interlocked.Increment(ref turn) % 3 * 15);
            return Has(r, 105) ? new RecorderAnswer(400, """{"detail":"Bad.","traceId":"t","errorCode":"OS-1"}""") : Users(r);
        };
        using var shell = Recorder.Connect();
        var keys = Keys(400);
        shell.Set("keys", keys);
        var result = shell.Run("$keys | Get-OdcUser");
        Assert.Null(result.Terminating);
        Assert.Contains("Bad.", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal(keys.Where((_, i) => i / 20 != 5), result.Output.Select(o => ((OdcUser)o.BaseObject).UserKey));
        Assert.Equal(20, Recorder.Requests.Count);
    }

    /// <summary>An address has only so much room.</summary>
    [Theory]
    [InlineData("Get-OdcEndUserRole -User $user -Asset $keys")]
    [InlineData("Get-OdcEndUserRole -User $user -Group $keys")]
    [InlineData("Get-OdcEndUserRole -User $user -EndUserRole $keys")]
    [InlineData("Get-OdcEndUserRole -Group $user -EndUserRole $keys")]
    public void Many_keys_are_asked_for_in_parts(string line)
    {
        Recorder.Answer = r => new RecorderAnswer(200, r.Path.Contains("application-roles", StringComparison.Ordinal) && r.Query.Count > 3
            ? """{"results":[{"key":"7c9e6679-7425-40de-944b-e07fc1f90ae7","name":"Clerk"}],"page":{"totalResults":1} }""" : """{"results":[]}""");
        using var shell = Recorder.Connect();
        shell.Set("keys", Keys(130));
        shell.Set("user", Keys(1)[0]);
        var result = shell.Run(line).ThrowOnError();
        // One role that comes in several parts is one.
        Assert.Single(result.Output);
        var asked = Recorder.Requests.Where(r => r.Query.Count(q => q.Value.StartsWith("00000000-", StringComparison.Ordinal)) > 20).ToList();
        Assert.Equal(3, asked.Count);
        Assert.Equal(130, asked.SelectMany(r => r.Query).Where(q => q.Value.StartsWith("00000000-", StringComparison.Ordinal)).Select(q => q.Value).Distinct().Count());
        Assert.All(asked, r => Assert.InRange(r.ToString().Length, 0, 4000));
    }

    /// <summary>ConvertTo-Json has what the module does not know: of the object itself and of the objects in its lists.</summary>
    [Fact]
    public void New_members_are_in_the_JSON_of_an_object_and_of_its_lists()
    {
        Recorder.Answer = _ => new RecorderAnswer(200, """
            {"key":"7c9e6679-7425-40de-944b-e07fc1f90ae7","name":"Viewer","newOne":{"a":1},"permissions":[{"permissionKey":"p","newTwo":"b","environments":[{"key":"e","newThree":[1,2]}]}]}
            """);
        using var shell = Recorder.Connect();
        var json = shell.Run("Get-OdcOrganizationRole -OrganizationRole 7c9e6679-7425-40de-944b-e07fc1f90ae7 | ConvertTo-Json -Depth 9 -Compress").Single<string>();
        Assert.Contains("\"newOne\":{\"a\":1}", json, StringComparison.Ordinal);
        Assert.Contains("\"newTwo\":\"b\"", json, StringComparison.Ordinal);
        Assert.Equal("b", shell.Run("(Get-OdcOrganizationRole -OrganizationRole 7c9e6679-7425-40de-944b-e07fc1f90ae7).Permissions.newTwo").Single<string>());
        Assert.Equal("b", shell.Run("(Get-OdcOrganizationRole -OrganizationRole 7c9e6679-7425-40de-944b-e07fc1f90ae7).Permissions | ForEach-Object newTwo").Single<string>());
        // The object in a single property, as about_Odc has it.
        Recorder.Answer = r => new RecorderAnswer(200, r.Path.Contains("/users", StringComparison.Ordinal)
            ? """{"key":"7c9e6679-7425-40de-944b-e07fc1f90ae7","name":"Ana","_embedded":{"newFour":4,"applicationRoles":[{"key":"r","newFive":5}]} }""" : """{"results":[]}""");
        Assert.Contains("\"newFour\":4", shell.Run("(Get-OdcUser -User 7c9e6679-7425-40de-944b-e07fc1f90ae7).Embedded | ConvertTo-Json -Compress").Single<string>(), StringComparison.Ordinal);
        Assert.Contains("\"newFive\":5", shell.Run("Get-OdcUser -User 7c9e6679-7425-40de-944b-e07fc1f90ae7 | ConvertTo-Json -Depth 9 -Compress").Single<string>(), StringComparison.Ordinal);
        Assert.Contains("\"newFour\":4", shell.Run("Invoke-OdcRestMethod /api/identity/v1/users | ConvertTo-Json -Depth 9 -Compress").Single<string>(), StringComparison.Ordinal);
    }

    private static string[] Keys(int count) => [.. Enumerable.Range(0, count).Select(Key)];

    private static string Key(int number) => $"00000000-0000-4000-8000-{number:000000000000}";

    private static bool Has(WireRequest request, int number) => (request + Encoding.UTF8.GetString(request.Body ?? [])).Contains(Key(number), StringComparison.OrdinalIgnoreCase);

    private static RecorderAnswer Users(WireRequest request)
    {
        var keys = request.Query.Where(q => q.Key == "userKeys").SelectMany(q => q.Value.Split(','));
        return new RecorderAnswer(200, $$"""{"results":[{{string.Join(',', keys.Select(k => $$"""{"key":"{{k}}","name":"x"}"""))}}]}""");
    }
}
