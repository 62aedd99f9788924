using System.Collections;
using System.Management.Automation;

namespace OdcPowerShell.Tests.Session;

/// <summary>Vaults of all kinds: what they keep, what they can't, and what they say when they fail.</summary>
public sealed class VaultTests
{
    [Theory]
    [InlineData("Get-Secret", "Connect-Odc -SecretName odc")]
    [InlineData("Get-SecretInfo", "Get-OdcCredential odc -VaultName one -ErrorAction Stop")]
    [InlineData("Get-SecretInfo", "Register-OdcCredential new acme.example -Credential $credential")]
    public async Task A_question_that_nobody_answers_is_a_locked_vault(string command, string script)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Prepare(lab["acme"]);
        // What a host does that can't ask: the pipeline of the question ends.
        shell.Run($"$global:Faults['{command}'] = {{ throw [System.Management.Automation.PipelineStoppedException]::new() }}").ThrowOnError();
        shell.Catch(script).MustBe("OdcVaultLocked");
        Assert.False(shell.Run("$global:Secrets.ContainsKey('new')").Single<bool>());
    }

    [Theory]
    [InlineData("A secret with (name/id) odc was not found in this key vault.", "OdcSecretNotFound")]
    [InlineData("The vault answered 503: registry maintenance.", "OdcVaultFailed")]
    [InlineData("The client address 10.0.0.4 is blocked by the firewall of vault contoso-kv.", "OdcVaultFailed")]
    [InlineData("Vault one not found in registry.", "OdcVaultMissing")]
    [InlineData("The database is locked.", "OdcVaultLocked")]
    [InlineData("A valid password is required to access the vault.", "OdcVaultLocked")]
    public async Task Whole_words_decide_and_what_the_vault_said_is_told(string said, string id)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Prepare(lab["acme"]);
        shell.Set("said", said);
        shell.Run("$global:Faults['Get-Secret'] = { throw [System.InvalidOperationException]::new('Unable to get secret odc from vault one', [System.Exception]::new($global:said)) }; $global:said = $said").ThrowOnError();
        var error = shell.Catch("Connect-Odc -SecretName odc").MustBe(id);
        Assert.Contains(said, error.ToString(), StringComparison.Ordinal);
        // One record in $Error, and the vault's own reason beneath it.
        Assert.Equal(1, shell.Run("$Error.Clear(); try { Connect-Odc -SecretName odc } catch { }; $Error.Count").Single<int>());
        Assert.Contains(said, error.Exception.InnerException!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reason_beneath_a_wrapper_is_shown()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Prepare(lab["acme"]);
        shell.Run("$global:Faults['Get-Secret'] = { throw [System.InvalidOperationException]::new('Unable to get secret odc from vault one', [System.Exception]::new(\"Run 'Connect-AzAccount -SubscriptionId 1234'.\")) }").ThrowOnError();
        Assert.Contains("Unable to get secret odc from vault one. Run 'Connect-AzAccount -SubscriptionId 1234'.", shell.Catch("Connect-Odc -SecretName odc").MustBe("OdcVaultFailed").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_of_a_hashtable_have_no_case_and_its_date_is_read()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Prepare(lab["acme"]);
        var table = new Hashtable(StringComparer.Ordinal)
        {
            ["tenant"] = lab["acme"].Url.ToString(), ["clientid"] = lab["acme"].Clients["admin"].ClientId, ["CLIENTSECRET"] = Shell.Secure(lab["acme"].Clients["admin"].Secret + "\r\n"), ["expiresOn"] = Shell.Secure("2030-12-05"),
        };
        shell.Set("table", table);
        shell.Run("$global:Secrets.h = $table; Connect-Odc -SecretName h").ThrowOnError();
        Assert.Equal(new DateTimeOffset(2030, 12, 5, 23, 59, 0, TimeSpan.Zero), shell.Run("(Get-OdcConnection).SecretExpiresOn").Single<DateTimeOffset>());
    }

    [Fact]
    public async Task To_sign_in_reading_is_enough()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Prepare(lab["acme"]);
        shell.Run("$global:Faults['Get-SecretInfo'] = { throw 'Forbidden: list' }").ThrowOnError();
        var result = shell.Run($"Connect-Odc {lab["acme"].Url} -ClientId {lab["acme"].Clients["admin"].ClientId} -SecretName odc").ThrowOnError();
        Assert.Contains("Forbidden: list", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_bad_vault_hides_no_other()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Prepare(lab["acme"]);
        shell.Run("$global:Faults['Get-SecretInfo'] = { param($Vault) if ($Vault -ne 'two') { throw 'The database is locked.' } }").ThrowOnError();
        var result = shell.Run("Get-OdcCredential");
        Assert.Equal("odc", Assert.IsType<OdcCredential>(Assert.Single(result.Output).BaseObject).Name);
        Assert.Contains("Vault 'one' is locked", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        shell.Run("$global:Faults.Clear()").ThrowOnError();
        Assert.Equal("OdcSecretNotFound", shell.Run("Get-OdcCredential nosuch").ErrorId);
    }

    [Fact]
    public async Task A_vault_without_metadata_is_left_as_it_is()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Prepare(lab["acme"]);
        shell.Run("$global:Faults['Set-SecretInfo'] = { throw \"Cannot set: The vault does not support the Set-SecretInfo function.\" }").ThrowOnError();
        Assert.Contains("Nothing was written", shell.Catch("Register-OdcCredential odc acme.example -Credential $wrong -Force").MustBe("OdcVaultFailed").ToString(), StringComparison.Ordinal);
        Assert.Equal(lab["acme"].Clients["admin"].ClientId, shell.Run("$global:Secrets.odc.UserName").Single<string>());
    }

    [Theory]
    [InlineData("[byte[]](1..9)")]
    [InlineData("''")]
    [InlineData("@{ a = 1 }")]
    [InlineData("\"line`nbreak\"")]
    [InlineData("'t\u00f6ken'")]
    [InlineData("$null")]
    public async Task A_damaged_token_cache_is_as_good_as_none(string entry)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Prepare(lab["acme"]);
        shell.Run("Connect-Odc -SecretName odc -TokenCacheVault one").ThrowOnError();
        shell.Run($"$name = $global:Secrets.Keys | Where-Object {{ $_ -like 'OdcPowerShell-token-*' }}; $global:Secrets[$name] = {entry}; $global:Metadata[$name].ExpiresOn = [datetime]::UtcNow.AddHours(9)").ThrowOnError();
        lab["acme"].Statistics.Clear();
        Assert.Equal(lab["acme"].OrganizationName, shell.Run("Connect-Odc -SecretName odc -TokenCacheVault one; (Get-OdcOrganization).Name").Single<string>());
        Assert.Single(lab["acme"].Statistics.TokenRequests);
        Assert.Matches("^[A-Za-z0-9-]+$", shell.Run("$name").Single<string>());
    }

    [Fact]
    public async Task A_cache_that_cant_be_read_is_a_warning()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Prepare(lab["acme"]);
        shell.Run("$global:Locked = $true").ThrowOnError();
        var result = shell.Connect(lab["acme"], parameters: "-TokenCacheVault one").ThrowOnError();
        Assert.Contains(result.Warnings, w => w.Contains("is locked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_empty_secret_is_told_as_that()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Prepare(lab["acme"]);
        shell.Run("$global:Secrets.e = ''; $global:Secrets.n = $null").ThrowOnError();
        shell.Catch("Connect-Odc -SecretName e -ClientId x -Tenant acme.example").MustBe("OdcSecretWrongType");
        shell.Catch("Connect-Odc -SecretName n -ClientId x -Tenant acme.example").MustBe("OdcSecretWrongType");
    }

    [Theory]
    [InlineData("2031-02-01", true)]
    [InlineData("31.12.2031", false)]
    [InlineData("01/02/2031", false)]
    [InlineData("20310201", false)]
    [InlineData("soon", false)]
    public async Task A_date_that_cant_be_read_is_warned_of(string date, bool isRead)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Prepare(lab["acme"]);
        shell.Set("date", date);
        shell.Run("$global:Metadata.odc.ExpiresOn = $date").ThrowOnError();
        foreach (var script in new[] { "Connect-Odc -SecretName odc", "$null = Get-OdcCredential odc" })
            Assert.Equal(isRead ? 0 : 1, shell.Run(script).ThrowOnError().Warnings.Count);
        var expected = isRead ? new DateTimeOffset(2031, 2, 1, 23, 59, 0, TimeSpan.Zero) : (DateTimeOffset?)null;
        Assert.Equal(expected, (DateTimeOffset?)shell.Run("Get-OdcCredential odc").Single<OdcCredential>().ExpiresOn);
        // The same day as a parameter.
        if (isRead)
            Assert.Equal(expected, shell.Run($"Connect-Odc -SecretName odc -SecretExpiresOn {date}; (Get-OdcConnection).SecretExpiresOn").Single<DateTimeOffset>());
    }

    [Fact]
    public async Task A_listed_credential_connects_and_its_vault_is_named()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Prepare(lab["acme"]);
        Assert.Equal(lab["acme"].OrganizationName, shell.Run("Get-OdcCredential odc | Connect-Odc; (Get-OdcOrganization).Name").Single<string>());
        Assert.Equal("one", shell.Run("Register-OdcCredential other acme.example -Credential $wrong -PassThru").Single<OdcCredential>().VaultName);
        shell.Catch("Register-OdcCredential other acme.example -Credential $wrong -WhatIf").MustBe("OdcSecretExists");
        Assert.Contains("user name", shell.Catch($"Connect-Odc {lab["acme"].Url} -CredentialProvider {{ 'text' }}").MustBe("OdcClientIdMissing").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    private static Shell Prepare(EmulatedTenant tenant)
    {
        var shell = new Shell();
        shell.Run(FakeVault.Install).ThrowOnError();
        shell.Set("credential", Shell.Credential(tenant.Clients["admin"]));
        shell.Set("wrong", new PSCredential("me", Shell.Secure("no-secret")));
        shell.Set("metadata", new Hashtable { ["Tenant"] = tenant.Url.ToString() });
        shell.Run("$global:Secrets.odc = $credential; $global:Metadata.odc = $metadata").ThrowOnError();
        return shell;
    }
}
