using OdcPowerShell.Identity;
using OdcPowerShell.Tests.Contract;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Transport;

/// <summary>Answers that the specification allows and nobody expects: nothing raw comes of them, and nothing is silent.</summary>
public sealed class OddAnswerTests(RecorderFixture fixture) : IClassFixture<RecorderFixture>
{
    private const string A = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private const string B = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
    private const string S = "aaaaaaaa-0000-4000-8000-000000000001";

    private Recorder Recorder => fixture.Recorder;

    [Theory]
    [InlineData("{0}", 3, "Start-OdcDeployment -BuildIfMissing reads another asset")]
    [InlineData(A, 9, "another revision")]
    [InlineData(null, null, "neither")]
    public void A_build_that_is_read_back_as_another_one_loses_no_target(string? asset, int? revision, string why)
    {
        asset = asset == "{0}" ? B : asset;
        Answer(r => r switch
        {
            { Method: "POST" } when r.Path.EndsWith("/build-operations", StringComparison.Ordinal) => """{"buildKey":"bbbbbbbb-0000-4000-8000-000000000002"}""",
            { Method: "POST" } when r.Path.EndsWith("/deployment-operations", StringComparison.Ordinal) => $$"""{"operationKey":"{{S}}","status":"Finished"}""",
            _ when r.Path.EndsWith("/build-operations", StringComparison.Ordinal) => """{"builds":[]}""",
            _ when r.Path.Contains("/build-operations/", StringComparison.Ordinal) =>
                $$"""{"buildKey":"bbbbbbbb-0000-4000-8000-000000000002","buildType":"Release","status":"Finished"{{(asset is null ? "" : $",\"assetKey\":\"{asset}\"")}}{{(revision is null ? "" : $",\"assetRevision\":{revision}")}}}""",
            _ when r.Path.EndsWith("/environments", StringComparison.Ordinal) => $$"""{"results":[{"environmentKey":"{{S}}","name":"QA"}]}""",
            _ when r.Path.Contains("/deployment-operations/", StringComparison.Ordinal) => $$"""{"operationKey":"{{S}}","status":"Finished"}""",
            _ => """{"results":[]}""",
        });
        using var shell = Recorder.Connect();
        var result = shell.Run($"Start-OdcDeployment {A} 3 {S} -BuildIfMissing -Confirm:$false -TimeoutSec 8");
        Assert.True(result.Output.Count > 0 || result.HasError, why);
        Assert.All(result.Errors.Concat(result.Terminating is null ? [] : [result.Terminating.ErrorRecord]), e => Assert.IsAssignableFrom<OdcException>(e.Exception));
        Assert.Single(Recorder.Requests, r => r.Method == "POST" && r.Path.EndsWith("/build-operations", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData($"Set-OdcStage {S} -Name New -PassThru -Confirm:$false", "The stage " + S)]
    [InlineData($"Set-OdcStage -Update @{{ StageKey = '{S}'; Name = 'New' }} -PassThru -Confirm:$false", "The stage " + S)]
    [InlineData($"Set-OdcPortfolio {S} New -PassThru -Confirm:$false", "portfolio " + S)]
    public void What_is_not_in_the_list_that_is_read_afterwards_is_said(string line, string named)
    {
        Recorder.Answer = r => r.Method == "GET" ? new RecorderAnswer(200, """{"results":[]}""") : new RecorderAnswer(204, Json: null);
        using var shell = Recorder.Connect();
        var result = shell.Run(line).ThrowOnError();
        Assert.Empty(result.Output);
        Assert.Contains(named, Assert.Single(result.Warnings, w => w.Contains("does not contain it", StringComparison.Ordinal)), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The specification promises a text, and not a GUID.</summary>
    [Theory]
    [InlineData("Get-OdcAsset | Remove-OdcAsset -Confirm:$false", """{"assetKey":"legacy app/1","name":"Legacy"}""", "DELETE", "/api/asset-repository/v1/assets/legacy%20app%2F1")]
    [InlineData("Get-OdcGroup | Remove-OdcGroup -Confirm:$false", """{"key":"group-7","name":"Clerks"}""", "DELETE", "/api/identity/v1/groups/group-7")]
    [InlineData("Get-OdcUser -Status Active | Disable-OdcUser", """{"key":"ana","name":"Ana","isEndUser":true,"isMember":true}""", "PATCH", "/api/identity/v1/users/ana")]
    public void The_key_of_an_object_is_its_key_whatever_it_looks_like(string line, string item, string method, string path)
    {
        Recorder.Answer = r => r.Method == "GET" ? new RecorderAnswer(200, $$"""{"results":[{{item}}],"page":{"totalResults":1} }""") : new RecorderAnswer(204, Json: null);
        using var shell = Recorder.Connect();
        shell.Run(line);
        Assert.Equal((method, path), Recorder.Requests.Where(r => r.Method != "GET").Select(r => (r.Method, r.Path)).Single());
    }

    [Theory]
    [InlineData("Start-OdcDeploymentAnalysis {0} 3 {1}", "deployment analysis")]
    [InlineData("Start-OdcDeletionAnalysis {0}", "deletion analysis")]
    public void An_analysis_without_a_key_is_told_as_that(string line, string noun)
    {
        Answer(_ => """{"status":"Running"}""", status: r => r.Method == "POST" ? 202 : 200);
        using var shell = Recorder.Connect();
        var type = noun == "deployment analysis" ? "DeploymentAnalysis" : "DeletionAnalysis";
        foreach (var wait in new[] { "", " -Wait", $" | Get-Odc{type}" })
        {
            var result = shell.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, line, A, S) + " -Confirm:$false" + wait);
            Assert.All(result.Output, o => Assert.NotNull(o.Properties["AnalysisKey"].Value));
            Assert.True(result.HasError, line + wait);
            Assert.All(result.Errors, e => Assert.IsAssignableFrom<OdcException>(e.Exception));
        }

        // Where the object itself has none, it is not said to be of another kind than it is.
        shell.Set("analysis", type == "DeploymentAnalysis" ? new OdcPowerShell.DependencyManagement.OdcDeploymentAnalysis() : new OdcPowerShell.DependencyManagement.OdcDeletionAnalysis());
        var message = shell.Run($"$analysis | Get-Odc{type}").Error.ToString();
        Assert.Contains("has no AnalysisKey", message, StringComparison.Ordinal);
        Assert.DoesNotContain("not OdcDe", message, StringComparison.Ordinal);
    }

    /// <summary>The token of the recorder has no shape by which a token is known.</summary>
    [Theory]
    [InlineData("""{"detail":"raw recorded-token-0123456789.opaque came"}""", "application/problem+json", 400)]
    [InlineData("""{"title":"x","errors":{"recorded-token-0123456789.opaque":["recorded-token-0123456789.opaque"]}}""", "application/json", 422)]
    [InlineData("<p>recorded-token-0123456789.opaque</p>", "text/html", 403)]
    [InlineData("recorded-token-0123456789.opaque", "text/plain", 500)]
    [InlineData("""["recorded-token-0123456789.opaque"]""", "application/json", 200)]
    [InlineData("""{"name":["recorded-token-0123456789.opaque"]}""", "application/json", 200)]
    [InlineData("recorded%2Dtoken-0123456789.opaque", "text/plain", 502)]
    public void A_token_that_an_answer_repeats_is_shown_to_nobody(string body, string type, int status)
    {
        Recorder.Token = new RecorderAnswer(200, """{ "access_token": "recorded-token-0123456789.opaque", "token_type": "Bearer", "expires_in": 43199 }""");
        try
        {
            Recorder.Answer = _ => new RecorderAnswer(status, body) { ContentType = type };
            using var shell = Recorder.Connect();
            foreach (var line in new[] { "Get-OdcOrganization", "Invoke-OdcRestMethod /api/identity/v1/users -Method POST -Body @{ email = 'a' } -Confirm:$false", "Get-OdcUser", $"Remove-OdcGroup {A} -Confirm:$false" })
            {
                var result = shell.Run($"$VerbosePreference = $DebugPreference = 'Continue'; try {{ {line} }} catch {{ $_ | Format-List * -Force | Out-String -Width 9999; $_.Exception.ToString() }}; $Error | ForEach-Object {{ \"$_\"; $_.Exception.ToString(); $_ | ConvertTo-Json -Depth 3 -WarningAction Ignore }}");
                var text = string.Concat(result.Output.Select(o => o + "\n").Concat(result.Verbose).Concat(result.Errors.Select(e => e + "\n" + e.Exception)).Concat(result.Warnings)) + shell.Host.Text;
                Assert.NotEmpty(text);
                Assert.DoesNotContain("token-0123456789.opaque", text, StringComparison.Ordinal);
            }
        }
        finally
        {
            Recorder.Token = null;
        }
    }

    [Theory]
    [InlineData("Get-OdcUser")]
    [InlineData("Get-OdcAsset")]
    [InlineData("Get-OdcEndUserRole")]
    [InlineData("Get-OdcOrganizationRole")]
    [InlineData("Get-OdcGroup")]
    [InlineData("Find-OdcAssetRevision -Revision 1")]
    [InlineData("Get-OdcUser -Group " + S)]
    [InlineData("Get-OdcEndUserRole -Sort name -User")]
    public void One_batch_that_fails_is_one_error(string command)
    {
        var failed = false;
        Recorder.Answer = r =>
        {
            // The second of the batches fails, and no other.
            if (failed || !(r + System.Text.Encoding.UTF8.GetString(r.Body ?? [])).Contains("00000000-0000-4000-8000-000000000150", StringComparison.OrdinalIgnoreCase))
                return new RecorderAnswer(200, """{"results":[]}""");
            failed = true;
            return new RecorderAnswer(400, """{"detail":"No.","errorCode":"OS-X","traceId":"t"}""");
        };
        using var shell = Recorder.Connect();
        shell.Set("keys", Enumerable.Range(0, 300).Select(i => $"00000000-0000-4000-8000-{i:000000000000}").ToArray());
        var piped = command.EndsWith("-User", StringComparison.Ordinal) ? $"$keys | ForEach-Object {{ [pscustomobject]@{{ UserKey = $_ }} }} | {command[..^6]}" : $"$keys | {command}";
        var result = shell.Run(piped);
        Assert.Null(result.Terminating);
        Assert.Single(result.Errors, e => e.ToString().Contains("No.", StringComparison.Ordinal));
        Assert.True(failed);
        Assert.Contains(Recorder.Requests, r => (r + System.Text.Encoding.UTF8.GetString(r.Body ?? [])).Contains("000000000299", StringComparison.Ordinal));
    }

    [Fact]
    public void A_start_without_a_key_ends_no_other()
    {
        var starts = 0;
        Recorder.Answer = r => r.Method == "POST"
            ? new RecorderAnswer(202, ++starts == 2 ? "{}" : $$"""{"buildKey":"bbbbbbbb-0000-4000-8000-00000000000{{starts}}"}""")
            : new RecorderAnswer(200, $$"""{"buildKey":"{{r.Path.Split('/')[^1]}}","status":"Finished","buildType":"Release"}""");
        using var shell = Recorder.Connect();
        var result = shell.Run($"Start-OdcBuild {A}, {B}, {S} 3 -Confirm:$false -Wait");
        Assert.Null(result.Terminating);
        Assert.Equal(2, result.Output.Count);
        Assert.Equal(OdcErrorCause.UnexpectedResponse, Assert.IsAssignableFrom<OdcException>(Assert.Single(result.Errors).Exception).Cause);
    }

    /// <summary>A key that was given more than once is one request, one object for each, and one error.</summary>
    [Fact]
    public void A_key_that_no_user_has_is_one_error_however_often_it_is_given()
    {
        Recorder.Answer = _ => new RecorderAnswer(200, """{"results":[]}""");
        using var shell = Recorder.Connect();
        foreach (var line in new[] { $"Get-OdcUser -User {A}, {A}, {B}, {A}", $"'{A}', '{B}', '{A}' | Get-OdcUser", $"Get-OdcAsset -Asset {A}, {B}, {A}" })
            Assert.Equal(2, shell.Run(line).Errors.Count);
    }

    private void Answer(Func<WireRequest, string> json, Func<WireRequest, int>? status = null) =>
        Recorder.Answer = r => new RecorderAnswer(status?.Invoke(r) ?? (r.Method == "POST" ? 202 : 200), json(r));
}
