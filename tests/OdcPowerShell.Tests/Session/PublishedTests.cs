namespace OdcPowerShell.Tests.Session;

/// <summary>Connections that all runspaces of the process have. Tests of other classes would see them too, so that these run alone.</summary>
[Collection(nameof(EnvironmentTests))]
public sealed class PublishedTests
{
    [Fact]
    public async Task Publishing_under_a_name_that_is_taken_here_replaces_it_when_forced()
    {
        await using var lab = await Lab.StartAsync(hasGlobex: true);
        using var shell = Shell.Connected(lab["acme"], parameters: "-Name t");
        shell.Connect(lab["globex"], parameters: "-Name t -Scope Process -Force").ThrowOnError();
        Assert.Equal(lab["globex"].OrganizationName, shell.Run("(Get-OdcOrganization -Connection t).Name").Single<string>());
        Assert.Single(shell.Run("Get-OdcConnection").All<OdcConnection>());
        shell.Run("Disconnect-Odc t -Scope Process").ThrowOnError();
    }

    [Fact]
    public async Task A_published_connection_serves_all_runspaces_until_it_is_taken_back()
    {
        await using var lab = await Lab.StartAsync();
        using var one = Shell.Connected(lab["acme"], parameters: "-Name published -Scope Process");
        using var two = new Shell();
        Assert.Equal(lab["acme"].OrganizationName, two.Run($"(Get-OdcOrganization -Connection published).Name").Single<string>());
        Assert.Equal("Process", two.Run("(Get-OdcConnection published).Scope").Single<string>());
        two.Run("Disconnect-Odc published").ThrowOnError();
        Assert.Equal(lab["acme"].OrganizationName, two.Run($"(Get-OdcOrganization -Connection published).Name").Single<string>());
        one.Run("Disconnect-Odc published -Scope Process").ThrowOnError();
        two.Catch("Get-OdcOrganization -Connection published").MustBe("OdcConnectionNotFound");
    }
}
