using OdcPowerShell.Deployments;

namespace OdcPowerShell.Tests.Deployments;

/// <summary>Back to what ran before.</summary>
public sealed class UndoOdcDeploymentTests
{
    [Fact]
    public async Task Undo_goes_back_to_what_ran_before_also_after_a_deployment_that_failed()
    {
        await using var lab = await StageLab.StartAsync();
        var before = lab.Running("Fleet", lab.Production);
        lab.Run("Start-OdcDeployment -FromStage QA -Stage Production -Asset Fleet -Wait -Confirm:$false").ThrowOnError();
        var after = lab.Running("Fleet", lab.Production);
        Assert.NotEqual(before, after);
        lab.Delivery.Plan(EmulatedOperation.Deploy, OperationPlan.Failing("No."), lab.Delivery.Asset("Fleet").Key);
        Assert.NotEmpty(lab.Run("Get-OdcDeployedAsset Fleet -Stage Production -Flat | Start-OdcDeployment -Stage Production -Force -Wait -Confirm:$false").Errors);

        lab.Run("Undo-OdcDeployment Fleet -Stage Production -WhatIf").ThrowOnError();
        Assert.Matches($"1 +Fleet +{before} +{after} +Release", lab.Shell.Host.Text);
        Assert.Equal(after, lab.Running("Fleet", lab.Production));
        Assert.Equal(before, lab.Run("Undo-OdcDeployment Fleet -Stage Production -Wait -Confirm:$false").Single<OdcDeployment>().Revision);
        Assert.Equal(before, lab.Running("Fleet", lab.Production));
        Assert.Equal(after, lab.Run($"Get-OdcDeployedAsset Fleet -Stage Production -Flat | Undo-OdcDeployment -Stage Production -To {after} -Wait -Confirm:$false").Single<OdcDeployment>().Revision);
    }

    [Theory]
    [InlineData("Undo-OdcDeployment Fleet -Stage Production -To 9999 -Wait -Confirm:$false", "OdcNotFound")]
    [InlineData("Undo-OdcDeployment 'Money Formats' -Stage Production -Wait -Confirm:$false", "OdcNotFound")]
    [InlineData("Undo-OdcDeployment Nothing -Stage Production -Wait -Confirm:$false", "OdcNotFound")]
    [InlineData("Start-OdcUndeployment Fleet -Stage QA -Wait -Confirm:$false | Out-Null; Undo-OdcDeployment Fleet -Stage QA -Wait", "OdcNotFound")]
    public async Task Undo_of_what_can_not_be_undone_is_an_error(string line, string id)
    {
        await using var lab = await StageLab.StartAsync();
        Assert.Single(lab.Run(line).Errors).MustBe(id);
    }
}
