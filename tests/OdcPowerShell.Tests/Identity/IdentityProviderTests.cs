using System.Management.Automation;
using System.Security;
using OdcPowerShell.Identity;

namespace OdcPowerShell.Tests.Identity;

/// <summary>Identity providers, and the client secret in them, which only its own property gives.</summary>
public sealed class IdentityProviderTests
{
    [Fact]
    public async Task The_secret_becomes_a_SecureString_and_nothing_shows_it()
    {
        await using var lab = await TenantLab.StartAsync();
        var secret = lab.Identity.ProviderSecret;
        var provider = lab.Run("$p = Get-OdcIdentityProvider 'Entra ID'; $p").Single<OdcIdentityProvider>();
        Assert.Equal(secret, new System.Net.NetworkCredential("", provider.OidcConfiguration!.ClientSecret).Password);
        var shown = string.Concat(lab.Run("""
            $p | Out-Default; $p.OidcConfiguration | Out-Default
            $p.ToString(); $p.OidcConfiguration.ToString()
            $p, $p.OidcConfiguration | ForEach-Object { $_ | Format-List * -Force | Out-String -Width 1000; $_ | ConvertTo-CliXml -Depth 5; $_ | ConvertTo-Json -Depth 5 }
            """).All<string>()) + lab.Shell.Host.Text;
        Assert.Contains(provider.OidcConfiguration.ClientId!, shown, StringComparison.Ordinal);
        Assert.Matches(@"ClientSecret +: \*\*\*", shown);
        Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(System.Text.Encoding.Unicode.GetBytes(secret)), shown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("SS N=", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_CliXml_keeps_is_all_but_the_secret()
    {
        await using var lab = await TenantLab.StartAsync();
        var back = Assert.Single(lab.Run("$file = New-TemporaryFile; (Get-OdcIdentityProvider 'Entra ID').OidcConfiguration | Export-Clixml $file -Depth 3; Import-Clixml $file; Remove-Item $file").ThrowOnError().Output);
        Assert.Equal(
            typeof(OdcOidcConfiguration).GetProperties().Where(p => p.PropertyType != typeof(SecureString)).Select(p => p.Name).Order(),
            back.Properties.Where(p => p.MemberType == PSMemberTypes.NoteProperty || p.MemberType == PSMemberTypes.Property).Select(p => p.Name).Order());
    }

    [Fact]
    public async Task A_provider_is_read_by_key_by_name_and_again()
    {
        await using var lab = await TenantLab.StartAsync();
        var key = lab.Identity.OpenIdConnectProviderKey.ToString();
        foreach (var line in new[] { $"Get-OdcIdentityProvider -IdentityProvider {key}", "Get-OdcIdentityProvider -IdentityProvider 'entra id'", "Get-OdcIdentityProvider Entra* | Get-OdcIdentityProvider" })
            Assert.Equal(key, lab.Run(line).Single<OdcIdentityProvider>().IdentityProviderKey);
        Assert.Equal(
            lab.Identity.Groups.Where(g => g.ClaimMappings.Count > 0).Select(g => g.Key.ToString()).Order(),
            lab.Run("Get-OdcGroup -IdentityProvider 'Entra ID'").All<OdcGroup>().Select(g => g.GroupKey!).Order());
    }

    [Fact]
    public async Task Mappings_go_one_by_one_with_the_group_that_they_are_of()
    {
        await using var lab = await TenantLab.StartAsync(users: 250);
        var before = lab.Identity.Groups.Sum(g => g.ClaimMappings.Count);
        lab.Run("$mappings = Get-OdcGroup -Stage QA | ForEach-Object ClaimMappings; $mappings | Remove-OdcGroupClaimMapping -Confirm:$false").ThrowOnError();
        Assert.InRange(lab.Identity.Groups.Sum(g => g.ClaimMappings.Count), 1, before - 1);
        Assert.All(lab.Identity.Groups.Where(g => g.StageKey == lab.Tenant.Stages.Single(s => s.Name == "QA").Key), g => Assert.Empty(g.ClaimMappings));
        Assert.Equal(lab.Changes.Distinct().Count(), before - lab.Identity.Groups.Sum(g => g.ClaimMappings.Count));
    }
}
