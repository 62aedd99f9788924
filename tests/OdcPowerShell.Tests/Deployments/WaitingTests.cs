namespace OdcPowerShell.Tests.Deployments;

/// <summary>Waiting for operations: what it ends with, and what it outlives.</summary>
public sealed class WaitingTests
{
    private const string Undeploy = "Start-OdcUndeployment Fleet -Stage QA -Confirm:$false";

    [Fact]
    public async Task A_time_out_says_that_the_operation_goes_on()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Delivery.Plan(EmulatedOperation.Undeploy, OperationPlan.Endless);
        var result = lab.Run(Undeploy + " -Wait -TimeoutSec 1");
        Assert.Empty(result.Output);
        var error = Assert.Single(result.Errors).MustBe("OdcTimeout");
        Assert.Contains("The deployment of Fleet revision", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("to QA is still Running after 1 s. It continues on the service.", error.ToString(), StringComparison.Ordinal);
        Assert.Matches("^Wait for it again with: Get-OdcDeployment [0-9a-f-]{36} [|] Wait-OdcOperation$", error.ErrorDetails.RecommendedAction);
        Assert.Equal("Running", Assert.IsType<OdcPowerShell.Deployments.OdcDeployment>(error.TargetObject).Status);
    }

    [Fact]
    public async Task An_operation_that_makes_no_step_ends_the_wait()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Delivery.Plan(EmulatedOperation.Undeploy, OperationPlan.Endless);
        var error = Assert.Single(lab.Run(Undeploy + " -Wait -StallTimeoutSec 1").Errors).MustBe("OdcTimeout");
        Assert.Contains("to QA has reported no new step for 1 s. It continues on the service.", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_that_ends_the_script_leaves_what_still_runs_with_the_command_that_resumes()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Delivery.Plan(EmulatedOperation.Undeploy, OperationPlan.Endless, lab.Delivery.Asset("Claims").Key);
        lab.Delivery.Plan(EmulatedOperation.Undeploy, OperationPlan.Failing("No."), lab.Delivery.Asset("Fleet").Key);
        var error = lab.Shell.Catch("Start-OdcUndeployment Claims, Fleet -Stage QA -Confirm:$false -Wait -ErrorAction Stop");
        Assert.Contains("Fleet", error.ToString(), StringComparison.Ordinal);
        Assert.Matches("Still running: deployment of Claims revision [0-9]+ to QA[.] Wait for it again with: Get-OdcDeployment [0-9a-f-]{36} [|] Wait-OdcOperation", lab.Shell.Host.Text);
    }

    [Fact]
    public async Task The_printed_command_waits_for_the_same_operations_of_all_kinds()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Delivery.OperationDuration = TimeSpan.FromHours(1);
        var result = lab.Run("$all = @(Start-OdcUndeployment Fleet -Stage QA -Confirm:$false; Get-OdcAsset 'Order Desk' | Start-OdcBuild); $all | Wait-OdcOperation -TimeoutSec 1");
        Assert.Equal(2, result.Errors.Count);
        lab.Delivery.SkipTime(TimeSpan.FromHours(2));
        foreach (var error in result.Errors)
        {
            var command = error.MustBe("OdcTimeout").ErrorDetails.RecommendedAction.Split("again with: ")[1];
            Assert.Single(lab.Run(command).Output);
        }
    }

    [Fact]
    public async Task The_bar_is_gone_when_the_command_ends()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run(Undeploy + " -Wait").ThrowOnError();
        Assert.Matches("act = deployment of Fleet revision [0-9]+ to QA", lab.Shell.Host.Text);
        var bars = lab.Shell.Host.Text.Split('\n').Where(l => l.Contains("act = Waiting for operations", StringComparison.Ordinal)).ToList();
        Assert.Contains("Processing", bars[0], StringComparison.Ordinal);
        Assert.Contains("Completed", bars[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "ConsoleHost", false)]
    [InlineData(false, "ConsoleHost", true)]
    [InlineData(false, "ConsoleHost", false, "GITHUB_ACTIONS")]
    [InlineData(false, "ConsoleHost", false, "TF_BUILD")]
    [InlineData(false, "ConsoleHost", false, "CI")]
    [InlineData(true, "Visual Studio Code Host", true)]
    [InlineData(true, "ServerRemoteHost", true, "CI")]
    public void Bars_are_for_those_who_look_at_them(bool seen, string host, bool isRedirected, string? runner = null) =>
        Assert.Equal(seen, OdcPowerShell.Bases.ProgressBars.AreSeen(host, isRedirected, name => name == runner ? "True" : null));

    [Fact]
    public async Task Stopping_says_what_goes_on_and_how_to_pick_it_up()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Delivery.Plan(EmulatedOperation.Undeploy, OperationPlan.Endless);
        var started = lab.Run(Undeploy).Single<OdcPowerShell.Deployments.OdcDeployment>();
        lab.Shell.Set("started", started);
        var (running, result) = lab.Shell.Start("$started | Wait-OdcOperation");
        using (running)
        {
            while (lab.Sent($"GET /api/deployments/v1/deployment-operations/{started.OperationKey}").Count < 2 && !result.IsCompleted)
                await Task.Delay(20, TestContext.Current.CancellationToken);
            Assert.False(result.IsCompleted, $"It did not wait: {running.Streams.Error.FirstOrDefault()}");
            running.Stop();
        }

        Assert.Contains($"Still running: deployment of Fleet revision {started.Revision} to QA. Wait for it again with: Get-OdcDeployment {started.OperationKey} | Wait-OdcOperation", lab.Shell.Host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_ends_and_a_secret_that_is_rotated_break_no_wait()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Tenant.TokenLifetime = TimeSpan.FromSeconds(1);
        lab.Shell.Set("client", lab.Tenant.Clients["deployer"]);
        lab.Shell.Set("tenant", lab.Tenant.Url.ToString());
        lab.Run("""
            Connect-Odc $tenant -Name second -CredentialProvider { [pscredential]::new($client.ClientId, (ConvertTo-SecureString $client.Secret -AsPlainText -Force)) }
            """).ThrowOnError();
        lab.Run("Get-OdcConnection second").Single<OdcConnection>().Client.Polling = new PollPlan(TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(100));
        lab.Delivery.OperationDuration = TimeSpan.FromSeconds(4);
        lab.Tenant.Statistics.Clear();
        var (running, result) = lab.Shell.Start("Start-OdcUndeployment (Get-OdcDeployedAsset -Flat -Stage QA -Connection second -First 1).AssetKey -Stage QA -Confirm:$false -Wait -Connection second");
        using (running)
        {
            while (lab.Tenant.Statistics.TokenRequests.Count < 1 && !result.IsCompleted)
                await Task.Delay(20, TestContext.Current.CancellationToken);
            lab.Tenant.Clients["deployer"].RotateSecret();
            var output = await result;
            Assert.Empty(running.Streams.Error);
            Assert.Equal("Finished", ((OdcPowerShell.Deployments.OdcDeployment)Assert.Single(output).BaseObject).Status);
        }

        Assert.InRange(lab.Tenant.Statistics.TokenRequests.Count, 3, 12);
    }

    [Fact]
    public async Task Operations_of_all_kinds_are_waited_for_together()
    {
        await using var lab = await StageLab.StartAsync();
        var result = lab.Run("""
            $asset = Get-OdcAsset 'Order Desk'
            $operations = @(
                $asset | Start-OdcBuild
                $asset | Start-OdcDeploymentAnalysis -Stage QA
                Start-OdcDeletionAnalysis 'Board Reports'
                Start-OdcUndeployment Fleet -Stage QA -Confirm:$false
                $asset | Start-OdcPublication -Stage Development
                [pscustomobject]@{ Email = 'ana@acme.example' } | Import-OdcUser
            )
            $operations | Wait-OdcOperation | ForEach-Object { $_.GetType().Name }
            """);
        Assert.Equal(
            ["OdcBuild", "OdcDeletionAnalysis", "OdcDeployment", "OdcDeploymentAnalysis", "OdcPublication", "OdcUserImport"],
            result.All<string>().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_no_operation_is_refused()
    {
        await using var lab = await StageLab.StartAsync();
        Assert.Contains("OdcStage", Assert.Single(lab.Run("Get-OdcStage QA | Wait-OdcOperation").Errors).MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Applying_configurations_can_be_tried()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("Start-OdcConfigurationApply Fleet -Stage Production -WhatIf").ThrowOnError();
        Assert.Contains("\"operation\":\"ApplyConfigs\"", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Empty(lab.Sent(StageLab.Posts));
    }

    [Fact]
    public async Task Configurations_are_applied_to_the_revision_that_runs()
    {
        await using var lab = await StageLab.StartAsync();
        Assert.Equal("Finished", lab.Run("Get-OdcAsset Fleet | Start-OdcConfigurationApply -Stage QA -Wait").Single<OdcPowerShell.Deployments.OdcDeployment>().Status);
        Assert.Contains($"\"revision\":{lab.Running("Fleet", lab.Qa)}", Assert.Single(lab.Sent(StageLab.Posts)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_of_a_build_is_packed_and_saved()
    {
        await using var lab = await StageLab.StartAsync();
        Assert.Empty(lab.Run("Get-OdcAsset 'Order Desk' | Get-OdcBuild | Get-OdcGeneratedCodePackage").All<OdcPowerShell.Builds.OdcGeneratedCodePackage>());
        var folder = Directory.CreateTempSubdirectory("odc-code-");
        try
        {
            lab.Shell.Set("folder", folder.FullName);
            lab.Run("Get-OdcDeployedAsset -Stage QA -Name 'Order Desk' -Flat | Get-OdcBuild | Start-OdcGeneratedCodePackage -Wait | Save-OdcContent -Path $folder").ThrowOnError();
            Assert.True(Assert.Single(folder.GetFiles()).Length > 0);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
