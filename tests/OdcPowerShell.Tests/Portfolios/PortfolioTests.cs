using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Tests.Portfolios;

/// <summary>Portfolios, their stages and their libraries.</summary>
public sealed class PortfolioTests
{
    [Theory]
    [InlineData("Get-OdcPortfolio", "Main Portfolio, Partners")]
    [InlineData("Get-OdcPortfolio Par*", "Partners")]
    [InlineData("'partners' | Get-OdcPortfolio", "Partners")]
    [InlineData("Get-OdcAsset 'Partner Catalogue' | Get-OdcPortfolio", "Partners")]
    [InlineData("Get-OdcPortfolio -First 1 -Skip 1", "Partners")]
    public async Task Portfolios_are_found(string script, string names)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        Assert.Equal(names, string.Join(", ", shell.Run(script).All<OdcPortfolio>().Select(p => p.Name)));
    }

    [Fact]
    public async Task A_portfolio_that_is_not_there_is_an_error()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        Assert.Equal("Sales", Assert.Single(shell.Run("Get-OdcPortfolio Sales").Errors).MustBe("OdcNotFound").TargetObject);
        Assert.Single(shell.Run("Get-OdcPortfolio -Portfolio 11111111-1111-1111-1111-111111111111").Errors).MustBe("OdcNotFound");
        shell.Catch("Get-OdcAsset -Portfolio Sales").MustBe("OdcNotFound");
        Assert.Contains("A portfolio is expected here", Assert.Single(shell.Run("17 | Get-OdcPortfolio").Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renamed_portfolio_is_found_by_its_new_name_at_once()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        shell.Run("Set-OdcPortfolio Partners -Name Resellers -WhatIf").ThrowOnError();
        Assert.Contains("Resellers", shell.Host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(lab["acme"].Statistics.Requests, r => r.Method == "PATCH");
        Assert.Equal("Resellers", shell.Run("Set-OdcPortfolio Partners -Name Resellers -PassThru").Single<OdcPortfolio>().Name);
        Assert.Empty(shell.Run("Rename-OdcPortfolio Resellers Dealers").ThrowOnError().Output);
        Assert.Equal(["Main Portfolio", "Dealers"], lab["acme"].Delivery.Portfolios.Select(p => p.Name));
        shell.Run("Set-OdcPortfolio Resellers -Name Again").Error.MustBe("OdcNotFound");
    }

    [Theory]
    [InlineData("Get-OdcStage -Portfolio 'Main Portfolio'", 3)]
    [InlineData("Get-OdcPortfolio Main* | Get-OdcStage", 3)]
    [InlineData("Get-OdcStage -PortfolioKey (Get-OdcPortfolio Partners).PortfolioKey", 0)]
    public async Task Stages_are_those_of_a_portfolio(string script, int count)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        Assert.Equal(count, shell.Run(script).All<OdcStage>().Count);
    }

    [Fact]
    public async Task Version_1_tells_the_same_stages_in_its_own_words()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var old = shell.Run("Get-OdcStage -ApiVersion V1");
        Assert.Equal(
            shell.Run("Get-OdcStage").All<OdcStage>().Select(s => (s.StageKey, s.Name, s.BuiltinDomain)),
            old.All<OdcStageV1>().Select(s => (s.StageKey, s.Name, s.BuiltinDomain)));
        Assert.Contains("2027-01-08", Assert.Single(old.Warnings), StringComparison.Ordinal);
        shell.Catch("Get-OdcStage -ApiVersion V1 -Portfolio Partners").MustBe("OdcInvalidRequest");
    }

    [Theory]
    [InlineData("Get-OdcLibrary *format*", "Money Formats 6 ")]
    [InlineData("Get-OdcLibrary 'Money Formats' -RevisionScope HighestTag", "Money Formats 4 1.10.0")]
    [InlineData("Get-OdcLibrary -Type ExternalLibrary, WidgetLibrary -Descending -First 1", "PDF Tools")]
    [InlineData("'Camera Kit', 'Common UI' | Get-OdcAsset | Get-OdcLibrary", "Camera Kit")]
    [InlineData("Get-OdcLibrary -Sort PublishDateTime -First 1", "")]
    [InlineData("Get-OdcLibrary Money?", null)]
    public async Task Libraries_are_found(string script, string? first)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var libraries = shell.Run(script).All<OdcLibrary>();
        Assert.Equal(first is null, libraries.Count == 0);
        Assert.StartsWith(first ?? "", string.Join(", ", libraries.Select(l => $"{l.Name} {l.Revision} {l.Tag}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Libraries_have_versions_and_are_sorted_either_way()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        Assert.Equal(["1.8.0", "1.9.0", "1.10.0"], shell.Run("(Get-OdcLibrary 'Money Formats' -RevisionScope All).Revisions | Where-Object Tag").All<OdcLibraryRevision>().OrderBy(r => r.Version).Select(r => r.Tag));
        var oldest = shell.Run("Get-OdcLibrary -Sort PublishDateTime").All<OdcLibrary>().Select(l => l.Name).ToList();
        Assert.Equal(oldest.AsEnumerable().Reverse(), shell.Run("Get-OdcLibrary -Sort PublishDateTime -Descending").All<OdcLibrary>().Select(l => l.Name));
        Assert.NotEqual(oldest, shell.Run("Get-OdcLibrary -Sort Name").All<OdcLibrary>().Select(l => l.Name));
    }
}
