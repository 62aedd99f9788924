using System.Collections;
using System.Management.Automation;
using OdcPowerShell.EnvironmentConfigurations;

namespace OdcPowerShell.Tests.EnvironmentConfigurations;

/// <summary>The address of the portal: who uses the old one, and what follows from a change.</summary>
public sealed class OrganizationDomainTests
{
    private const string Secret = "a-secret-that-is-never-shown";
    private const string Base = "/api/organization/v1/builtin-domains";

    [Fact]
    public async Task A_new_address_names_the_old_one_and_the_credentials_that_use_it()
    {
        await using var lab = await StartAsync();
        var result = lab.Run("Set-OdcBuiltInDomain acme-group -Primary -Organization -Confirm:$false").ThrowOnError();
        Assert.Equal(2, result.Warnings.Count);
        Assert.Contains("becomes acme-group.outsystems.dev", result.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("acme.outsystems.dev also answers until removed with Remove-OdcBuiltInDomain, and 404 from then on", result.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("Open connections keep the address", result.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("'odc' (vault one, acme.outsystems.dev)", result.Warnings[1], StringComparison.Ordinal);
        Assert.Contains("Register-OdcCredential 'odc' -Tenant acme-group.outsystems.dev -Credential (Get-Secret 'odc' -Vault 'one') -ExpiresOn '2031-02-01T23:59Z' -VaultName 'one' -Force", result.Warnings[1], StringComparison.Ordinal);
        Assert.DoesNotContain("'other'", result.Warnings[1], StringComparison.Ordinal);
        Assert.Equal([$"GET {Base}", $"PATCH {Base}/acme-group"], lab.Sent);
        // No secret was read, and nothing was written.
        Assert.Equal((0, "acme.outsystems.dev"), (lab.Run("$global:Reads").Single<int>(), lab.Run("$global:Metadata.odc.Tenant").Single<string>()));
        Assert.Equal("acme-group", lab.Run("(Get-OdcBuiltInDomain -Organization | Where-Object IsPrimary).Prefix").Single<string>());
        // The command of the hint does what it says.
        lab.Run(result.Warnings[1].Split('\n')[1]).ThrowOnError();
        var moved = lab.Run("Get-OdcCredential odc").Single<OdcCredential>();
        Assert.Equal(("acme-group.outsystems.dev", new DateTimeOffset(2031, 2, 1, 23, 59, 0, TimeSpan.Zero)), (moved.Tenant, moved.ExpiresOn));
    }

    [Fact]
    public async Task Credentials_are_updated_on_request_without_reading_a_secret()
    {
        await using var lab = await StartAsync();
        lab.Run("Set-OdcBuiltInDomain acme-group -Primary -Organization -UpdateCredential -WhatIf").ThrowOnError();
        Assert.Contains("Store acme-group.outsystems.dev as the tenant, instead of acme.outsystems.dev", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
        Assert.Equal("acme.outsystems.dev", lab.Run("$global:Metadata.odc.Tenant").Single<string>());

        var result = lab.Run("Set-OdcBuiltInDomain acme-group.outsystems.dev -Primary -Organization -UpdateCredential -PassThru -Confirm:$false");
        Assert.Equal("acme-group", result.Single<OdcBuiltInDomain>().Prefix);
        Assert.DoesNotContain(result.Warnings, w => w.Contains("Register-OdcCredential", StringComparison.Ordinal));
        Assert.Equal("acme-group.outsystems.dev client 2031 kept", lab.Run("\"$($Metadata.odc.Tenant) $($Metadata.odc.ClientId) $($Metadata.odc.ExpiresOn.Year) $($Metadata.odc.Note)\"").Single<string>());
        Assert.Equal(("acme.example", 0), (lab.Run("$global:Metadata.other.Tenant").Single<string>(), lab.Run("$global:Reads").Single<int>()));
    }

    [Fact]
    public async Task Removing_the_address_of_the_connection_says_what_ends()
    {
        await using var lab = await StartAsync();
        var host = lab.Tenant.Url.Host;
        lab.Tenant.Answer(Base, new CannedAnswer(200, "application/json", $$"""
            { "results": [{ "builtinDomainPrefix": "acme-group", "builtinOsDomain": "acme-group.outsystems.dev", "isPrimary": true }, { "builtinDomainPrefix": "acme", "builtinOsDomain": "{{host}}", "isPrimary": false }] }
            """));
        lab.Run($"$global:Metadata.odc.Tenant = '{lab.Tenant.Url}'; $global:Metadata.broken = @{{ Tenant = 'no address' }}; $global:Secrets.broken = 'x'").ThrowOnError();
        var connection = lab.Run("(Get-OdcConnection).Name").Single<string>();
        var result = lab.Run("Remove-OdcBuiltInDomain acme -Organization -UpdateCredential -WhatIf").ThrowOnError();
        Assert.Contains($"{host} answers 404 as soon as it is removed", result.Warnings[0], StringComparison.Ordinal);
        Assert.Contains($"{connection}. Then connect again: Connect-Odc acme-group.outsystems.dev", result.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("'odc'", result.Warnings[1], StringComparison.Ordinal);
        Assert.Contains("Store acme-group.outsystems.dev as the tenant", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains($"built-in domain {host} of the organization, which answers 404 from then on (DELETE ", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task An_old_address_is_removed_and_its_credentials_move_to_the_primary_one()
    {
        await using var lab = await StartAsync();
        lab.Run("$global:Metadata.odc.Tenant = 'https://ACME-group.outsystems.dev/page'").ThrowOnError();
        var result = lab.Run("Get-OdcBuiltInDomain -Organization | Where-Object IsPrimary -eq $false | Remove-OdcBuiltInDomain -Organization -UpdateCredential -Confirm:$false").ThrowOnError();
        Assert.DoesNotContain("These connections", result.Warnings[0], StringComparison.Ordinal);
        Assert.Equal(["acme"], lab.Run("(Get-OdcBuiltInDomain -Organization).Prefix").All<string>());
        Assert.Equal("acme.outsystems.dev", lab.Run("$global:Metadata.odc.Tenant").Single<string>());
        var error = Assert.Single(lab.Run("Remove-OdcBuiltInDomain acme -Organization -Confirm:$false").Errors).MustBe("OdcInvalidRequest");
        Assert.Contains("Set-OdcBuiltInDomain <other> -Primary -Organization", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removal_without_an_update_has_the_command_for_each_entry()
    {
        await using var lab = await StartAsync();
        lab.Run("$global:Metadata.odc.Tenant = 'acme-group.outsystems.dev'").ThrowOnError();
        var result = lab.Run("Remove-OdcBuiltInDomain acme-group -Organization -Confirm:$false").ThrowOnError();
        Assert.Contains("Register-OdcCredential 'odc' -Tenant acme.outsystems.dev", result.Warnings[1], StringComparison.Ordinal);
        Assert.Equal("acme-group.outsystems.dev", lab.Run("$global:Metadata.odc.Tenant").Single<string>());
    }

    [Fact]
    public async Task A_declined_change_updates_no_credential()
    {
        await using var lab = await StartAsync();
        lab.Shell.Host.Choice = 2;
        lab.Run("Set-OdcBuiltInDomain acme-group -Primary -Organization -UpdateCredential").ThrowOnError();
        lab.Run("Remove-OdcBuiltInDomain acme-group -Organization -UpdateCredential").ThrowOnError();
        Assert.Contains("Are you sure", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
        Assert.Equal("acme.outsystems.dev", lab.Run("$global:Metadata.odc.Tenant").Single<string>());
    }

    [Fact]
    public async Task A_vault_that_fails_is_a_warning_and_an_entry_that_cant_be_changed_is_an_error_with_the_command()
    {
        await using var lab = await StartAsync();
        lab.Run("$global:Faults['Get-SecretInfo'] = { param($Vault) if ($Vault -ne 'one') { throw 'The database is locked.' } }").ThrowOnError();
        var result = lab.Run("Set-OdcBuiltInDomain acme-group -Primary -Organization -Confirm:$false").ThrowOnError();
        Assert.Contains(result.Warnings, w => w.Contains("could not be checked", StringComparison.Ordinal) && w.Contains("two", StringComparison.Ordinal));
        Assert.Contains(result.Warnings, w => w.Contains("'odc' (vault one", StringComparison.Ordinal));
        lab.Run("$global:Faults.Clear(); $global:Faults['Set-SecretInfo'] = { throw 'Forbidden: write' }").ThrowOnError();
        var error = Assert.Single(lab.Run("Set-OdcBuiltInDomain acme-group -Primary -Organization -UpdateCredential -Confirm:$false").Errors).MustBe("OdcVaultFailed");
        Assert.Contains("Forbidden: write", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Register-OdcCredential 'odc' -Tenant acme-group.outsystems.dev", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_vaults_there_is_nothing_to_update()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("New-OdcBuiltInDomain acme-group -Organization").ThrowOnError();
        Assert.Single(lab.Run("Set-OdcBuiltInDomain acme-group -Primary -Organization -UpdateCredential -Confirm:$false").ThrowOnError().Warnings);
        lab.Run(FakeVault.Install + "; $global:NoVault = $true").ThrowOnError();
        Assert.Single(lab.Run("Set-OdcBuiltInDomain acme -Primary -Organization -UpdateCredential -Confirm:$false").ThrowOnError().Warnings);
        Assert.Contains("acme.outsystems.dev, acme-group.outsystems.dev", Assert.Single(lab.Run("Set-OdcBuiltInDomain nothing -Primary -Organization -Confirm:$false").Errors).MustBe("OdcNotFound").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_of_a_vault_is_shown()
    {
        await using var lab = await StartAsync();
        lab.Run("""
            $VerbosePreference = $DebugPreference = 'Continue'; $ConfirmPreference = 'None'
            $global:Faults['Set-SecretInfo'] = { throw 'Forbidden: write' }
            Set-OdcBuiltInDomain acme-group -Primary -Organization -UpdateCredential *>&1 | Out-Default
            $global:Faults.Clear()
            Set-OdcBuiltInDomain acme-group -Primary -Organization -UpdateCredential -PassThru *>&1 | Format-List * -Force | Out-Default
            Set-OdcBuiltInDomain acme -Primary -Organization *>&1 | ConvertTo-CliXml | Out-Default
            Remove-OdcBuiltInDomain acme-group -Organization -UpdateCredential -WhatIf *>&1 | Out-Default
            $Error | Format-List * -Force | Out-Default
            """);
        Assert.Contains("Forbidden: write", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Equal(Secret, lab.Run("$global:Secrets.odc.GetNetworkCredential().Password").Single<string>());
    }

    [Fact]
    public async Task Managing_the_organization_needs_its_permission()
    {
        await using var lab = await TenantLab.StartAsync(client: "auditor");
        foreach (var line in new[] { "New-OdcBuiltInDomain acme-x -Organization", "Set-OdcBuiltInDomain acme -Primary -Organization -Confirm:$false", "Set-OdcOrganization X" })
            Assert.Contains("Organization management > Manage Organization", Assert.Single(lab.Run(line).Errors).MustBe("OdcAccessDenied").ToString(), StringComparison.Ordinal);
    }

    // A vault with a credential of this organization and one of another, and a second address of the portal.
    private static async Task<TenantLab> StartAsync()
    {
        var lab = await TenantLab.StartAsync();
        lab.Run(FakeVault.Install).ThrowOnError();
        lab.Shell.Set("credential", new PSCredential("client", Shell.Secure(Secret)));
        lab.Shell.Set("metadata", new Hashtable { ["Tenant"] = "acme.outsystems.dev", ["ClientId"] = "client", ["ExpiresOn"] = new DateTime(2031, 2, 1, 23, 59, 0, DateTimeKind.Utc), ["Note"] = "kept" });
        lab.Run("$global:Secrets.odc = $credential; $global:Metadata.odc = $metadata; $global:Secrets.other = $credential; $global:Metadata.other = @{ Tenant = 'acme.example' }; New-OdcBuiltInDomain acme-group -Organization").ThrowOnError();
        lab.Forget();
        return lab;
    }
}
