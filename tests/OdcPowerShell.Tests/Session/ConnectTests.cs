using System.Collections;
using System.Management.Automation;

namespace OdcPowerShell.Tests.Session;

/// <summary>Connect-Odc with every source of the secret.</summary>
public sealed class ConnectTests
{
    private const string Prove = "; (Get-OdcOrganization).Name";

    [Fact]
    public async Task A_credential_signs_in_and_nothing_is_written()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = new Shell();
        var result = shell.Connect(lab["acme"]).ThrowOnError();
        Assert.Empty(result.Output);
        Assert.Equal(lab["acme"].OrganizationName, shell.Run("(Get-OdcOrganization).Name").Single<string>());
    }

    [Fact]
    public async Task PassThru_writes_the_connection()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = new Shell();
        var connection = shell.Connect(lab["acme"], parameters: "-PassThru -Name prod").Single<OdcConnection>();
        Assert.Equal("prod", connection.Name);
        Assert.Equal(lab["acme"].Clients["admin"].ClientId, connection.ClientId);
        Assert.True(connection.TokenExpiresOn > DateTimeOffset.UtcNow.AddHours(11));
        Assert.StartsWith(lab["acme"].IdentityUrl.ToString(), connection.TokenEndpoint!.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(connection.Url.Port, connection.TokenEndpoint.Port);
    }

    [Fact]
    public async Task Client_id_and_secret_sign_in()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = new Shell();
        shell.Set("secret", Shell.Secure(lab["acme"].Clients["admin"].Secret));
        var name = shell.Run($"Connect-Odc {lab["acme"].Url} -ClientId {lab["acme"].Clients["admin"].ClientId} -ClientSecret $secret{Prove}").Single<string>();
        Assert.Equal(lab["acme"].OrganizationName, name);
    }

    [Fact]
    public async Task A_secret_with_special_characters_signs_in()
    {
        await using var lab = await Lab.StartAsync();
        Assert.All("+/=&%\"ü ", c => Assert.Contains(c, lab["acme"].Clients["special"].Secret));
        using var shell = Shell.Connected(lab["acme"], "special");
        Assert.Equal(lab["acme"].OrganizationName, shell.Run("(Get-OdcOrganization).Name").Single<string>());
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("{0}portal/applications?stageid=b2f9")]
    [InlineData("  {0}  ")]
    public async Task Any_url_of_the_tenant_names_it(string form)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = new Shell();
        shell.Set("credential", Shell.Credential(lab["acme"].Clients["admin"]));
        shell.Set("url", string.Format(System.Globalization.CultureInfo.InvariantCulture, form, lab["acme"].Url));
        Assert.Equal(lab["acme"].Url, shell.Run("Connect-Odc $url -Credential $credential -PassThru").Single<OdcConnection>().Url);
    }

    [Fact]
    public async Task A_credential_provider_signs_in()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = new Shell();
        shell.Set("mine", Shell.Credential(lab["acme"].Clients["admin"]));
        Assert.Equal(lab["acme"].OrganizationName, shell.Run($"Connect-Odc {lab["acme"].Url} -CredentialProvider {{ 'noise'; $mine }}{Prove}").Single<string>());
    }

    [Fact]
    public async Task An_azure_automation_credential_signs_in()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = new Shell();
        shell.Set("asset", Shell.Credential(lab["acme"].Clients["admin"]));
        shell.Run("function global:Get-AutomationPSCredential { param($Name) if ($Name -eq 'odc') { $asset } }");
        Assert.Equal(lab["acme"].OrganizationName, shell.Run($"Connect-Odc {lab["acme"].Url} -AutomationCredential odc{Prove}").Single<string>());
    }

    [Fact]
    public async Task A_token_from_elsewhere_serves_until_it_ends()
    {
        await using var lab = await Lab.StartAsync();
        using var giver = Shell.Connected(lab["acme"]);
        using var shell = new Shell();
        shell.Set("token", giver.Run("(Get-OdcAccessToken).Token").Output[0].BaseObject);
        var connection = shell.Run($"Connect-Odc {lab["acme"].Url} -AccessToken $token -PassThru").Single<OdcConnection>();
        Assert.Equal(lab["acme"].Clients["admin"].ClientId, connection.ClientId);
        Assert.Equal(giver.Run("(Get-OdcConnection).TokenExpiresOn").Single<DateTimeOffset>(), connection.TokenExpiresOn!.Value, TimeSpan.FromSeconds(5));
        Assert.Equal(lab["acme"].OrganizationName, shell.Run("(Get-OdcOrganization).Name").Single<string>());
        lab["acme"].Clients["admin"].Suspend();
        Assert.Equal("OdcTokenExpired", shell.Run("Get-OdcOrganization").ErrorId);
    }

    public static TheoryData<string> VaultShapes => ["PSCredential", "SecureString", "string", "Hashtable"];

    [Theory]
    [MemberData(nameof(VaultShapes))]
    public async Task Every_shape_of_a_vault_entry_signs_in(string shape)
    {
        await using var lab = await Lab.StartAsync();
        var (tenant, client) = (lab["acme"], lab["acme"].Clients["admin"]);
        using var shell = new Shell();
        shell.Run(FakeVault.Install).ThrowOnError();
        shell.Set("value", shape switch
        {
            "PSCredential" => Shell.Credential(client),
            "SecureString" => Shell.Secure(client.Secret),
            "string" => client.Secret,
            _ => new Hashtable { ["Tenant"] = tenant.Url.ToString(), ["ClientId"] = client.ClientId, ["ClientSecret"] = Shell.Secure(client.Secret) },
        });
        shell.Set("metadata", shape == "Hashtable" ? new Hashtable() : new Hashtable { ["Tenant"] = tenant.Url.ToString(), ["ClientId"] = client.ClientId });
        shell.Run("$global:Secrets['odc'] = $value; $global:Metadata['odc'] = $metadata");
        Assert.Equal(tenant.OrganizationName, shell.Run($"Connect-Odc -SecretName odc -VaultName one{Prove}").Single<string>());
    }

    [Fact]
    public async Task Parameters_win_over_what_is_stored_with_the_secret()
    {
        await using var lab = await Lab.StartAsync(hasGlobex: true);
        var client = lab["globex"].Clients["admin"];
        using var shell = new Shell();
        shell.Run(FakeVault.Install).ThrowOnError();
        shell.Set("value", Shell.Secure(client.Secret));
        shell.Run("$global:Secrets['odc'] = $value; $global:Metadata['odc'] = @{ Tenant = 'https://elsewhere.example'; ClientId = 'nobody' }");
        Assert.Equal(lab["globex"].OrganizationName, shell.Run($"Connect-Odc {lab["globex"].Url} -SecretName odc -ClientId {client.ClientId}{Prove}").Single<string>());
    }

    [Theory]
    [InlineData(13, true)]
    [InlineData(20, false)]
    public async Task A_secret_that_ends_soon_is_warned_of(int days, bool warns)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = new Shell();
        shell.Set("end", DateTimeOffset.UtcNow.AddDays(days).AddHours(1));
        var warnings = shell.Connect(lab["acme"], parameters: "-SecretExpiresOn $end").ThrowOnError().Warnings;
        Assert.Equal(warns, warnings.Any(w => w.Contains($"in {days} days", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_missing_credential_is_asked_for()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = new Shell();
        var result = shell.Run($"Connect-Odc {lab["acme"].Url}");
        Assert.Contains("Credential", result.Error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The likeliest mistake with two tenants; the identity server asks for no other way of signing in.</summary>
    [Fact]
    public async Task The_client_of_another_tenant_is_a_matter_of_its_id_and_secret()
    {
        await using var lab = await Lab.StartAsync(hasGlobex: true);
        using var shell = new Shell();
        shell.Set("other", Shell.Credential(lab["globex"].Clients["admin"]));
        var error = shell.Catch($"Connect-Odc {lab["acme"].Url} -Credential $other");
        Assert.Equal("OdcSignInFailed", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.DoesNotContain("Basic", error.Exception.Message + error.ErrorDetails?.RecommendedAction, StringComparison.Ordinal);
    }
}
