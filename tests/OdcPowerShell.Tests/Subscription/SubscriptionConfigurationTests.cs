using OdcPowerShell.Subscription;

namespace OdcPowerShell.Tests.Subscription;

/// <summary>Whose users are internal.</summary>
public sealed class SubscriptionConfigurationTests
{
    private const string Internal = "(Get-OdcEntitlement -Entitlement internalUsers).Used";
    private const string External = "(Get-OdcEntitlement -Entitlement externalUsers).Used";

    [Fact]
    public async Task Domains_replace_the_list_and_change_who_is_counted()
    {
        await using var lab = await TenantLab.StartAsync();
        var before = lab.Run(Internal).Single<double>();
        Assert.Empty(lab.Run("Set-OdcSubscriptionConfiguration acme.example -Confirm:$false").ThrowOnError().Output);
        var after = lab.Run(Internal).Single<double>();
        Assert.InRange(after, 1, before - 1);
        Assert.Equal(60 - after, lab.Run(External).Single<double>());
        var changed = lab.Run("Set-OdcSubscriptionConfiguration -AllDomainsInternal -PassThru -Confirm:$false").Single<OdcSubscriptionConfiguration>();
        Assert.Equal((true, "acme.example"), (changed.AllDomainsInternal, changed.InternalEmailDomains!.ToString()));
        Assert.Equal((60.0, 0.0), (lab.Run(Internal).Single<double>(), lab.Run(External).Single<double>()));
        lab.Run("Set-OdcSubscriptionConfiguration -AllDomainsInternal:$false -Confirm:$false").ThrowOnError();
        Assert.Equal((false, "acme.example", after), (lab.Tenant.Subscription.AreAllInternal, lab.Tenant.Subscription.InternalDomains.Single(), lab.Run(Internal).Single<double>()));
    }

    [Fact]
    public async Task WhatIf_shows_the_body_and_the_prompt_comes_before_a_change()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("Set-OdcSubscriptionConfiguration -InternalEmailDomain new.example -WhatIf; Set-OdcSubscriptionConfiguration -AllDomainsInternal -WhatIf -PassThru").ThrowOnError();
        Assert.Contains("""{"areAllEmailDomainsInternal":false,"internalEmailDomains":["new.example"]}""", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("""{"areAllEmailDomainsInternal":true,"internalEmailDomains":["acme.example","contractors.example"]}""", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("PATCH", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
        Assert.Equal("High", lab.Run("[System.Management.Automation.CommandMetadata]::new((Get-Command Set-OdcSubscriptionConfiguration)).ConfirmImpact.ToString()").Single<string>());
    }

    [Theory]
    [InlineData("", "There is nothing to change")]
    [InlineData("-InternalEmailDomain acme.com -AllDomainsInternal", "exclude each other")]
    [InlineData("-InternalEmailDomain @()", "-InternalEmailDomain has no value")]
    [InlineData("-InternalEmailDomain ana@acme.com", "'ana@acme.com' is not the domain")]
    [InlineData("-InternalEmailDomain '@acme.com'", "'@acme.com' is not the domain")]
    [InlineData("-InternalEmailDomain acme", "'acme' is not the domain")]
    [InlineData("-InternalEmailDomain *.acme.com", "'*.acme.com' is not the domain")]
    [InlineData("-InternalEmailDomain https://acme.com", "is not the domain")]
    [InlineData("-InternalEmailDomain 'acme.com, acme.example'", "is not the domain")]
    [InlineData("-InternalEmailDomain '-acme.com'", "is not the domain")]
    [InlineData("-InternalEmailDomain acme.com, acme..com", "'acme..com' is not the domain")]
    public async Task What_is_wrong_is_an_error_before_anything_is_sent(string parameters, string message)
    {
        await using var lab = await TenantLab.StartAsync();
        var error = lab.Shell.Catch($"Set-OdcSubscriptionConfiguration {parameters} -Confirm:$false").MustBe("OdcInvalidRequest");
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Sent);
    }

    [Fact]
    public async Task Without_the_permission_it_is_denied_with_its_name()
    {
        await using var lab = await TenantLab.StartAsync(client: "auditor");
        Assert.Contains("Subscriptions > Manage subscription", lab.Run("Set-OdcSubscriptionConfiguration acme.com -Confirm:$false").Error.MustBe("OdcAccessDenied").ToString(), StringComparison.Ordinal);
        Assert.Contains("Subscriptions > View subscription", lab.Run("Get-OdcSubscriptionConfiguration").Error.MustBe("OdcAccessDenied").ToString(), StringComparison.Ordinal);
    }
}
