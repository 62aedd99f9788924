namespace OdcPowerShell.Tests.Session;

/// <summary>Which connection a command uses.</summary>
public sealed class SessionTests
{
    private const string WhoAmI = "(Get-OdcOrganization).Name";

    [Fact]
    public async Task Signing_in_again_as_the_same_client_replaces_the_connection()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        shell.Connect(lab["acme"]).ThrowOnError();
        Assert.Single(shell.Run("Get-OdcConnection").All<OdcConnection>());
    }

    [Fact]
    public async Task Two_tenants_are_used_side_by_side()
    {
        await using var lab = await Lab.StartAsync(hasGlobex: true);
        using var shell = Shell.Connected(lab["acme"], parameters: "-Name a");
        shell.Connect(lab["globex"], parameters: "-Name g").ThrowOnError();
        var names = shell.Run($"{WhoAmI}; (Get-OdcOrganization -Connection a).Name; (Get-OdcOrganization -Connection g).Name; $c = Get-OdcConnection a; (Get-OdcOrganization -Connection $c).Name").All<string>();
        Assert.Equal([lab["globex"].OrganizationName, lab["acme"].OrganizationName, lab["globex"].OrganizationName, lab["acme"].OrganizationName], names);
    }

    [Fact]
    public async Task Select_changes_the_default_and_is_silent()
    {
        await using var lab = await Lab.StartAsync(hasGlobex: true);
        using var shell = Shell.Connected(lab["acme"], parameters: "-Name a");
        shell.Connect(lab["globex"], parameters: "-Name g").ThrowOnError();
        Assert.Empty(shell.Run("Select-OdcConnection a").ThrowOnError().Output);
        Assert.Equal(lab["acme"].OrganizationName, shell.Run(WhoAmI).Single<string>());
        Assert.Equal("g", shell.Run("(Get-OdcConnection g | Select-OdcConnection -PassThru).Name").Single<string>());
        Assert.Equal(["g"], shell.Run("Get-OdcConnection | Where-Object IsDefault").All<OdcConnection>().Select(c => c.Name));
    }

    [Fact]
    public async Task Selecting_a_connection_does_not_take_the_name_of_another_tenants()
    {
        await using var lab = await Lab.StartAsync(hasGlobex: true);
        using var one = Shell.Connected(lab["acme"], parameters: "-Name t");
        using var two = Shell.Connected(lab["globex"], parameters: "-Name t");
        two.Set("given", one.Run("Get-OdcConnection").Output[0]);
        two.Catch("Select-OdcConnection $given").MustBe("OdcConnectionNameTaken");
        Assert.Equal(lab["globex"].OrganizationName, two.Run("(Get-OdcOrganization -Connection t).Name").Single<string>());
    }

    [Fact]
    public async Task Disconnecting_touches_no_other_runspace()
    {
        await using var lab = await Lab.StartAsync();
        using var one = Shell.Connected(lab["acme"]);
        using var two = new Shell();
        two.Catch("Get-OdcOrganization").MustBe("OdcNotConnected");
        two.Set("given", one.Run("Get-OdcConnection").Output[0]);
        Assert.Equal(lab["acme"].OrganizationName, two.Run("Select-OdcConnection $given; " + WhoAmI).Single<string>());
        Assert.Empty(one.Run("Disconnect-Odc").ThrowOnError().Output);
        one.Catch("Get-OdcOrganization").MustBe("OdcNotConnected");
        Assert.Empty(one.Run("Get-OdcConnection").ThrowOnError().Output);
        Assert.Equal(lab["acme"].OrganizationName, two.Run(WhoAmI).Single<string>());
    }

    [Fact]
    public async Task A_runspace_that_has_ended_leaves_nothing_behind()
    {
        await using var lab = await Lab.StartAsync();
        var connection = ConnectAndEnd(lab["acme"]);
        for (var i = 0; i < 20 && connection.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.False(connection.IsAlive);
    }

    private static WeakReference ConnectAndEnd(EmulatedTenant tenant)
    {
        using var shell = new Shell();
        return new WeakReference(shell.Connect(tenant, parameters: "-PassThru").Output[0].BaseObject);
    }

    [Fact]
    public async Task Sixteen_runspaces_on_two_tenants_never_cross()
    {
        await using var lab = await Lab.StartAsync(hasGlobex: true);
        var counts = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Factory.StartNew(
            () => CountOwn(lab[i % 2 == 0 ? "acme" : "globex"], calls: 125), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.Equal(2000, counts.Sum());
        foreach (var tenant in lab.Tenants)
        {
            var calls = tenant.Statistics.Requests["GET /api/organization/v1/organization"];
            Assert.Equal(1000, calls.Count);
            Assert.All(calls, c => Assert.Equal(tenant.Clients["admin"].ClientId, c.ClientId));
        }
    }

    private static int CountOwn(EmulatedTenant tenant, int calls)
    {
        using var shell = Shell.Connected(tenant);
        return shell.Run($"foreach ($i in 1..{calls}) {{ (Get-OdcOrganization).Name }}").All<string>().Count(n => n == tenant.OrganizationName);
    }

    [Fact]
    public async Task ForEach_parallel_works_with_a_connection_that_is_passed_along()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        shell.Set("module", ModuleFiles.Assembly);
        var names = shell.Run("""
            $c = Get-OdcConnection -Default
            1..20 | ForEach-Object -Parallel { Import-Module $using:module; (Get-OdcOrganization -Connection $using:c).Name } -ThrottleLimit 4
            """).All<string>();
        Assert.Equal(Enumerable.Repeat(lab["acme"].OrganizationName, 20), names);
    }

    /// <summary>A worker that connects for each job would keep the sockets of all.</summary>
    [Theory]
    [InlineData("Disconnect-Odc")]
    [InlineData("Get-OdcConnection | Disconnect-Odc")]
    [InlineData("Get-OdcConnection | Disconnect-Odc; try { Connect-Odc $tenant -Credential $wrong } catch { }")]
    [InlineData("Get-OdcConnection | Disconnect-Odc; try { Connect-Odc $tenant -Credential $credential -Name t; Connect-Odc $tenant -Credential $other -Name t } catch { }; Disconnect-Odc t")]
    [InlineData("1..3 | ForEach-Object { Connect-Odc $tenant -Credential $credential -Name again; $null = Get-OdcOrganization -Connection again }; Get-OdcConnection | Disconnect-Odc")]
    public async Task Sockets_are_let_go(string script)
    {
        await using var lab = await Lab.StartAsync(hasGlobex: false);
        using var shell = Shell.Connected(lab["acme"]);
        shell.Set("wrong", new System.Management.Automation.PSCredential("me", Shell.Secure("no-secret")));
        shell.Set("other", Shell.Credential(lab["acme"].Clients["auditor"]));
        // Somebody has the connection still: the garbage collector closes nothing.
        shell.Run("$kept = @(Get-OdcConnection); " + WhoAmI).ThrowOnError();
        Assert.NotEqual(0, Open());
        shell.Run("$kept += @(Get-OdcConnection); " + script);
        await Stopping.UntilAsync(() => Open() == 0);

        int Open() => System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
            .Count(c => c.RemoteEndPoint.Port == lab["acme"].Url.Port && c.State == System.Net.NetworkInformation.TcpState.Established);
    }

    [Theory]
    [InlineData("[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-OdcConnection)))", "Run Connect-Odc in the job or process that uses it")]
    [InlineData("Get-OdcConnection | Select-Object *", "name of a connection")]
    [InlineData("Get-OdcUser -First 1", "not an OdcUser")]
    [InlineData("@(Get-OdcConnection; Get-OdcConnection)", "not 2")]
    [InlineData("17", "not an Int32")]
    [InlineData("@{ Name = 'acme' }", "not a Hashtable")]
    public async Task What_is_no_connection_is_an_error_of_the_module(string value, string said)
    {
        await using var lab = await Lab.StartAsync(hasGlobex: false);
        using var shell = Shell.Connected(lab["acme"]);
        shell.Run("$copy = " + value).ThrowOnError();
        foreach (var line in new[] { "Get-OdcUser -Connection $copy", "Invoke-OdcRestMethod /api/x -Connection $copy", "Select-OdcConnection $copy", "Test-OdcConnection $copy", ", $copy | Select-OdcConnection", ", $copy | Disconnect-Odc", "Disconnect-Odc $copy" })
        {
            var error = shell.Catch(line + " -ErrorAction Stop").MustBe("OdcInvalidRequest");
            Assert.Contains(said, error + error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        }

        Assert.Single(shell.Run("Get-OdcConnection").ThrowOnError().Output);
    }
}
