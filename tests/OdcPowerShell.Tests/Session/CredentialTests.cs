using System.Management.Automation;

namespace OdcPowerShell.Tests.Session;

/// <summary>Register-OdcCredential and Get-OdcCredential.</summary>
public sealed class CredentialTests
{
    [Fact]
    public async Task A_registered_credential_is_a_whole_sign_in()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = new Shell();
        shell.Run(FakeVault.Install).ThrowOnError();
        shell.Set("credential", Shell.Credential(lab["acme"].Clients["admin"]));
        Assert.Empty(shell.Run($"Register-OdcCredential odc-prod {lab["acme"].Url}portal/x -Credential $credential").ThrowOnError().Output);
        Assert.Equal(lab["acme"].OrganizationName, shell.Run("Connect-Odc -SecretName odc-prod; (Get-OdcOrganization).Name").Single<string>());
        Assert.Contains("odc-prod", shell.Run("(Get-OdcConnection -Default).Source").Single<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_is_listed_with_the_days_that_its_secret_has_left()
    {
        using var shell = new Shell();
        shell.Run(FakeVault.Install).ThrowOnError();
        shell.Set("secret", Shell.Secure("s3cret-value"));
        var day = DateTime.UtcNow.Date.AddDays(10);
        shell.Set("day", day);
        var written = shell.Run("Register-OdcCredential odc acme.outsystems.dev -ClientId me -ClientSecret $secret -ExpiresOn $day -VaultName two -PassThru").Single<OdcCredential>();
        shell.Run("$global:Secrets['other'] = 'x'; $global:Metadata['other'] = @{}").ThrowOnError();
        var listed = shell.Run("Get-OdcCredential -VaultName two").Single<OdcCredential>();
        foreach (var entry in new[] { written, listed })
        {
            Assert.Equal(("odc", "two", "acme.outsystems.dev", "me"), (entry.Name, entry.VaultName, entry.Tenant, entry.ClientId));
            Assert.Equal(new DateTimeOffset(day, TimeSpan.Zero).AddHours(23).AddMinutes(59), entry.ExpiresOn);
            Assert.Equal(10, entry.DaysLeft);
        }

        Assert.Empty(shell.Run("Get-OdcCredential nothing*").ThrowOnError().Output);
        Assert.Equal("odc", shell.Run("(Get-OdcCredential o*c).Name").Single<string>());
        Assert.Equal(0, shell.Run("$global:Reads").Single<int>());
    }

    [Fact]
    public void WhatIf_writes_nothing_and_Force_replaces()
    {
        using var shell = new Shell();
        shell.Run(FakeVault.Install).ThrowOnError();
        shell.Set("credential", new PSCredential("me", Shell.Secure("one-secret")));
        shell.Run("Register-OdcCredential odc acme.outsystems.dev -Credential $credential -WhatIf | Out-Default").ThrowOnError();
        Assert.Equal(0, shell.Run("$global:Secrets.Count").Single<int>());
        Assert.Contains("API client me for acme.outsystems.dev", shell.Host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("one-secret", shell.Host.Text, StringComparison.Ordinal);
        shell.Run("Register-OdcCredential odc acme.outsystems.dev -Credential $credential").ThrowOnError();
        shell.Set("credential", new PSCredential("you", Shell.Secure("two")));
        shell.Catch("Register-OdcCredential odc acme.outsystems.dev -Credential $credential").MustBe("OdcSecretExists");
        shell.Run("Register-OdcCredential odc acme.outsystems.dev -Credential $credential -Force").ThrowOnError();
        Assert.Equal("you", shell.Run("(Get-OdcCredential).ClientId").Single<string>());
    }
}
