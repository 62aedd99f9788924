using System.Collections;
using System.Management.Automation;

namespace OdcPowerShell.Tests.Session;

/// <summary>How long a token serves, and who asks for the next.</summary>
public sealed class TokenTests
{
    private const string WhoAmI = "(Get-OdcOrganization).Name";

    [Fact]
    public async Task Calls_over_eight_tokens_of_two_seconds_have_no_error()
    {
        await using var lab = await Lab.StartAsync();
        var tenant = lab["acme"];
        tenant.TokenLifetime = TimeSpan.FromSeconds(2);
        using var shell = Shell.Connected(tenant);
        shell.Set("asked", new Func<int>(() => tenant.Statistics.TokenRequests.Count));
        var result = shell.Run("while ($asked.Invoke() -lt 8) { (Get-OdcOrganization).Name; Start-Sleep -Milliseconds 10 }").ThrowOnError();
        Assert.True(result.Output.Count > 8, $"{result.Output.Count} calls");
        Assert.All(result.Output, name => Assert.Equal(tenant.OrganizationName, name.BaseObject));
        Assert.DoesNotContain(tenant.Statistics.Requests, r => r.Status == 401);
        // Renewal comes after 80 % of a short life: each token is followed by one request and no second one.
        var asked = tenant.Statistics.TokenRequests;
        Assert.All(asked.Zip(asked.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(1.5), $"{pair.Second - pair.First}"));
    }

    [Fact]
    public async Task Sixty_four_threads_ask_for_one_token()
    {
        await using var lab = await Lab.StartAsync();
        var tenant = lab["acme"];
        tenant.TokenLifetime = TimeSpan.FromSeconds(1);
        using var shell = Shell.Connected(tenant);
        var connection = shell.Run("Get-OdcConnection").Output[0];
        var others = Enumerable.Range(0, 64).Select(_ => new Shell()).ToList();
        await Task.Delay(1100, TestContext.Current.CancellationToken);
        tenant.TokenLifetime = TimeSpan.FromHours(1);
        tenant.Statistics.Clear();
        using var start = new Barrier(64);
        await Task.WhenAll(others.Select(other => Task.Factory.StartNew(
            () =>
            {
                other.Set("c", connection);
                start.SignalAndWait();
                other.Run("Get-OdcOrganization -Connection $c").ThrowOnError();
                other.Dispose();
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.Single(tenant.Statistics.TokenRequests);
        Assert.Equal(64, tenant.Statistics.Requests["GET /api/organization/v1/organization"].Count);
    }

    [Fact]
    public async Task A_refused_token_is_renewed_once_and_the_request_repeated()
    {
        await using var lab = await Lab.StartAsync();
        var tenant = lab["acme"];
        using var shell = Shell.Connected(tenant);
        tenant.Answer("/api/organization/v1/organization", new CannedAnswer(401, "application/json", "{}") { Times = 1 });
        Assert.Equal(tenant.OrganizationName, shell.Run(WhoAmI).Single<string>());
        Assert.Equal(2, tenant.Statistics.TokenRequests.Count);

        tenant.Answer("/api/organization/v1/organization", new CannedAnswer(401, "application/json", "{}"));
        shell.Catch(WhoAmI).MustBe("OdcTokenRefused");
        Assert.Equal(3, tenant.Statistics.TokenRequests.Count);
    }

    [Fact]
    public async Task A_suspended_client_is_named_and_a_resumed_one_goes_on()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        lab["acme"].Clients["admin"].Suspend();
        shell.Catch(WhoAmI).MustBe("OdcClientSuspended");
        lab["acme"].Clients["admin"].Resume();
        Assert.Equal(lab["acme"].OrganizationName, shell.Run(WhoAmI).Single<string>());
    }

    [Fact]
    public async Task A_secret_rotated_in_its_vault_does_not_stop_a_running_job()
    {
        await using var lab = await Lab.StartAsync();
        var (tenant, client) = (lab["acme"], lab["acme"].Clients["admin"]);
        tenant.TokenLifetime = TimeSpan.FromSeconds(1);
        using var shell = new Shell();
        shell.Run(FakeVault.Install).ThrowOnError();
        Store();
        shell.Run("Connect-Odc -SecretName odc").ThrowOnError();
        Assert.Equal(1, shell.Run("$global:Reads").Single<int>());

        client.RotateSecret();
        Store();
        await Task.Delay(1200, TestContext.Current.CancellationToken);
        Assert.Equal(tenant.OrganizationName, shell.Run(WhoAmI).Single<string>());
        Assert.Equal(2, shell.Run("$global:Reads").Single<int>());

        // Rotated, but not in the vault: one more look, then the error.
        client.RotateSecret();
        await Task.Delay(1200, TestContext.Current.CancellationToken);
        shell.Catch(WhoAmI).MustBe("OdcSignInFailed");
        Assert.Equal(3, shell.Run("$global:Reads").Single<int>());

        void Store()
        {
            shell.Set("value", Shell.Credential(client));
            shell.Set("metadata", new Hashtable { ["Tenant"] = tenant.Url.ToString() });
            shell.Run("$global:Secrets['odc'] = $value; $global:Metadata['odc'] = $metadata").ThrowOnError();
        }
    }

    [Fact]
    public async Task A_renewal_that_fails_leaves_the_token_in_use_until_it_ends()
    {
        await using var lab = await Lab.StartAsync();
        var tenant = lab["acme"];
        tenant.TokenLifetime = TimeSpan.FromSeconds(10);
        using var shell = Shell.Connected(tenant);
        tenant.Answer(tenant.TokenEndpoint.AbsolutePath, new CannedAnswer(503, "text/html", "later"));
        // The last two of the ten seconds are those in which a renewal is tried.
        var result = shell.Run(WhoAmI);
        for (; result.Warnings.Count == 0; result = shell.Run(WhoAmI))
        {
            Assert.Equal(tenant.OrganizationName, result.Single<string>());
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Equal(tenant.OrganizationName, result.Single<string>());
        Assert.Contains(result.Warnings, w => w.Contains("could not be renewed", StringComparison.Ordinal));
        await Stopping.UntilAsync(() => (result = shell.Run(WhoAmI)).HasError);
        result.Error.MustBe("OdcUnavailable");
        tenant.ClearAnswers();
        Assert.Equal(tenant.OrganizationName, shell.Run(WhoAmI).Single<string>());
    }

    [Fact]
    public async Task The_token_is_shown_without_its_text()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var token = shell.Run("Get-OdcAccessToken").Single<OdcAccessToken>();
        var text = new System.Net.NetworkCredential("", token.Token).Password;
        Assert.StartsWith("eyJ", text, StringComparison.Ordinal);
        Assert.Equal(text, shell.Run("Get-OdcAccessToken -AsPlainText").Single<string>());
        Assert.Equal("Bearer " + text, shell.Run("(Get-OdcAccessToken -AsHeader).Authorization").Single<string>());
        Assert.NotEqual(text, shell.Run("Get-OdcAccessToken -AsPlainText -ForceRefresh").Single<string>());
        Assert.Equal(("Bearer", lab["acme"].Url.Authority), (token.TokenType, token.Tenant));
        Assert.InRange(token.ValidFor!.Value, TimeSpan.FromHours(11.9), TimeSpan.FromHours(12));
        Assert.Equal(2, lab["acme"].Statistics.TokenRequests.Count);
    }

    [Fact]
    public async Task A_token_cache_spares_the_next_process_its_sign_in()
    {
        await using var lab = await Lab.StartAsync();
        var tenant = lab["acme"];
        using var shell = new Shell();
        shell.Run(FakeVault.Install).ThrowOnError();
        shell.Connect(tenant, parameters: "-TokenCacheVault two").ThrowOnError();
        Assert.Equal(2, tenant.Statistics.Requests.Count);
        var entry = shell.Run("$global:Secrets.Values").Single<System.Security.SecureString>();
        Assert.Equal(shell.Run("Get-OdcAccessToken -AsPlainText").Single<string>(), new System.Net.NetworkCredential("", entry).Password);

        shell.Connect(tenant, parameters: "-TokenCacheVault two").ThrowOnError();
        Assert.Equal(2, tenant.Statistics.Requests.Count);
        Assert.Equal(tenant.OrganizationName, shell.Run(WhoAmI).Single<string>());

        // Another client or tenant never gets it.
        shell.Connect(tenant, "auditor", "-TokenCacheVault two -Name other").ThrowOnError();
        Assert.Equal(2, tenant.Statistics.TokenRequests.Count);

        // One that has nearly ended is not worth taking.
        shell.Run("foreach ($m in $global:Metadata.Values) { $m.ExpiresOn = (Get-Date).ToUniversalTime().AddMinutes(2) }");
        shell.Connect(tenant, parameters: "-TokenCacheVault two").ThrowOnError();
        Assert.Equal(3, tenant.Statistics.TokenRequests.Count);
        Assert.Empty(shell.Run("Get-OdcCredential").ThrowOnError().Output);
    }

    [Fact]
    public async Task Without_a_cache_nothing_is_kept()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = new Shell();
        shell.Run(FakeVault.Install).ThrowOnError();
        shell.Connect(lab["acme"]).ThrowOnError();
        Assert.Equal(0, shell.Run("$global:Secrets.Count").Single<int>());
    }

    [Fact]
    public async Task A_403_names_the_permission()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"], "deployer");
        foreach (var script in new[] { "Get-OdcUser", "Invoke-OdcRestMethod /api/identity/v1/users" })
        {
            var error = shell.Catch(script).MustBe("OdcAccessDenied");
            Assert.Contains("User management > View end users", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            var exception = Assert.IsType<OdcApiException>(error.Exception);
            Assert.Equal((403, ErrorCategory.PermissionDenied), (exception.StatusCode, error.CategoryInfo.Category));
            Assert.NotNull(exception.TraceId);
            Assert.NotNull(exception.ErrorCode);
        }
    }
}
