using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace OdcPowerShell.Tests.Portfolios;

/// <summary>What Tab offers for assets and portfolios.</summary>
public sealed class AssetCompletionTests
{
    [Theory]
    [InlineData("Get-OdcStage -Portfolio Pa", "Partners")]
    [InlineData("Get-OdcAsset -Portfolio ", "'Main Portfolio', Partners")]
    [InlineData("Remove-OdcAsset Cl", "'Claim Approval', Claims, 'Claims Assistant'")]
    [InlineData("Get-OdcAsset -Type Mob", "MobileApplication, MobileLibrary")]
    [InlineData("Get-OdcAsset -Embed s", "sourceCode, signature")]
    [InlineData("Get-OdcDeployedAsset -Sort P", "Production")]
    [InlineData("Compare-OdcStage Q", "QA")]
    [InlineData("Compare-OdcStage QA P", "Production")]
    [InlineData("Compare-OdcStage QA Production -Name Fl", "Fleet")]
    [InlineData("Get-OdcChange 2026-01-01 -Kind De", "Deployment")]
    [InlineData("Get-OdcChange 2026-01-01 -Stage P", "Production")]
    [InlineData("Get-OdcChange 2026-01-01 -Asset Fl", "Fleet")]
    [InlineData("Get-OdcLibrary -RevisionScope ", "Latest, HighestTag, All")]
    [InlineData("Get-OdcAssetProducer Fleet -ProducerType L", "Libraries")]
    [InlineData("Find-OdcPublicElement -ElementType Server", "ServerAction, ServerEntity")]
    public async Task Names_and_values_are_offered(string line, string offered)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        Assert.Equal(offered, string.Join(", ", Complete(shell, line)));
    }

    private static IEnumerable<string> Complete(Shell shell, string line)
    {
        Runspace.DefaultRunspace = shell.Runspace;
        using var completer = PowerShell.Create(shell.Runspace);
        return CommandCompletion.CompleteInput(line, line.Length, options: null, completer).CompletionMatches
            .Where(m => m.ResultType == CompletionResultType.ParameterValue).Select(m => m.CompletionText).ToList();
    }
}
