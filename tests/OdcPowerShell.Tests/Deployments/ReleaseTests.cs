using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OdcPowerShell.Deployments;

namespace OdcPowerShell.Tests.Deployments;

/// <summary>The weekly release: from stage to stage in one line, whatever happens on the way. The scenarios share their helpers, so that the file has a few lines more than 300.</summary>
public sealed class ReleaseTests
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Poll = Outage / 12;

    private const string Release = "Start-OdcDeployment -FromStage Development -Stage QA, Production -BuildIfMissing -Wait -Confirm:$false";

    [Fact]
    public async Task Twenty_assets_go_to_Production_in_one_line_through_failures_an_outage_and_Ctrl_C()
    {
        // A minute of the service is 1.5 s here: of its limits, of the outage and of the poll plan. A token is renewed after 3.2 s.
        await using var lab = await StageLab.StartAsync(assets: 32, window: Outage);
        lab.Tenant.TokenLifetime = TimeSpan.FromSeconds(4);
        lab.Shell.Connect(lab.Tenant, parameters: "-MaximumRetryCount 0").ThrowOnError();
        lab.Shell.Run("Get-OdcConnection -Default").Single<OdcConnection>().Client.Polling = new PollPlan(Poll, Outage / 2, Outage / 2);
        var wanted = Running(lab, "Development");
        lab.Delivery.OperationDuration = TimeSpan.FromMilliseconds(400);
        lab.Tenant.Statistics.Clear();
        var fewest = new FewestRequests(lab, wanted, Poll);
        fewest.BeginRun();
        // They take so long that the second run sees them fail, wherever the first one was stopped.
        lab.Delivery.Plan(EmulatedOperation.Deploy, OperationPlan.Failing("The disk is full.") with { Duration = Outage * 2 }, lab.Delivery.Asset("Claims").Key, lab.Qa);
        lab.Delivery.Plan(EmulatedOperation.Deploy, OperationPlan.Failing("The network is down.") with { Duration = Outage * 2 }, lab.Delivery.Asset("Warehouse").Key, lab.Qa);

        // Ctrl+C while some run and others have not started.
        var (running, first) = lab.Shell.Start(Release);
        using (running)
        {
            await Stopping.UntilAsync(() => first.IsCompleted || lab.Sent(StageLab.Posts).Count >= 3);
            Assert.False(first.IsCompleted, $"It ended: {running.Streams.Error.FirstOrDefault()}");
            running.Stop();
        }

        var hint = Regex.Match(lab.Shell.Host.Text, "Still running: (.*)\\. Not started: (.*)\\. Complete the run with: (.*)");
        Assert.True(hint.Success, lab.Shell.Host.Text);
        Assert.Contains("deployment of ", hint.Groups[1].Value, StringComparison.Ordinal);
        Assert.Contains("Customer Portal revision", hint.Groups[2].Value, StringComparison.Ordinal);
        Assert.Equal("Start-OdcDeployment -FromStage 'Development' -Stage 'QA', 'Production' -BuildIfMissing -Wait -Confirm:$false", hint.Groups[3].Value.Trim());

        fewest.BeginRun();
        var outage = TimeSpan.Zero;
        // The printed command goes on through an outage; the two that fail hold back what uses them, and the gate to Production.
        var (resumed, second) = lab.Shell.Start(hint.Groups[3].Value);
        using (resumed)
        {
            var posts = lab.Sent(StageLab.Posts).Count;
            await Stopping.UntilAsync(() => second.IsCompleted || lab.Sent(StageLab.Posts).Count > posts);
            lab.Tenant.Faults = new FaultPlan(seed: 1, share: 1, Fault.Html503) { IncludeSignIn = true };
            var began = Stopwatch.GetTimestamp();
            await Task.Delay(Outage, TestContext.Current.CancellationToken);
            // On a busy machine it polls later.
            await Stopping.UntilAsync(() => second.IsCompleted || resumed.Streams.Warning.Any(w => w.Message.Contains("can't be read at the moment", StringComparison.Ordinal)));
            lab.Tenant.Faults = null;
            outage = Stopwatch.GetElapsedTime(began);
            await second;
            var errors = resumed.Streams.Error.Select(e => e.ToString()).ToList();
            Assert.Contains(errors, e => e.StartsWith("The deployment of Claims revision", StringComparison.Ordinal) && e.Contains("The disk is full.", StringComparison.Ordinal));
            Assert.Contains(errors, e => e.StartsWith("The deployment of Warehouse revision", StringComparison.Ordinal) && e.Contains("The network is down.", StringComparison.Ordinal));
            Assert.Contains(errors, e => e.StartsWith("Order Desk revision", StringComparison.Ordinal) && e.Contains("because Warehouse, which it uses, was not", StringComparison.Ordinal));
            Assert.Contains(errors, e => e.StartsWith("Nothing was deployed to Production, because to QA", StringComparison.Ordinal) && e.Contains("Claims", StringComparison.Ordinal));
            Assert.Contains(resumed.Streams.Warning, w => w.Message.Contains("can't be read at the moment", StringComparison.Ordinal));
        }

        Assert.DoesNotContain(Sent(lab), s => s.Stage == lab.Production);

        fewest.BeginRun();
        // The third run has nothing in its way.
        var third = lab.Run(Release);
        var log = lab.Tenant.Statistics.Requests;
        Assert.Empty(third.Errors);
        Assert.Equal(wanted, Running(lab, "Production").Where(r => wanted.ContainsKey(r.Key)).ToDictionary());
        Assert.Equal(wanted, Running(lab, "QA").Where(r => wanted.ContainsKey(r.Key)).ToDictionary());
        Assert.Equal(0, lab.Tenant.Statistics.Count429);
        // The one of Connect-Odc was issued before the count.
        Assert.Contains(log, r => r.Status == 200 && r.Path.EndsWith("/token", StringComparison.Ordinal));
        Assert.DoesNotContain(log, r => r.Status == 401);
        var (sent, least) = fewest.Count(log);
        Assert.InRange(sent, least, least * 1.2);
        // What failed in the outage is extra: each address is asked for once in a poll time, at most a fifth of it early, however many operations run. On a busy machine the outage is longer.
        // A token that ends in the outage is asked for by each of them.
        var failed = log.Where(r => r.Fault is not null && !r.Path.EndsWith("/token", StringComparison.Ordinal)).GroupBy(r => r.PathAndQuery).ToDictionary(same => same.Key, same => same.Count());
        Assert.NotEmpty(failed);
        Assert.All(failed, address => Assert.InRange(address.Value, 1, (outage / (Poll * 0.8)) + 1));
        // Each was deployed once to each stage, and the two that failed once more.
        var twice = Sent(lab).GroupBy(s => s).Where(g => g.Count() > 1).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(new[] { "Claims", "Warehouse" }.Select(n => (lab.Delivery.Asset(n).Key, lab.Qa)).Order(), twice.Keys.Order());
        Assert.All(twice.Values, count => Assert.Equal(2, count));
        AssertOrder(lab, lab.Production, "Warehouse", "Order Desk", "Customer Portal");
    }

    [Fact]
    public async Task A_run_takes_few_more_requests_than_there_must_be()
    {
        await using var lab = await StageLab.StartAsync(assets: 32);
        lab.Delivery.OperationDuration = TimeSpan.FromMilliseconds(300);
        lab.Run("Get-OdcStage | Out-Null").ThrowOnError();
        lab.Tenant.Statistics.Clear();
        lab.Run("Start-OdcDeployment -FromStage QA -Stage Production -Wait -Confirm:$false").ThrowOnError();
        var requests = lab.Tenant.Statistics.Requests.Where(r => r.Path.StartsWith("/api/", StringComparison.Ordinal)).ToList();
        var deployed = lab.Sent(StageLab.Posts).Count;
        Assert.InRange(deployed, 5, 30);
        // Sources, targets, what is under way and names; what each uses; each start. Polls come on top, whose number is a matter of time.
        var fewest = 4 + deployed + deployed;
        var polls = requests.Count(r => r.Method == "GET" && r.Path.StartsWith("/api/deployments/v1/deployment-operations", StringComparison.Ordinal)) - 1;
        Assert.InRange(requests.Count - polls, fewest, fewest * 1.2);
    }

    [Fact]
    public async Task What_uses_an_asset_that_is_new_in_the_stage_is_held_back_when_that_one_fails()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("Start-OdcUndeployment 'Claims Assistant' -Stage QA -Confirm:$false -Wait; Start-OdcUndeployment Claims -Stage QA -Confirm:$false -Wait").ThrowOnError();
        lab.Delivery.Plan(EmulatedOperation.Deploy, OperationPlan.Failing("The disk is full."), lab.Delivery.Asset("Claims").Key);
        var result = lab.Run("Start-OdcDeployment -FromStage Development -Stage QA -Asset Claims, 'Claims Assistant' -BuildIfMissing -Wait -Confirm:$false");
        Assert.Contains(result.Errors, e => e.ToString().Contains("because Claims, which it uses, was not", StringComparison.Ordinal));
        Assert.Single(lab.Sent(StageLab.Posts), r => r.Body!.Contains("\"Deploy\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_start_whose_answer_was_lost_is_found_and_never_sent_again()
    {
        await using var lab = await StageLab.StartAsync(parameters: "-MaximumRetryCount 0");
        var lost = 0;
        lab.Tenant.Faults = new FaultPlan(seed: 1, share: 1, Fault.LostAnswer) { Only = (method, path) => method == "POST" && path.EndsWith("/deployment-operations", StringComparison.Ordinal) && lost++ == 0 };
        var deployment = lab.Run("Get-OdcDeployedAsset Fleet -Stage QA -Flat | Start-OdcDeployment -Stage Production -Wait -Confirm:$false").Single<OdcDeployment>();
        Assert.Equal(("Fleet", "Finished", "Production"), (deployment.AssetName, deployment.Status, deployment.StageName));
        Assert.Single(lab.Sent(StageLab.Posts));
    }

    [Fact]
    public async Task A_start_that_was_lost_and_can_not_be_found_is_unknown_and_never_sent_again()
    {
        await using var lab = await StageLab.StartAsync(parameters: "-MaximumRetryCount 0");
        lab.Tenant.Answer("/api/deployments/v1/deployment-operations", new CannedAnswer(504, "text/html", "<html>Gateway time-out</html>") { Method = "POST" });
        var result = lab.Run("Get-OdcDeployedAsset Fleet -Stage QA -Flat | Start-OdcDeployment -Stage Production -Wait -Confirm:$false");
        Assert.Contains("it may have been done or not", Assert.Single(result.Errors).MustBe("OdcOutcomeUnknown").ToString(), StringComparison.Ordinal);
        Assert.Single(lab.Sent(StageLab.Posts));
    }

    [Fact]
    public async Task What_is_deployed_there_already_is_skipped_with_a_word_and_Force_deploys_it()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("Get-OdcDeployedAsset Fleet -Stage QA -Flat | Start-OdcDeployment -Stage QA -Wait").ThrowOnError();
        Assert.Empty(lab.Sent(StageLab.Posts));
        var result = lab.Run("Start-OdcDeployment Fleet -Revision (Get-OdcDeployedAsset Fleet -Stage QA -Flat).Revision -Stage QA -Wait");
        Assert.Matches("^Not deployed to QA, because it runs there already: Fleet revision [0-9]+[.] -Force deploys what runs there again[.]$", Assert.Single(result.Warnings));
        lab.Run("Get-OdcDeployedAsset Fleet -Stage QA -Flat | Start-OdcDeployment -Stage QA -Wait -Force").Single<OdcDeployment>();
    }

    [Fact]
    public async Task What_somebody_else_is_deploying_is_waited_for_or_in_the_way()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Delivery.OperationDuration = TimeSpan.FromMilliseconds(800);
        var started = lab.Run("Get-OdcDeployedAsset Fleet -Stage QA -Flat | Start-OdcDeployment -Stage Production -Confirm:$false").Single<OdcDeployment>();
        var same = lab.Run("Get-OdcDeployedAsset Fleet -Stage QA -Flat | Start-OdcDeployment -Stage Production -Wait -Confirm:$false").Single<OdcDeployment>();
        Assert.Equal((started.OperationKey, "Finished"), (same.OperationKey, same.Status));
        Assert.Single(lab.Sent(StageLab.Posts));

        lab.Run("Get-OdcDeployedAsset Fleet -Stage QA -Flat | Start-OdcDeployment -Stage Production -Force -Confirm:$false").ThrowOnError();
        var other = lab.Run("Start-OdcDeployment Fleet -Revision 1 -Stage Production -Wait -BuildIfMissing -Confirm:$false");
        Assert.Contains("has a running operation there (Deploy)", Assert.Single(other.Errors).MustBe("OdcConflict").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_revisions_of_one_asset_are_refused_before_anything_starts()
    {
        await using var lab = await StageLab.StartAsync();
        var result = lab.Run("$r = (Get-OdcDeployedAsset Fleet -Stage QA -Flat).Revision; @{ AssetKey = (Get-OdcAsset Fleet).AssetKey; Revision = $r }, @{ AssetKey = (Get-OdcAsset Fleet).AssetKey; Revision = $r - 1 } | ForEach-Object { [pscustomobject]$_ } | Start-OdcDeployment -Stage Production -Wait -Confirm:$false");
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, e => Assert.Contains("Fleet was not deployed: its revisions", e.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal));
        Assert.Empty(lab.Sent(StageLab.Posts));
    }

    [Fact]
    public async Task Production_is_asked_for_once_with_the_plan_and_no_build_is()
    {
        await using var lab = await StageLab.StartAsync(assets: 12);
        lab.Shell.Host.Choice = 0;
        lab.Run("Start-OdcDeployment -FromStage Development -Stage QA, Production -BuildIfMissing -Wait").ThrowOnError();
        Assert.Equal(2, lab.Shell.Host.Text.Split("Production is a production stage. Continue?").Length);
        Assert.Contains("then to Production:", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.NotEmpty(lab.Sent("POST /api/builds/v1/build-operations"));
        Assert.DoesNotContain("build of", lab.Shell.Host.Text.Split('\n').Where(l => l.Contains("Continue?", StringComparison.Ordinal)).ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("-FromStage Production -Stage QA -Wait", 1, "Production comes after QA: this goes backwards.")]
    [InlineData("-FromStage Production -Stage QA -Wait -Force", 0, null)]
    [InlineData("-FromStage Production -Stage QA -Wait -Confirm:$false", 0, null)]
    public async Task Backwards_is_asked_for(string parameters, int asked, string? question)
    {
        await using var lab = await StageLab.StartAsync();
        lab.Shell.Host.Choice = 0;
        lab.Run($"Start-OdcDeployment Fleet -Stage Production -Revision (Get-OdcDeployedAsset Fleet -Stage Production -Flat).Revision -Force -Confirm:$false -Wait; Start-OdcDeployment -Asset Fleet {parameters}").ThrowOnError();
        Assert.Equal(asked, lab.Shell.Host.Text.Split("this goes backwards").Length - 1);
        Assert.Contains(question ?? "", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Equal(2, lab.Sent(StageLab.Posts).Count);
    }

    [Theory]
    [InlineData("-FromStage QA", "No target stage is specified.")]
    [InlineData("-FromStage QA -Stage QA", "QA is both the source and a target.")]
    [InlineData("-FromStage Development -Stage QA, Production", "Several stages were specified with -Stage, but the deployments are not waited for.")]
    [InlineData("-FromStage Development -Stage QA, qa -Wait", "A stage was specified twice with -Stage.")]
    [InlineData("-FromStage QA -Stage Production -OutFile result.txt", "-OutFile result.txt is neither .json nor .xml.")]
    [InlineData("-FromStage QA -Stage Production -OutFile /nowhere/at/all/result.xml", "The result file can't be written, so nothing was started")]
    public async Task What_can_not_be_meant_ends_the_command_before_anything_is_sent(string parameters, string message)
    {
        await using var lab = await StageLab.StartAsync();
        Assert.StartsWith(message, lab.Shell.Catch($"Start-OdcDeployment {parameters} -Confirm:$false").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(lab.Tenant.Statistics.Requests, r => r.Method == "POST" && r.Path.StartsWith("/api/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_asset_that_runs_nowhere_and_one_without_a_build_are_errors_and_the_others_are_deployed()
    {
        await using var lab = await StageLab.StartAsync();
        var result = lab.Run("Start-OdcDeployment -FromStage QA -Stage Production -Asset Nothing, 'No*such*one', Fleet -Wait -Confirm:$false");
        Assert.Equal(["Nothing does not run in QA.", "No asset that runs in QA fits 'No*such*one'."], result.Errors.Select(e => e.MustBe("OdcNotFound").ToString()));
        Assert.Equal("Fleet", Assert.Single(result.Output).Properties["AssetName"].Value);

        var debug = lab.Run("Start-OdcDeployment -FromStage Development -Stage QA -Wait");
        Assert.NotEmpty(debug.Errors);
        Assert.All(debug.Errors, e => Assert.Matches("no finished Release build|which it uses, was not", e.ToString()));
        Assert.Contains(debug.Errors, e => e.ErrorDetails.RecommendedAction.StartsWith("Use -BuildIfMissing", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Hibernated", "is hibernated")]
    [InlineData("Pending", "is still being created")]
    public async Task A_stage_that_is_not_ready_is_refused(string status, string words)
    {
        await using var lab = await StageLab.StartAsync();
        lab.Tenant.Answer("/api/portfolios/v2/environments", new CannedAnswer(200, "application/json", $$"""{"results":[{"key":"{{lab.Qa}}","name":"QA","purpose":"NonProduction","order":2,"hosting":"selfhosted","status":"{{status}}"}]}"""));
        var error = lab.Shell.Catch("Start-OdcDeployment Fleet -Revision 1 -Stage QA -BuildIfMissing");
        Assert.Contains($"Nothing was deployed: QA {words}", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Sent(StageLab.Posts));
    }

    [Fact]
    public async Task The_outcome_is_written_as_JSON_and_as_JUnit()
    {
        await using var lab = await StageLab.StartAsync();
        using var folder = new Folder();
        lab.Shell.Set("folder", folder.Path);
        lab.Delivery.Plan(EmulatedOperation.Deploy, OperationPlan.Failing("The disk is full."), lab.Delivery.Asset("Claims").Key);
        var result = lab.Run("Start-OdcDeployment -FromStage QA -Stage Production -Asset Claim*, Fleet -Wait -Confirm:$false -OutFile $folder/result.json");
        Assert.Equal(3, result.Errors.Count);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("result.json"), TestContext.Current.CancellationToken));
        Assert.False(json.RootElement.GetProperty("succeeded").GetBoolean());
        var outcomes = json.RootElement.GetProperty("deployments").EnumerateArray().ToDictionary(d => d.GetProperty("asset").GetString()!, d => d.GetProperty("outcome").GetString()!);
        Assert.Equal(("Failed", "HeldBack", "HeldBack", "Deployed"), (outcomes["Claims"], outcomes["Claims Assistant"], outcomes["Claim Approval"], outcomes["Fleet"]));

        lab.Run("Start-OdcDeployment -FromStage QA -Stage Production -Asset Claim*, Fleet -Wait -Confirm:$false -OutFile $folder/result.xml").ThrowOnError();
        var suite = Assert.Single(XDocument.Load(folder.File("result.xml")).Root!.Elements("testsuite"));
        Assert.Equal(("Production", "4", "0", "1"), (suite.Attribute("name")!.Value, suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value, suite.Attribute("skipped")!.Value));
        Assert.Contains("it runs there already", suite.Elements("testcase").Single(c => c.Attribute("name")!.Value.StartsWith("Fleet", StringComparison.Ordinal)).Element("skipped")!.Attribute("message")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consumer_that_has_enough_leaves_what_still_runs_with_the_command_that_resumes()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Delivery.Plan(EmulatedOperation.Deploy, OperationPlan.Endless, lab.Delivery.Asset("Claims").Key);
        lab.Run("Start-OdcDeployment -FromStage QA -Stage Production -Asset Claims, Fleet -Wait -Confirm:$false | Select-Object -First 1").ThrowOnError();
        Assert.Contains("Still running: deployment of Claims revision", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("Complete the run with: Start-OdcDeployment -FromStage 'QA' -Asset 'Claims', 'Fleet' -Stage 'Production'", lab.Shell.Host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_out_counts_once_for_the_run_and_what_was_not_started_is_told()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Delivery.Plan(EmulatedOperation.Deploy, OperationPlan.Endless, lab.Delivery.Asset("Claims").Key);
        var result = lab.Run("Start-OdcDeployment -FromStage QA -Stage Production -Asset Claim* -Wait -Confirm:$false -TimeoutSec 1");
        Assert.Equal(["OdcTimeout", "OdcOperationFailed", "OdcOperationFailed"], result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Contains("because Claims, which it uses, is still being deployed", result.Errors[1].ToString(), StringComparison.Ordinal);
    }

    private static Dictionary<string, int?> Running(StageLab lab, string stage) =>
        lab.Run($"Get-OdcDeployedAsset -Stage {stage} -Flat").All<OdcPowerShell.Portfolios.OdcDeployedRevision>().ToDictionary(r => r.AssetName!, r => r.Revision);

    private static List<(Guid Asset, Guid Stage)> Sent(StageLab lab) => [.. lab.Sent(StageLab.Posts).Where(r => r.Status == 201).Select(r => JsonDocument.Parse(r.Body!).RootElement).Select(b => (b.GetProperty("assetKey").GetGuid(), b.GetProperty("environmentKey").GetGuid()))];

    // What is used was started before what uses it.
    private static void AssertOrder(StageLab lab, Guid stage, params string[] names)
    {
        var sent = Sent(lab);
        var places = names.Select(n => sent.IndexOf((lab.Delivery.Asset(n).Key, stage))).ToList();
        Assert.True(places.All(p => p >= 0) && places.SequenceEqual(places.Order()), $"{string.Join(", ", names)} have the places {string.Join(", ", places)} of {sent.Count}.");
    }

    private sealed class Folder : IDisposable
    {
        internal string Path { get; } = Directory.CreateTempSubdirectory("odc-release-").FullName;

        internal string File(string name) => System.IO.Path.Combine(Path, name);

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
