using OdcPowerShell.Emulator;
using OdcPowerShell.Portfolios;
using OdcPowerShell.Tests.Deployments;

namespace OdcPowerShell.Tests.Portfolios;

/// <summary>What differs between two stages.</summary>
public sealed class CompareOdcStageTests
{
    private const string List = "GET /api/portfolios/v2/deployed-assets";
    private const string Stages = "GET /api/portfolios/v2/environments";

    [Theory]
    [InlineData("Compare-OdcStage QA Production")]
    [InlineData("Compare-OdcStage -ReferenceStage (Get-OdcStage QA) -DifferenceStage (Get-OdcStage Production).StageKey")]
    [InlineData("Compare-OdcStage QA Production -PageSize 5")]
    public async Task Every_asset_of_either_stage_has_a_row(string line)
    {
        await using var lab = await StageLab.StartAsync();
        var rows = lab.Run(line).All<OdcStageComparison>();
        Assert.Equal(lab.Delivery.Assets.Count(a => lab.Delivery.DeployedRevision(a.Key, lab.Qa) is not null), rows.Count);
        Assert.All(rows, r =>
        {
            var key = Guid.Parse(r.AssetKey!);
            Assert.Equal((lab.Delivery.DeployedRevision(key, lab.Qa), lab.Delivery.DeployedRevision(key, lab.Production)), (r.ReferenceRevision, r.DifferenceRevision));
            Assert.Equal(("QA", "Production", "Production", 1), (r.ReferenceStage, r.DifferenceStage, r.Behind, r.RevisionsBehind));
            Assert.NotNull(r.Since);
        });
    }

    [Fact]
    public async Task The_older_stage_is_behind_since_the_newer_revision_came()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("""
            Get-OdcDeployedAsset Fleet -Stage QA -Flat | Start-OdcDeployment -Stage Production -Wait -Confirm:$false
            Get-OdcDeployedAsset Claims -Stage Development -Flat | Start-OdcDeployment -Stage Production -BuildIfMissing -Wait -Confirm:$false
            Start-OdcUndeployment Expenses -Stage Production -Wait -Confirm:$false
            Start-OdcUndeployment Warehouse -Stage QA -Wait -Confirm:$false
            """).ThrowOnError();
        var rows = lab.Run("Compare-OdcStage QA Production").All<OdcStageComparison>().ToDictionary(r => r.AssetName!);
        var (qa, production) = (Flat("QA"), Flat("Production"));

        Assert.Equal((null, null, null), (rows["Fleet"].Behind, rows["Fleet"].RevisionsBehind, rows["Fleet"].Since));
        Assert.Equal(("QA", 1, production["Claims"].DeployedAt), (rows["Claims"].Behind, rows["Claims"].RevisionsBehind, rows["Claims"].Since));
        Assert.Equal(("Production", 1, qa["Order Desk"].DeployedAt), (rows["Order Desk"].Behind, rows["Order Desk"].RevisionsBehind, rows["Order Desk"].Since));
        Assert.Equal(("5", "4 (1.10.0)"), (rows["Order Desk"].Reference, rows["Order Desk"].Difference));
        Assert.Equal(("Production", null, qa["Expenses"].DeployedAt, ""), (rows["Expenses"].Behind, rows["Expenses"].RevisionsBehind, rows["Expenses"].Since, rows["Expenses"].Difference));
        Assert.Equal(("QA", null, production["Warehouse"].DeployedAt), (rows["Warehouse"].Behind, rows["Warehouse"].RevisionsBehind, rows["Warehouse"].Since));

        Dictionary<string, OdcDeployedRevision> Flat(string stage) => lab.Run($"Get-OdcDeployedAsset -Stage {stage} -Flat").All<OdcDeployedRevision>().ToDictionary(r => r.AssetName!);
    }

    [Fact]
    public async Task The_rows_are_a_file_too()
    {
        await using var lab = await StageLab.StartAsync();
        using var folder = new OdcPowerShell.Tests.Tenants.TestFolder();
        Directory.CreateDirectory(folder.Path);
        (string xml, string md) files = (folder["drift.xml"], folder["drift.md"]);
        lab.Shell.Set("xml", files.xml);
        lab.Shell.Set("md", files.md);
        lab.Run("Get-OdcDeployedAsset Fleet -Stage QA -Flat | Start-OdcDeployment -Stage Production -Wait -Confirm:$false").ThrowOnError();
        var rows = lab.Run("Compare-OdcStage QA Production -OutFile $xml").All<OdcStageComparison>();
        var suite = System.Xml.Linq.XDocument.Load(files.xml).Root!.Element("testsuite")!;
        Assert.Equal((rows.Count, rows.Count - 1), ((int)suite.Attribute("tests")!, (int)suite.Attribute("failures")!));
        Assert.Equal(rows.Select(r => r.AssetName), suite.Elements("testcase").Select(c => (string)c.Attribute("name")!));
        Assert.Empty(suite.Elements("testcase").Single(c => (string)c.Attribute("name")! == "Fleet").Elements());

        lab.Run("Compare-OdcStage QA Production -Name Fleet -OutFile $md").ThrowOnError();
        var table = await File.ReadAllTextAsync(files.md, TestContext.Current.CancellationToken);
        Assert.Contains("0 of 1 assets differ.", table, StringComparison.Ordinal);
        Assert.Single(table.Split('\n'), l => l.StartsWith("| Fleet | ", StringComparison.Ordinal));
        Assert.True(lab.Run("Compare-OdcStage QA Production -OutFile drift.txt").HasError);
    }

    [Fact]
    public async Task A_failed_deployment_is_no_difference()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Delivery.Plan(EmulatedOperation.Deploy, OperationPlan.Failing("No room."), lab.Delivery.Asset("Fleet").Key);
        lab.Run("Get-OdcDeployedAsset Fleet -Stage QA -Flat | Start-OdcDeployment -Stage Production -Wait -Confirm:$false");
        Assert.Equal("Production", lab.Run("Compare-OdcStage QA Production -Name Fleet").Single<OdcStageComparison>().Behind);
    }

    [Fact]
    public async Task One_list_serves_both_stages()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("Compare-OdcStage QA Production").ThrowOnError();
        Assert.Equal((1, 1), (lab.Sent(List).Count, lab.Sent(Stages).Count));
        Assert.Equal(2, lab.Tenant.Statistics.Requests.Count(r => r.Path.StartsWith("/api/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("-Name Claim*", "Claim Approval, Claims, Claims Assistant")]
    [InlineData("-Name 'order desk'", "Order Desk")]
    [InlineData("-Type Workflow, Agent", "Claim Approval, Claims Assistant")]
    [InlineData("-First 1 -Skip 1", "Claim Approval")]
    [InlineData("-Name Nothing*", "")]
    public async Task Rows_are_chosen(string filter, string names)
    {
        await using var lab = await StageLab.StartAsync();
        Assert.Equal(names, string.Join(", ", lab.Run($"Compare-OdcStage QA Production {filter}").ThrowOnError().All<OdcStageComparison>().Select(r => r.AssetName)));
    }

    [Theory]
    [InlineData("Compare-OdcStage QA QA", "OdcInvalidRequest", "Both stages are QA.")]
    [InlineData("Compare-OdcStage QA (Get-OdcStage QA).StageKey", "OdcInvalidRequest", "Both stages are QA.")]
    [InlineData("Compare-OdcStage QA Staging", "OdcNotFound", "There is no stage with the name 'Staging'")]
    [InlineData("Compare-OdcStage 11111111-1111-1111-1111-111111111111 QA", "OdcNotFound", "There is no stage with the key 11111111-1111-1111-1111-111111111111")]
    [InlineData("Compare-OdcStage QA (Get-OdcAsset Fleet)", "OdcInvalidRequest", "A stage is expected here, not an OdcAsset")]
    [InlineData("Compare-OdcStage QA Production -Name Order", "OdcNotFound", "'Order'")]
    [InlineData("Compare-OdcStage QA Production -Name '[a'", "OdcInvalidRequest", "'[a' is no valid pattern")]
    public async Task Bad_input_is_an_error(string line, string id, string message)
    {
        await using var lab = await StageLab.StartAsync();
        var result = lab.Run(line);
        Assert.Empty(result.Output);
        Assert.Contains(message, result.Error.MustBe(id).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_in_either_stage_is_an_error()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Delivery.AddStage(new EmulatedStage(Guid.NewGuid(), "Staging", "NonProduction", 1500, "staging.example", "staging.example"));
        lab.Delivery.AddStage(new EmulatedStage(Guid.NewGuid(), "Sandbox", "NonProduction", 2000, "sandbox.example", "sandbox.example"));
        Assert.Contains("Nothing that this API client can see runs in Staging or Sandbox", lab.Run("Compare-OdcStage Staging Sandbox").Error.MustBe("OdcNotFound").ToString(), StringComparison.Ordinal);
        Assert.All(lab.Run("Compare-OdcStage QA Staging").All<OdcStageComparison>(), r => Assert.Equal("Staging", r.Behind));
    }

    [Fact]
    public async Task A_client_that_sees_no_stage_is_told_so()
    {
        await using var lab = await StageLab.StartAsync();
        using var shell = Shell.Connected(lab.Tenant, "endusers");
        var error = shell.Catch("Compare-OdcStage QA Production").MustBe("OdcNotFound");
        Assert.Contains("Stage > View stage", $"{error} {error.ErrorDetails.RecommendedAction}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comparison_finds_what_to_deploy_and_is_not_deployed_itself()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("Compare-OdcStage QA Production -Name Fleet | Where-Object Behind -eq Production | Get-OdcDeployedAsset -Stage QA -Flat | Start-OdcDeployment -Stage Production -Wait -Confirm:$false").ThrowOnError();
        Assert.Equal(lab.Running("Fleet", lab.Qa), lab.Running("Fleet", lab.Production));
        lab.Tenant.Statistics.Clear();
        Assert.Contains("OdcStageComparison", lab.Run("Compare-OdcStage QA Production | Start-OdcDeployment -Stage Production -Confirm:$false").Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Sent(StageLab.Posts));
    }

    [Fact]
    public async Task The_table_fits_80_columns_with_all_but_the_count()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Shell.Host.Width = 80;
        lab.Run("Compare-OdcStage QA Production | Out-Default").ThrowOnError();
        Assert.Contains("AssetName          Reference      Difference     Behind       Since", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Matches(@"Order Desk +5 +4 \(1\.10\.0\) +Production +2026-02-1", lab.Shell.Host.Text);
    }
}
