using System.Globalization;
using OdcPowerShell.Deployments;
using OdcPowerShell.Emulator;

namespace OdcPowerShell.Tests.Deployments;

/// <summary>The time line of all that changed.</summary>
public sealed class GetOdcChangeTests
{
    // The seeded history is of January and February 2026.
    private const string All = "Get-OdcChange 2026-01-01";
    private const string Deployments = "GET /api/deployments/v1/deployment-operations";
    private const string Publications = "GET /api/deployments/v1/publish-operations";
    private const string Assets = "GET /api/asset-repository/v1/assets";
    private const string Builds = "GET /api/builds/v1/build-operations";
    private const string Stages = "GET /api/portfolios/v2/environments";
    private const string Users = "GET /api/identity/v1/users";

    [Fact]
    public async Task It_has_everything_that_the_lists_of_their_own_have()
    {
        await using var lab = await StageLab.StartAsync();
        var rows = lab.Run(All).All<OdcChange>();
        Assert.Equal(Keys(lab, "Get-OdcAsset | Get-OdcAssetRevision | ForEach-Object { \"$($_.AssetKey) $($_.Revision)\" }"), Sorted(rows, "Revision", r => $"{r.AssetKey} {r.Revision}"));
        Assert.Equal(Keys(lab, "Get-OdcDeployment | ForEach-Object OperationKey"), Sorted(rows, "Deployment", r => r.OperationKey));
        Assert.Equal(Keys(lab, "Get-OdcPublication | ForEach-Object OperationKey"), Sorted(rows, "Publication", r => r.OperationKey));
        Assert.Equal(Keys(lab, "Get-OdcPublication | Get-OdcBuild | ForEach-Object BuildKey"), Sorted(rows, "Build", r => r.BuildKey));
        Assert.Equal(rows.OrderByDescending(r => r.ChangedAt).Select(r => r.ChangedAt), rows.Select(r => r.ChangedAt));
    }

    [Fact]
    public async Task Rows_name_assets_stages_and_people()
    {
        await using var lab = await StageLab.StartAsync();
        var rows = lab.Run(All).All<OdcChange>();
        var stages = lab.Run("Get-OdcDeployment").All<OdcDeployment>().ToDictionary(d => d.OperationKey!, d => d.StageName);
        Assert.All(rows, r => Assert.Equal(lab.Delivery.Assets.Single(a => a.Key.ToString() == r.AssetKey).Name, r.AssetName));
        Assert.All(rows.Where(r => r.Kind == "Deployment"), r => Assert.Equal(stages[r.OperationKey!], r.StageName));
        Assert.All(rows.Where(r => r.Kind == "Publication"), r => Assert.Equal("Development", r.StageName));
        Assert.All(rows.Where(r => r.Kind is "Revision" or "Build"), r => Assert.Null(r.StageName));
        Assert.All(rows.Where(r => r.StageName == "Production"), r => Assert.Equal((null, lab.Tenant.Clients["deployer"].ClientId), (r.ChangedByName, r.Who)));
        Assert.All(rows.Where(r => r.Kind == "Revision"), r => Assert.Equal(lab.Tenant.Identity.FindUser(Guid.Parse(r.ChangedBy!))!.Name, r.Who));
        Assert.Contains(rows, r => r is { Kind: "Revision", Tag: "1.10.0", AssetName: "Order Desk", Revision: 4, CommitMessage: "Change 4 of Order Desk" });
    }

    [Fact]
    public async Task Failures_undeployments_and_configurations_are_changes_too()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Delivery.Plan(EmulatedOperation.Deploy, OperationPlan.Failing("No room."), lab.Delivery.Asset("Fleet").Key);
        lab.Run("Get-OdcDeployedAsset Fleet -Stage QA -Flat | Start-OdcDeployment -Stage Production -Wait -Confirm:$false");
        lab.Run("""
            Start-OdcUndeployment Fleet -Stage QA -Wait -Confirm:$false
            Start-OdcConfigurationApply Claims -Stage QA -Wait -Confirm:$false
            New-OdcAsset Orders WebApplication | Start-OdcPublication -Wait
            """).ThrowOnError();
        var rows = lab.Run("Get-OdcChange (Get-Date).AddHours(-1)").All<OdcChange>();
        Assert.Equal(
            [
                "Build Orders 1  Finished", "Configuration Claims QA Finished", "Deployment Fleet 5 Production FinishedWithError",
                "Publication Orders 1 Development Finished", "Revision Orders 1  ", "Undeployment Fleet 5 QA Finished",
            ],
            rows.Select(r => r.Kind == "Configuration" ? $"{r.Kind} {r.AssetName} {r.StageName} {r.Status}" : $"{r.Kind} {r.AssetName} {r.Revision} {r.StageName} {r.Status}").Order(StringComparer.Ordinal));
        Assert.Equal("Undeployment", lab.Run("Get-OdcChange (Get-Date).AddHours(-1) -Kind Undeployment").Single<OdcChange>().Kind);
        Assert.Equal("Configuration", lab.Run("Get-OdcChange (Get-Date).AddHours(-1) -Kind configuration").Single<OdcChange>().Kind);
        Assert.Contains("No room.", string.Join('\n', lab.Run("Get-OdcChange (Get-Date).AddHours(-1) -Kind Deployment | Get-OdcDeploymentMessage | ForEach-Object Message").All<string>()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_assets_that_changed_are_asked_for_their_revisions_and_builds()
    {
        await using var lab = await StageLab.StartAsync(assets: 150);
        lab.Run("Get-OdcDeployedAsset Fleet -Stage QA -Flat | Start-OdcDeployment -Stage Production -Wait -Confirm:$false; Start-OdcUndeployment Expenses -Stage QA -Wait -Confirm:$false; New-OdcAsset Orders WebApplication").ThrowOnError();
        lab.Run("Get-OdcConnection | Disconnect-Odc").ThrowOnError();
        using var shell = Shell.Connected(lab.Tenant);
        lab.Tenant.Statistics.Clear();
        var rows = shell.Run("Get-OdcChange (Get-Date).AddHours(-1)").All<OdcChange>();
        var revised = rows.Where(r => r is { Kind: "Revision", Revision: > 1 }).Select(r => r.AssetKey).Distinct().Count();
        Assert.Equal(3, lab.Sent(Deployments).Count);
        Assert.InRange(lab.Sent(Publications).Count, 1, 2);
        Assert.Equal((1, 1), (lab.Sent(Stages).Count, lab.Sent(Assets).Count));
        Assert.Equal(revised, lab.Tenant.Statistics.Requests.Count(r => r.Path.EndsWith("/revisions", StringComparison.Ordinal)));
        Assert.Equal(rows.Select(r => r.AssetKey).Distinct().Count(), lab.Sent(Builds).Count);
        Assert.Single(lab.Sent(Users));
    }

    [Theory]
    [InlineData("-Kind Deployment -First 1", 3, 0, 0, 0)]
    [InlineData("-Kind Publication -First 5", 0, 2, 0, 0)]
    [InlineData("-Kind Deployment, Publication -First 2", 3, 2, 0, 0)]
    [InlineData("-Stage Production", 1, 1, 0, 0)]
    [InlineData("-Stage QA, Production -Kind Undeployment", 2, 0, 0, 0)]
    [InlineData("-Asset Fleet -Kind Revision", 0, 0, 1, 0)]
    [InlineData("-Asset Fleet -Kind Build", 0, 0, 0, 1)]
    public async Task What_is_not_wanted_is_not_asked_for(string filter, int deployments, int publications, int revisions, int builds)
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run($"{All} {filter}").ThrowOnError();
        Assert.Equal(
            (deployments, publications, revisions, builds),
            (lab.Sent(Deployments).Count, lab.Sent(Publications).Count, lab.Tenant.Statistics.Requests.Count(r => r.Path.EndsWith("/revisions", StringComparison.Ordinal)), lab.Sent(Builds).Count));
    }

    [Fact]
    public async Task Operations_come_as_they_are_read()
    {
        await using var lab = await StageLab.StartAsync(assets: 150);
        lab.Run($"{All} -Kind Deployment | Select-Object -First 3").ThrowOnError();
        Assert.Equal(3, lab.Sent(Deployments).Count);
        var all = lab.Run($"{All} -Kind Deployment -PageSize 7").All<OdcChange>();
        Assert.Equal(lab.Run("Get-OdcDeployment").Output.Count, all.Count);
        Assert.Equal(all.OrderByDescending(r => r.ChangedAt).Select(r => r.ChangedAt), all.Select(r => r.ChangedAt));
        Assert.Equal(all.Skip(5).Take(10).Select(r => r.OperationKey), lab.Run($"{All} -Kind Deployment -Skip 5 -First 10").All<OdcChange>().Select(r => r.OperationKey));
    }

    [Theory]
    [InlineData("-Asset Fleet")]
    [InlineData("-Asset Fleet, Claims")]
    [InlineData("-Kind Build")]
    [InlineData("-Kind Revision, Build")]
    [InlineData("-Before 2026-02-01")]
    [InlineData("-Stage QA")]
    [InlineData("-Kind Publication -Stage QA, Development")]
    public async Task A_part_is_what_it_is_in_the_whole(string filter)
    {
        await using var lab = await StageLab.StartAsync();
        var whole = lab.Run(All).All<OdcChange>();
        var part = lab.Run($"{All} {filter}").All<OdcChange>();
        var expected = whole.Where(r => filter switch
        {
            "-Asset Fleet" => r.AssetName == "Fleet",
            "-Asset Fleet, Claims" => r.AssetName is "Fleet" or "Claims",
            "-Kind Build" => r.Kind == "Build",
            "-Kind Revision, Build" => r.Kind is "Revision" or "Build",
            "-Before 2026-02-01" => r.ChangedAt < new DateTimeOffset(new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Local)),
            "-Stage QA" => r.StageName == "QA",
            _ => r.Kind == "Publication",
        });
        Assert.NotEmpty(part);
        Assert.Equal(expected.Select(Line).Order(StringComparer.Ordinal), part.Select(Line).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_source_without_permission_is_one_warning_and_the_rest_comes()
    {
        await using var lab = await StageLab.StartAsync();
        using var shell = Shell.Connected(lab.Tenant, "deployer");
        var result = shell.Run($"{All} -Verbose");
        var rows = result.All<OdcChange>();
        Assert.Equal(["Deployment", "Publication"], rows.Select(r => r.Kind).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["Builds", "Revisions"], result.Warnings.Select(w => w.Split(' ')[0]).Order(StringComparer.Ordinal));
        Assert.All(result.Warnings, w => Assert.Contains("Asset management > Open", w, StringComparison.Ordinal));
        Assert.Single(lab.Sent(Builds));
        Assert.Contains(result.Verbose, v => v.StartsWith("Names of users are left out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stages_that_are_not_seen_are_warned_of()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Tenant.Clients["special"].Permissions = ["Asset management > Open"];
        using var shell = Shell.Connected(lab.Tenant, "special");
        var result = shell.Run($"{All} -Asset Fleet");
        Assert.Equal(["Build", "Revision"], result.All<OdcChange>().Select(r => r.Kind).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["Deployments", "Publications"], result.Warnings.Select(w => w.Split(' ')[0]).Order(StringComparer.Ordinal));
        Assert.All(result.Warnings, w => Assert.Contains("Stage > View stage", w, StringComparison.Ordinal));
        // A service that answers with an empty list instead of an error.
        lab.Tenant.Answer("/api/deployments/v1/deployment-operations", new CannedAnswer(200, "application/json", """{ "results": [], "page": { "count": 0 } }"""));
        Assert.Contains(shell.Run($"{All} -Kind Revision, Deployment -Asset Fleet").Warnings, w => w.StartsWith("Deployments are left out: the API client sees no stage", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_that_may_be_read_is_an_error()
    {
        await using var lab = await StageLab.StartAsync();
        using var shell = Shell.Connected(lab.Tenant, "endusers");
        var result = shell.Run(All);
        Assert.Empty(result.Output);
        result.Error.MustBe("OdcAccessDenied");
        Assert.Equal(["Deployments", "Publications", "Revisions"], result.Warnings.Select(w => w.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_was_deleted_is_named_once()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("Remove-OdcAsset Claims -Confirm:$false").ThrowOnError();
        var result = lab.Run(All);
        Assert.Contains(result.All<OdcChange>(), r => r is { Kind: "Deployment", AssetName: "Claims" });
        Assert.StartsWith("Revisions and builds of an asset are left out", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-OdcChange -Since 2026-02-01 -Before 2026-01-01", "OdcInvalidRequest", "-Before is before -Since")]
    [InlineData("Get-OdcChange 2026-01-01 -Stage QA -Kind Revision, Build", "OdcInvalidRequest", "belong to no stage")]
    [InlineData("Get-OdcChange 2026-01-01 -Stage Staging", "OdcNotFound", "There is no stage with the name 'Staging'")]
    [InlineData("Get-OdcChange 2026-01-01 -Stage 11111111-1111-1111-1111-111111111111", "OdcNotFound", "There is no stage with the key")]
    [InlineData("Get-OdcChange 2026-01-01 -Asset Nowhere", "OdcNotFound", "There is no asset with the name 'Nowhere'")]
    [InlineData("Get-OdcChange 2026-01-01 -Kind Deploy", "ParameterArgumentValidationError", "Deployment")]
    [InlineData("Get-OdcChange yesterday", "ParameterArgumentTransformationError", "'yesterday' is not a date")]
    [InlineData("Get-OdcChange 2026", "ParameterArgumentTransformationError", "is not a date")]
    public async Task Bad_input_is_an_error_and_nothing_comes(string line, string id, string message)
    {
        await using var lab = await StageLab.StartAsync();
        var result = lab.Run(line);
        Assert.Empty(result.Output);
        Assert.Equal(id, result.ErrorId);
        Assert.Contains(message, result.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Sent(Deployments));
    }

    [Fact]
    public async Task Piped_assets_are_asked_for_together_and_none_is_not_all()
    {
        await using var lab = await StageLab.StartAsync();
        Assert.Equal(["Claims", "Fleet"], lab.Run("'Fleet', 'Claims' | Get-OdcAsset | Get-OdcChange 2026-01-01").All<OdcChange>().Select(r => r.AssetName).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(3, lab.Sent(Deployments).Count);
        Assert.Empty(lab.Run("@() | Get-OdcChange 2026-01-01").ThrowOnError().Output);
    }

    [Theory]
    [InlineData("Deployment", "Get-OdcDeploymentMessage")]
    [InlineData("Deployment", "Get-OdcDeployment")]
    [InlineData("Publication", "Get-OdcPublicationMessage")]
    [InlineData("Publication", "Get-OdcPublication")]
    [InlineData("Build", "Get-OdcBuild")]
    [InlineData("Build", "Get-OdcBuildLog")]
    [InlineData("Revision", "Get-OdcAsset")]
    [InlineData("Revision", "Get-OdcUser")]
    public async Task A_change_leads_to_its_operation_live_and_from_a_file(string kind, string command)
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run($"$c = {All} -Kind {kind} -First 1").ThrowOnError();
        Assert.NotEmpty(lab.Run($"$c | {command}").ThrowOnError().Output);
        Assert.NotEmpty(lab.Run($"[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($c)) | {command}").ThrowOnError().Output);
    }

    [Theory]
    [InlineData("Publication", "Get-OdcDeploymentMessage", "not an OdcChange of the kind Publication")]
    [InlineData("Deployment", "Get-OdcPublication", "not an OdcChange of the kind Deployment")]
    [InlineData("Revision", "Get-OdcDeployment", "not an OdcChange of the kind Revision")]
    [InlineData("Deployment", "Start-OdcDeployment -Stage Production -Confirm:$false", "OdcChange")]
    [InlineData("Revision", "Remove-OdcAsset -Confirm:$false", "OdcChange")]
    public async Task A_change_of_another_kind_is_refused_before_anything_is_asked(string kind, string command, string message)
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run($"$c = {All} -Kind {kind} -First 1").ThrowOnError();
        lab.Tenant.Statistics.Clear();
        Assert.Contains(message, lab.Run($"$c | {command}").Error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(lab.Tenant.Statistics.Requests, r => r.Path.Contains("-operations", StringComparison.Ordinal) || r.Method != "GET");
    }

    [Fact]
    public async Task A_file_has_all_columns_and_the_table_the_main_ones_at_80()
    {
        await using var lab = await StageLab.StartAsync();
        var csv = lab.Run($"{All} | ConvertTo-Csv -NoTypeInformation").All<string>();
        Assert.StartsWith("\"ChangedAt\",\"Kind\",\"AssetName\",\"Revision\",\"Tag\",\"StageName\",\"Who\",\"Status\"", csv[0], StringComparison.Ordinal);
        lab.Shell.Host.Width = 80;
        lab.Run($"{All} -First 3 | Out-Default").ThrowOnError();
        Assert.Matches("ChangedAt +Kind +AssetName +Revision StageName +Who", lab.Shell.Host.Text);
    }

    [Fact]
    public async Task Assets_are_read_until_they_are_older_if_they_come_in_order()
    {
        await using var lab = await StageLab.StartAsync(assets: 1500);
        lab.Run("New-OdcAsset Orders WebApplication").ThrowOnError();
        lab.Tenant.Statistics.Clear();
        Assert.Equal("Orders", lab.Run("Get-OdcChange (Get-Date).AddHours(-1) -Kind Revision").Single<OdcChange>().AssetName);
        Assert.Single(lab.Sent(Assets));
    }

    private static string Line(OdcChange r) => string.Create(CultureInfo.InvariantCulture, $"{r.ChangedAt:O} {r.Kind} {r.AssetName} {r.Revision} {r.StageName} {r.Who} {r.OperationKey} {r.BuildKey}");

    private static IEnumerable<string?> Keys(StageLab lab, string script) => lab.Run(script).All<string>().Order(StringComparer.Ordinal);

    private static IEnumerable<string?> Sorted(IEnumerable<OdcChange> rows, string kind, Func<OdcChange, string?> key) => rows.Where(r => r.Kind == kind).Select(key).Order(StringComparer.Ordinal);
}
