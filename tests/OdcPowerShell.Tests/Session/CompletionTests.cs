using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace OdcPowerShell.Tests.Session;

/// <summary>What Tab offers.</summary>
public sealed class CompletionTests
{
    [Fact]
    public async Task Names_are_offered_from_what_is_known()
    {
        await using var lab = await Lab.StartAsync(hasGlobex: true);
        using var shell = Shell.Connected(lab["acme"], parameters: "-Name 'prod eu'");
        shell.Connect(lab["globex"], parameters: "-Name test").ThrowOnError();
        Assert.Equal(["'prod eu'", "test"], Offered(shell, "Get-OdcUser -Connection "));
        Assert.Equal(["'prod eu'"], Offered(shell, "Select-OdcConnection p"));
        Assert.Equal(["Active"], Offered(shell, "Get-OdcUser -Status act"));
        Assert.Equal(["EndUserRoles", "IdentityProviders"], Offered(shell, "Get-OdcUser -Embed "));
        Assert.Equal(["Development", "Production", "QA"], Offered(shell, "Get-OdcUser -Stage ").Order());
        Assert.Equal(["Production"], Offered(shell, "Get-OdcStage -Connection 'prod eu' -Name pro"));
        Assert.Equal(["Process", "Runspace"], Offered(shell, "Connect-Odc -Scope ").Order());
    }

    [Fact]
    public async Task It_never_signs_in_and_never_fails()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = new Shell();
        Assert.Empty(Offered(shell, "Get-OdcUser -Stage "));
        lab["acme"].TokenLifetime = TimeSpan.FromSeconds(1);
        shell.Connect(lab["acme"]).ThrowOnError();
        await Task.Delay(1100, TestContext.Current.CancellationToken);
        lab["acme"].Statistics.Clear();
        Assert.Empty(Offered(shell, "Get-OdcUser -Stage "));
        Assert.Empty(lab["acme"].Statistics.Requests);
    }

    [Fact]
    public async Task A_slow_service_is_given_up_before_it_answers()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        lab["acme"].Statistics.Clear();
        lab["acme"].Latency = Stopping.Forever;
        Assert.Empty(Offered(shell, "Get-OdcUser -Stage "));
        await Stopping.UntilAsync(() => lab["acme"].Statistics.Requests.Count > 0);
        Assert.Equal(499, Assert.Single(lab["acme"].Statistics.Requests).Status);
    }

    /// <summary>Each Tab would take a part of the rate limit, which the organization shares.</summary>
    [Theory]
    [InlineData("Get-OdcGroup -Name ")]
    [InlineData("Get-OdcUser -User ")]
    [InlineData("Get-OdcAsset -Name ")]
    [InlineData("Get-OdcUser -Stage ")]
    [InlineData("Get-OdcEndUserRole -Name ")]
    [InlineData("Get-OdcPortfolio -Name ")]
    public async Task Tab_asks_once(string line)
    {
        await using var lab = await Lab.StartAsync(hasGlobex: false);
        using var shell = Shell.Connected(lab["acme"]);
        lab["acme"].Statistics.Clear();
        var first = Offered(shell, line);
        Assert.NotEmpty(first);
        Assert.Equal(first, Offered(shell, line));
        Assert.Single(lab["acme"].Statistics.Requests);
    }

    [Fact]
    public async Task Of_a_whole_list_Tab_knows_what_is_typed_further()
    {
        await using var lab = await Lab.StartAsync(hasGlobex: false);
        using var shell = Shell.Connected(lab["acme"]);
        lab["acme"].Statistics.Clear();
        Assert.NotEmpty(Offered(shell, "Get-OdcOrganizationRole "));
        Assert.Equal(["Developer"], Offered(shell, "Get-OdcOrganizationRole Dev"));
        Assert.Single(lab["acme"].Statistics.Requests);
        // A change is seen at once.
        shell.Run("New-OdcOrganizationRole Devil -Permission (Get-OdcPermission | Select-Object -First 1)").ThrowOnError();
        Assert.Equal(["Developer", "Devil"], Offered(shell, "Get-OdcOrganizationRole Dev").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Invoke-OdcRestMethod /api/organization/v1/o", "/api/organization/v1/organization")]
    [InlineData("Invoke-OdcRestMethod /API/identity/v1/groups", "/api/identity/v1/groups, '/api/identity/v1/groups/{key}', '/api/identity/v1/groups/{key}/application-roles', '/api/identity/v1/groups/{key}/users'")]
    [InlineData("Invoke-OdcRestMethod /api/identity/v1/groups/1-2/u", "/api/identity/v1/groups/1-2/users")]
    [InlineData("Invoke-OdcRestMethod -Method POST /api/identity/v1/groups", "/api/identity/v1/groups")]
    [InlineData("Invoke-OdcRestMethod /api/nowhere", "")]
    public void Paths_are_offered_for_the_method(string line, string offered)
    {
        using var shell = new Shell();
        Assert.Equal(offered, string.Join(", ", Offered(shell, line)));
    }

    private static List<string> Offered(Shell shell, string line)
    {
        // Completion of arguments works on the thread of its runspace.
        Runspace.DefaultRunspace = shell.Runspace;
        using var completer = PowerShell.Create(shell.Runspace);
        return [.. CommandCompletion.CompleteInput(line, line.Length, options: null, completer).CompletionMatches
            .Where(m => m.ResultType == CompletionResultType.ParameterValue).Select(m => m.CompletionText)];
    }
}
