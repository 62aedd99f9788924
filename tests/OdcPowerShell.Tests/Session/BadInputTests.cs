using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OdcPowerShell.Tests.Session;

/// <summary>Each thing that can go wrong at the sign-in is its own terminating error, says what to do, and shows no secret.</summary>
public sealed class BadInputTests
{
    private const string DiscoveryPath = "/identity/.well-known/openid-configuration";
    private const string Canary = "Canary-5ecret-Value";

    private static Shell WithCanary()
    {
        var shell = new Shell();
        shell.Set("credential", new System.Management.Automation.PSCredential("client", Shell.Secure(Canary)));
        return shell;
    }

    private static void MustFail(Shell shell, string script, string id)
    {
        var error = shell.Catch(script).MustBe(id);
        Assert.DoesNotContain(Canary, error.ToString() + error.ErrorDetails.RecommendedAction + error.Exception + shell.Host.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme outsystems", "OdcTenantInvalid")]
    [InlineData("https://", "OdcTenantInvalid")]
    [InlineData("ftp://acme.example", "OdcTenantInvalid")]
    [InlineData("https://user:Canary-5ecret-Value@acme.example", "OdcTenantInvalid")]
    [InlineData("http://acme.example", "OdcTenantNotHttps")]
    [InlineData("   ", "OdcTenantMissing")]
    [InlineData("https://no-such-tenant.invalid", "OdcDnsFailed")]
    [InlineData("http://127.0.0.1:9", "OdcConnectFailed")]
    public void A_wrong_tenant_address_is_refused(string tenant, string id)
    {
        using var shell = WithCanary();
        MustFail(shell, $"Connect-Odc '{tenant}' -Credential $credential", id);
    }

    public static TheoryData<int, string, string, string> Discoveries => new()
    {
        { 404, "text/html", "<html>not here</html>", "OdcTenantNotFound" },
        { 302, "text/html", "", "OdcTenantNotFound" },
        { 503, "text/html", "<html>later</html>", "OdcUnavailable" },
        { 200, "text/html", "<html>Sign in</html>", "OdcDiscoveryNotJson" },
        { 200, "application/json", "", "OdcDiscoveryNotJson" },
        { 200, "application/json", "[1]", "OdcDiscoveryNotJson" },
        { 200, "application/json", """{"issuer":"https://x.example"}""", "OdcDiscoveryIncomplete" },
        { 200, "application/json", """{"token_endpoint":17}""", "OdcDiscoveryIncomplete" },
        { 200, "application/json", """{"token_endpoint":"/relative"}""", "OdcDiscoveryIncomplete" },
        { 200, "application/json", """{"token_endpoint":"http://identity.example/token"}""", "OdcTokenEndpointNotHttps" },
    };

    [Theory]
    [MemberData(nameof(Discoveries))]
    public async Task A_bad_discovery_document_is_named(int status, string contentType, string body, string id)
    {
        await using var lab = await Lab.StartAsync();
        lab["acme"].Answer(DiscoveryPath, new CannedAnswer(status, contentType, body));
        using var shell = WithCanary();
        MustFail(shell, $"Connect-Odc {lab["acme"].Url} -Credential $credential -MaximumRetryCount 0", id);
        Assert.Empty(lab["acme"].Statistics.TokenRequests);
    }

    public static TheoryData<int, string, string, string> TokenAnswers => new()
    {
        { 200, "application/json", """{"token_type":"Bearer","expires_in":60}""", "OdcTokenMissing" },
        { 200, "application/json", """{"access_token":"","expires_in":60}""", "OdcTokenMissing" },
        { 200, "application/json", """{"access_token":17,"expires_in":60}""", "OdcTokenMissing" },
        { 200, "application/json", """{"access_token":"abc","expires_in":-1}""", "OdcTokenMissing" },
        { 200, "text/html", "<html>proxy</html>", "OdcTokenMissing" },
        { 200, "application/json", "", "OdcTokenMissing" },
        { 401, "application/json", """{"error":"unauthorized_client","error_description":"Invalid client or Invalid client credentials"}""", "OdcSignInFailed" },
        { 401, "application/json", """{"error":"invalid_client","error_description":"Client Canary-5ecret-Value is wrong"}""", "OdcSignInFailed" },
        { 400, "text/html", "<html>client_secret=Canary-5ecret-Value</html>", "OdcUnexpectedResponse" },
        { 503, "text/html", "<html>later</html>", "OdcUnavailable" },
    };

    [Theory]
    [MemberData(nameof(TokenAnswers))]
    public async Task A_bad_token_answer_is_named(int status, string contentType, string body, string id)
    {
        await using var lab = await Lab.StartAsync();
        lab["acme"].Answer(lab["acme"].TokenEndpoint.AbsolutePath, new CannedAnswer(status, contentType, body));
        using var shell = WithCanary();
        MustFail(shell, $"Connect-Odc {lab["acme"].Url} -Credential $credential -MaximumRetryCount 0", id);
    }

    [Fact]
    public async Task The_servers_code_and_description_are_told()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = WithCanary();
        var error = shell.Catch($"Connect-Odc {lab["acme"].Url} -Credential $credential").MustBe("OdcSignInFailed");
        var exception = Assert.IsType<OdcSignInException>(error.Exception);
        Assert.Equal(401, exception.StatusCode);
        Assert.Equal("invalid_client", exception.Error);
        Assert.Equal("Invalid client or Invalid client credentials", exception.ErrorDescription);
        Assert.Contains("invalid_client: Invalid client or Invalid client credentials", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "OdcSecretExpired", "OdcClientSuspended")]
    [InlineData(true, "OdcSignInFailed", "OdcSignInFailed")]
    public async Task Wrong_expired_and_suspended_are_told_apart_when_the_server_does(bool hides, string expired, string suspended)
    {
        await using var lab = await Lab.StartAsync();
        lab["acme"].HideReasons = hides;
        using var shell = new Shell();
        shell.Set("wrong", new System.Management.Automation.PSCredential(lab["acme"].Clients["admin"].ClientId, Shell.Secure("wrong")));
        shell.Catch($"Connect-Odc {lab["acme"].Url} -Credential $wrong").MustBe("OdcSignInFailed");

        shell.Set("credential", Shell.Credential(lab["acme"].Clients["auditor"]));
        lab["acme"].Clients["auditor"].ExpireSecret();
        shell.Catch($"Connect-Odc {lab["acme"].Url} -Credential $credential").MustBe(expired);
        // What is recorded helps where the server is silent.
        shell.Catch($"Connect-Odc {lab["acme"].Url} -Credential $credential -SecretExpiresOn 2026-01-01").MustBe("OdcSecretExpired");

        shell.Set("credential", Shell.Credential(lab["acme"].Clients["deployer"]));
        lab["acme"].Clients["deployer"].Suspend();
        shell.Catch($"Connect-Odc {lab["acme"].Url} -Credential $credential").MustBe(suspended);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task A_clock_that_is_far_off_is_refused(int hours)
    {
        await using var lab = await Lab.StartAsync();
        lab["acme"].Answer(lab["acme"].TokenEndpoint.AbsolutePath, new CannedAnswer(200, "application/json", """{"access_token":"abc","expires_in":60}""")
        {
            Headers = new Dictionary<string, string> { ["Date"] = DateTimeOffset.UtcNow.AddHours(hours).ToString("R") },
        });
        using var shell = WithCanary();
        MustFail(shell, $"Connect-Odc {lab["acme"].Url} -Credential $credential", "OdcClockSkewed");
        shell.Catch("Get-OdcUser").MustBe("OdcNotConnected");
    }

    [Fact]
    public async Task An_untrusted_certificate_is_refused()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = X509CertificateLoader.LoadPkcs12(
            request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1)).Export(X509ContentType.Pfx), password: null);
        await using var lab = await OdcEmulator.StartAsync(new EmulatorOptions { Certificate = certificate });
        using var shell = WithCanary();
        MustFail(shell, $"Connect-Odc {lab["acme"].Url} -Credential $credential", "OdcCertificateNotTrusted");
    }

    [Fact]
    public async Task A_proxy_that_refuses_is_named()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = WithCanary();
        // The emulator is a server and no proxy: it refuses to open a tunnel.
        MustFail(shell, $"Connect-Odc https://acme.example -Credential $credential -Proxy {lab["acme"].Url}", "OdcProxyRefused");
        MustFail(shell, "Connect-Odc https://acme.example -Credential $credential -Proxy http://127.0.0.1:9", "OdcProxyRefused");
        lab["acme"].Answer(DiscoveryPath, new CannedAnswer(407, "text/html", "<html>who are you</html>"));
        MustFail(shell, $"Connect-Odc {lab["acme"].Url} -Credential $credential", "OdcProxyRefused");
    }

    [Fact]
    public async Task A_silent_server_ends_in_a_time_out()
    {
        await using var lab = await Lab.StartAsync();
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        using var shell = WithCanary();
        MustFail(shell, $"Connect-Odc http://127.0.0.1:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port} -Credential $credential -TimeoutSec 1", "OdcTimeout");
    }

    public static TheoryData<string, string, string> VaultTroubles => new()
    {
        { "$global:Locked = $true", "Connect-Odc https://acme.example -SecretName odc", "OdcVaultLocked" },
        { "$global:Locked = $true", "Get-OdcCredential", "OdcVaultLocked" },
        { "$global:NoVault = $true", "Connect-Odc https://acme.example -SecretName odc", "OdcVaultMissing" },
        { "$global:NoVault = $true", "Register-OdcCredential odc acme.example -Credential $credential", "OdcVaultMissing" },
        { "$global:NoVault = $true", "Get-OdcCredential -ErrorAction Stop", "OdcVaultMissing" },
        { "$global:Locked = $true", "Register-OdcCredential odc acme.example -Credential $credential", "OdcVaultLocked" },
        { "$null", "Connect-Odc https://acme.example -SecretName odc", "OdcSecretNotFound" },
        { "$null", "Connect-Odc https://acme.example -SecretName odc -VaultName three", "OdcVaultMissing" },
        { "$global:Secrets.odc = 17", "Connect-Odc https://acme.example -SecretName odc", "OdcSecretWrongType" },
        { "$global:Secrets.odc = [byte[]](1, 2)", "Connect-Odc https://acme.example -SecretName odc", "OdcSecretWrongType" },
        { "$global:Secrets.odc = @{ ClientId = 'x' }", "Connect-Odc https://acme.example -SecretName odc", "OdcSecretWrongType" },
        { "$global:Secrets.odc = [securestring]::new()", "Connect-Odc https://acme.example -SecretName odc", "OdcSecretWrongType" },
        { "$global:Secrets.odc = 'x'", "Connect-Odc https://acme.example -SecretName odc", "OdcClientIdMissing" },
        { "$global:Secrets.odc = 'x'", "Connect-Odc -SecretName odc -ClientId me", "OdcTenantMissing" },
        { "$global:Secrets.odc = 'x'", "Register-OdcCredential odc acme.example -Credential $credential", "OdcSecretExists" },
        { "$null", "Register-OdcCredential odc 'not a host' -Credential $credential", "OdcTenantInvalid" },
    };

    [Theory]
    [MemberData(nameof(VaultTroubles))]
    public void Every_trouble_with_a_vault_is_named(string arrange, string script, string id)
    {
        using var shell = WithCanary();
        shell.Run(FakeVault.Install + "\n" + arrange).ThrowOnError();
        MustFail(shell, script, id);
    }

    [Theory]
    [InlineData("Connect-Odc acme.example -AutomationCredential odc", "OdcAutomationCredentialMissing")]
    [InlineData("Connect-Odc acme.example -CredentialProvider { throw 'no' }", "OdcCredentialProviderFailed")]
    [InlineData("Connect-Odc acme.example -CredentialProvider { }", "OdcSecretWrongType")]
    [InlineData("Connect-Odc acme.example -CredentialProvider { 17 }", "OdcSecretWrongType")]
    [InlineData("Connect-Odc acme.example -CredentialProvider { 'a secret without a client id' }", "OdcClientIdMissing")]
    public void Other_sources_that_fail_are_named(string script, string id)
    {
        using var shell = WithCanary();
        MustFail(shell, script, id);
    }

    [Theory]
    [InlineData("Get-OdcUser")]
    [InlineData("Get-OdcOrganization")]
    [InlineData("Get-OdcStage")]
    [InlineData("Get-OdcAccessToken")]
    [InlineData("Invoke-OdcRestMethod /api/x")]
    [InlineData("Disconnect-Odc")]
    [InlineData("Get-OdcConnection -Default")]
    public void Nothing_works_before_the_sign_in(string script)
    {
        using var shell = new Shell();
        Assert.Contains("Connect-Odc", shell.Catch(script).MustBe("OdcNotConnected").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_not_there_is_refused_with_those_that_are()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"], parameters: "-Name prod");
        foreach (var script in new[] { "Get-OdcUser -Connection test", "Select-OdcConnection test", "Disconnect-Odc test", "Get-OdcConnection test -ErrorAction Stop" })
            Assert.Contains("prod", shell.Catch(script).MustBe("OdcConnectionNotFound").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_stands_for_another_tenant_is_not_taken_over()
    {
        await using var lab = await Lab.StartAsync(hasGlobex: true);
        using var shell = Shell.Connected(lab["acme"], parameters: "-Name prod");
        shell.Set("other", Shell.Credential(lab["globex"].Clients["admin"]));
        shell.Catch($"Connect-Odc {lab["globex"].Url} -Credential $other -Name PROD").MustBe("OdcConnectionNameTaken");
        Assert.Equal(lab["acme"].OrganizationName, shell.Run("(Get-OdcOrganization).Name").Single<string>());
        shell.Run($"Connect-Odc {lab["globex"].Url} -Credential $other -Name PROD -Force").ThrowOnError();
        Assert.Equal(lab["globex"].OrganizationName, shell.Run("(Get-OdcOrganization).Name").Single<string>());
        Assert.Single(shell.Run("Get-OdcConnection").All<OdcConnection>());
    }
}
