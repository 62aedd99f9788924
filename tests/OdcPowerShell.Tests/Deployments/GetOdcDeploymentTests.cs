using OdcPowerShell.Deployments;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Tests.Deployments;

/// <summary>Deployments and publications say where they ran and who started them.</summary>
public sealed class GetOdcDeploymentTests
{
    private const string List = "GET /api/deployments/v1/deployment-operations";
    private const string Stages = "GET /api/portfolios/v2/environments";
    private const string Users = "GET /api/identity/v1/users";
    private const string Assets = "GET /api/asset-repository/v1/assets";

    [Theory]
    [InlineData("Get-OdcDeployment")]
    [InlineData("Get-OdcDeployment -PageSize 7")]
    [InlineData("Get-OdcDeployment -Asset Fleet")]
    [InlineData("Get-OdcDeployment -Sort AssetName")]
    [InlineData("Get-OdcDeployment -Status Finished -First 5")]
    [InlineData("Get-OdcStage | Get-OdcDeployment")]
    public async Task Every_deployment_has_the_stage_and_the_person_that_the_tenant_knows(string line)
    {
        await using var lab = await StageLab.StartAsync();
        var rows = lab.Run(line).All<OdcDeployment>();
        Assert.NotEmpty(rows);
        var truth = lab.Tenant.Stages.SelectMany(s => lab.Run($"Get-OdcDeployment -Stage {s.Key}").All<OdcDeployment>().Select(d => (d.OperationKey, s.Name))).ToDictionary(d => d.OperationKey!, d => d.Name);
        Assert.All(rows, d => Assert.Equal((truth[d.OperationKey!], NameOf(lab, d.DeployedBy)), (d.StageName, d.DeployedByName)));
        Assert.Contains(rows, d => d.DeployedByName is not null);
    }

    [Fact]
    public async Task A_pipeline_s_deployment_has_a_key_and_no_name()
    {
        await using var lab = await StageLab.StartAsync();
        var rows = lab.Run("Get-OdcDeployment -Stage Production").All<OdcDeployment>();
        Assert.All(rows, d => Assert.Equal((lab.Tenant.Clients["deployer"].ClientId, null), (d.DeployedBy, d.DeployedByName)));
        lab.Tenant.Statistics.Clear();
        lab.Run("Get-OdcDeployment -Stage Production").ThrowOnError();
        // That nobody has the key is remembered too.
        Assert.Empty(lab.Sent(Users));
    }

    [Fact]
    public async Task Publications_have_the_names_of_assets_stages_and_people()
    {
        await using var lab = await StageLab.StartAsync();
        var rows = lab.Run("Get-OdcPublication").All<OdcPublication>();
        Assert.NotEmpty(rows);
        Assert.All(rows, p => Assert.Equal(("Development", NameOf(lab, p.DeployedBy)), (p.StageName, p.DeployedByName)));
        Assert.All(rows, p => Assert.Equal(lab.Delivery.Assets.Single(a => a.Key.ToString() == p.AssetKey).Name, p.AssetName));
        var one = lab.Run("Get-OdcPublication -First 1 | Get-OdcPublication").Single<OdcPublication>();
        Assert.Equal((rows[0].AssetName, "Development", rows[0].DeployedByName), (one.AssetName, one.StageName, one.DeployedByName));
    }

    [Fact]
    public async Task Names_cost_one_request_and_only_for_the_rows_that_are_wanted()
    {
        await using var lab = await StageLab.StartAsync(assets: 120);
        lab.Run("Get-OdcDeployment").ThrowOnError();
        Assert.Single(lab.Sent(Users));
        lab.Tenant.Statistics.Clear();
        lab.Run("Get-OdcDeployment; Get-OdcPublication; Get-OdcDeployedAsset -Flat").ThrowOnError();
        Assert.Empty(lab.Sent(Users));
        Assert.InRange(lab.Sent(Assets).Count, 1, lab.Sent("GET /api/deployments/v1/publish-operations").Count);

        await using var fresh = await StageLab.StartAsync();
        fresh.Run("Get-OdcDeployment -Stage QA | Select-Object -First 1; Get-OdcDeployedAsset -Flat -First 1").ThrowOnError();
        Assert.Equal((1, 1), (fresh.Sent(List).Count, fresh.Sent(Stages).Count));
        Assert.InRange(fresh.Sent(Users).Count, 1, 2);
    }

    [Fact]
    public async Task The_stage_of_one_row_costs_at_most_one_list_of_each_stage()
    {
        await using var lab = await StageLab.StartAsync();
        Assert.NotNull(lab.Run("Get-OdcDeployment -First 1").Single<OdcDeployment>().StageName);
        Assert.InRange(lab.Sent(List).Count, 2, 1 + lab.Tenant.Stages.Count);
        Assert.Single(lab.Sent(Stages));
    }

    [Fact]
    public async Task A_long_list_with_dates_of_its_own_reads_no_part_of_a_stage_twice()
    {
        await using var lab = await StageLab.StartAsync(assets: 220);
        var rows = lab.Run("Get-OdcPublication -Since 2026-01-01 -Before 2026-06-01").All<OdcPublication>();
        var pages = (rows.Count + 99) / 100;
        Assert.True(pages > 4);
        Assert.All(rows, p => Assert.Equal("Development", p.StageName));
        Assert.InRange(lab.Sent("GET /api/deployments/v1/publish-operations").Count, pages, 3 * pages);
    }

    [Theory]
    [InlineData("Get-OdcDeployment -Stage QA -First 3")]
    [InlineData("Get-OdcPublication -First 3")]
    [InlineData("Get-OdcDeployedAsset -Flat -First 3")]
    public async Task A_client_that_may_see_no_users_gets_no_names_and_no_error(string line)
    {
        await using var lab = await StageLab.StartAsync();
        using var shell = Shell.Connected(lab.Tenant, "deployer");
        var result = shell.Run($"{line} -Verbose; {line}").ThrowOnError();
        Assert.Equal(6, result.Output.Count);
        Assert.All(result.Output, o => Assert.Null(o.Properties["DeployedByName"].Value));
        Assert.Empty(result.Warnings);
        Assert.Contains(result.Verbose, v => v.StartsWith("Names of users are left out: the API client lacks the permission User management", StringComparison.Ordinal));
        Assert.Single(lab.Sent(Users));
    }

    [Fact]
    public async Task Names_that_can_t_be_had_now_are_warned_of_and_the_list_comes()
    {
        await using var lab = await StageLab.StartAsync(parameters: "-MaximumRetryCount 0");
        lab.Tenant.Answer("/api/identity/v1/users", new CannedAnswer(502, "text/html", "<html>down</html>"));
        var result = lab.Run("Get-OdcDeployment -Stage QA -First 3");
        Assert.Equal(3, result.All<OdcDeployment>().Count);
        Assert.StartsWith("Names of users are left out: ", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_runs_where_says_who_deployed_it()
    {
        await using var lab = await StageLab.StartAsync();
        var rows = lab.Run("Get-OdcDeployedAsset -Flat").All<OdcDeployedRevision>();
        Assert.All(rows, r => Assert.Equal(NameOf(lab, r.DeployedBy), r.DeployedByName));
        Assert.Contains(rows, r => r.DeployedByName is not null);
        Assert.Single(lab.Sent(Users));
    }

    [Fact]
    public async Task Names_survive_a_file()
    {
        await using var lab = await StageLab.StartAsync();
        var row = lab.Run("$d = Get-OdcDeployment -Stage QA -First 1; [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($d)) | Get-OdcDeployment").Single<OdcDeployment>();
        Assert.Equal("QA", row.StageName);
        Assert.NotNull(row.DeployedByName);
    }

    private static string? NameOf(StageLab lab, string? key) => lab.Tenant.Identity.FindUser(Guid.Parse(key!)) is { } user ? user.Name ?? user.Email : null;
}
