using System.Text.Json;

namespace OdcPowerShell.Tests.Deployments;

/// <summary>Many assets from stage to stage, and back.</summary>
public sealed class PromotionTests
{
    private const string Promote = "Test-OdcDeployment -Stage {0} -ErrorOnConflict | Start-OdcDeployment -BuildIfMissing -Wait -Confirm:$false";
    private const string Polls = "GET /api/deployments/v1/deployment-operations";

    [Fact]
    public async Task Twenty_assets_go_to_QA_and_Production_in_order_and_back_within_the_limits()
    {
        await using var lab = await StageLab.StartAsync(assets: 32, window: TimeSpan.FromSeconds(1.5));
        lab.Run("$before = Get-OdcDeployedAsset -Stage Production -Flat; $dev = Get-OdcDeployedAsset -Stage Development -Flat; $libraries = Get-OdcAsset -Type LowCodeLibrary, ExternalLibrary").ThrowOnError();
        var wanted = lab.Run("$dev").All<OdcPowerShell.Portfolios.OdcDeployedRevision>().ToDictionary(r => r.AssetName!, r => r.Revision);
        var before = lab.Run("$before").All<OdcPowerShell.Portfolios.OdcDeployedRevision>().ToDictionary(r => r.AssetName!, r => r.Revision);
        Assert.InRange(wanted.Count, 20, 25);

        foreach (var stage in new[] { "QA", "Production" })
        {
            var result = lab.Run($"@($libraries) + @($dev) | {string.Format(System.Globalization.CultureInfo.InvariantCulture, Promote, stage)}");
            Assert.Empty(result.Errors);
            // What runs there already in the same revision is left out, with a word.
            var deployed = result.Output.Select(o => ((OdcPowerShell.Deployments.OdcDeployment)o.BaseObject).AssetName!).ToList();
            Assert.All(wanted.Keys.Except(deployed), name => Assert.Contains(result.Warnings, w => w.Contains($"{name} revision {wanted[name]}", StringComparison.Ordinal) && w.Contains("there already", StringComparison.Ordinal)));
            Assert.InRange(deployed.Count, 10, wanted.Count);
            Assert.Contains(result.Warnings, w => w.Contains("Money Formats is a LowCodeLibrary", StringComparison.Ordinal));
        }

        Assert.All(wanted, w => Assert.Equal(w.Value, lab.Running(w.Key, lab.Production)));
        AssertOrder(lab, "Warehouse", "Order Desk", "Customer Portal");
        AssertOrder(lab, "Claims", "Claims Assistant", "Claim Approval");

        var back = lab.Run("$before | Start-OdcDeployment -Stage Production -Wait -Confirm:$false");
        Assert.Empty(back.Errors);
        Assert.All(before, b => Assert.Equal(b.Value, lab.Running(b.Key, lab.Production)));
        Assert.Equal(0, lab.Tenant.Statistics.Count429);
    }

    // What is used was started before what uses it, in both stages.
    private static void AssertOrder(StageLab lab, params string[] names)
    {
        var started = lab.Sent(StageLab.Posts).Select(r => JsonDocument.Parse(r.Body!).RootElement)
            .Select(b => (Asset: b.GetProperty("assetKey").GetGuid(), Stage: b.GetProperty("environmentKey").GetGuid())).ToList();
        foreach (var stage in new[] { lab.Qa, lab.Production })
        {
            var places = names.Select(n => started.IndexOf((lab.Delivery.Asset(n).Key, stage))).ToList();
            Assert.DoesNotContain(-1, places);
            Assert.Equal(places.Order(), places);
        }
    }

    [Fact]
    public async Task What_uses_one_that_failed_is_not_deployed()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Delivery.Plan(EmulatedOperation.Deploy, OperationPlan.Failing("The disk is full."), lab.Delivery.Asset("Claims").Key);
        var result = lab.Run("Get-OdcDeployedAsset -Stage QA -Flat | Where-Object { $_.AssetName -like 'Claim*' -or $_.AssetName -eq 'Fleet' } | Start-OdcDeployment -Stage Production -Wait -Confirm:$false");
        Assert.Equal("Fleet", Assert.Single(result.Output).Properties["AssetName"].Value);
        Assert.Equal(3, result.Errors.Count);
        Assert.StartsWith("The deployment of Claims revision ", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("The disk is full.", result.Errors[0].MustBe("OdcOperationFailed").ToString(), StringComparison.Ordinal);
        Assert.Equal("FinishedWithError", Assert.IsType<OdcPowerShell.Deployments.OdcDeployment>(result.Errors[0].TargetObject).Status);
        Assert.All(result.Errors.Skip(1), e => Assert.Contains("which it uses, was not.", e.MustBe("OdcOperationFailed").ToString(), StringComparison.Ordinal));
        Assert.Equal(2, lab.Sent(StageLab.Posts).Count);
    }

    [Fact]
    public async Task Many_deployments_cost_no_more_looks_than_a_few()
    {
        await using var lab = await StageLab.StartAsync(assets: 60);
        // They run until the second poll, however long they took to start, and end together.
        lab.Delivery.OperationDuration = TimeSpan.FromHours(1);
        lab.Poll(every: TimeSpan.FromMilliseconds(300));
        var (shell, running) = lab.Shell.Start("Get-OdcDeployedAsset -Stage QA -Flat | Start-OdcDeployment -Stage QA -Force | Wait-OdcOperation");
        using (shell)
        {
            await Stopping.UntilAsync(() => running.IsCompleted || lab.Sent(Polls).Count == 2);
            lab.Delivery.SkipTime(TimeSpan.FromHours(2));
            await running;
            Assert.Empty(shell.Streams.Error);
        }

        Assert.InRange(lab.Sent(StageLab.Posts).Count, 45, 60);
        // Each look is one list, and none asks for a single operation.
        Assert.InRange(lab.Sent(Polls).Count, 3, 25);
        Assert.DoesNotContain(lab.Tenant.Statistics.Requests, r => r.Path.StartsWith("/api/deployments/v1/deployment-operations/", StringComparison.Ordinal));
    }
}
