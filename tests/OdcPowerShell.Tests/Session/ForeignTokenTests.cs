using System.Text;

namespace OdcPowerShell.Tests.Session;

/// <summary>Access tokens from elsewhere, as files, variables and identity servers have them.</summary>
public sealed class ForeignTokenTests
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("  \t")]
    public async Task What_stands_around_a_token_is_removed(string around)
    {
        await using var lab = await Lab.StartAsync(hasGlobex: false);
        using var shell = Shell.Connected(lab["acme"]);
        shell.Set("given", Shell.Secure(around + shell.Run("Get-OdcAccessToken -AsPlainText").Single<string>() + around));
        Assert.Equal(lab["acme"].OrganizationName, shell.Run("Connect-Odc $tenant -AccessToken $given -Name other; (Get-OdcOrganization -Connection other).Name").Single<string>());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("line\nbreak")]
    [InlineData("two words")]
    [InlineData("t\u00f6ken")]
    [InlineData("nul\0")]
    public void What_is_no_token_is_refused_at_once(string text)
    {
        using var shell = new Shell();
        shell.Set("given", Shell.Secure(text));
        foreach (var line in new[] { "Connect-Odc acme.example -AccessToken $given", "Connect-Odc -Tenant https://acme.example -AccessToken $given -Scope Process" })
            shell.Catch(line).MustBe("OdcInvalidRequest");
        Assert.Empty(shell.Run("Get-OdcConnection").ThrowOnError().Output);
    }

    [Fact]
    public void One_that_has_expired_says_when()
    {
        using var shell = new Shell();
        shell.Set("given", Shell.Secure(Jwt("""{"exp":1700000000,"azp":"me"}""")));
        Assert.Contains("2023-11-14 22:13:20", shell.Catch("Connect-Odc acme.example -AccessToken $given").MustBe("OdcTokenExpired").ToString(), StringComparison.Ordinal);
        Assert.Empty(shell.Run("Get-OdcConnection").ThrowOnError().Output);
    }

    /// <summary>Another runspace may renew the connection's token at any moment.</summary>
    [Fact]
    public async Task A_token_and_its_expiry_date_belong_together()
    {
        await using var lab = await Lab.StartAsync(hasGlobex: false);
        using var shell = Shell.Connected(lab["acme"]);
        var connection = shell.Run("Get-OdcConnection").Single<OdcConnection>();
        var time = TimeProvider.System;
        var token = new OdcPowerShell.Authentication.AccessToken(new OdcPowerShell.Authentication.Secret("another"), TimeSpan.FromMinutes(7), time, time.GetTimestamp());
        var shown = new OdcAccessToken(token, connection);
        Assert.Equal(("another", token.ExpiresOn), (new System.Net.NetworkCredential("", shown.Token).Password, shown.ExpiresOn));
        Assert.NotEqual(connection.TokenExpiresOn, shown.ExpiresOn);
    }

    /// <summary>Texts that a machine with the rules of Unicode takes for no host, and one without them for a host that nobody has.</summary>
    [Theory]
    [InlineData("\U0001F600\U0001F469\u200D\U0001F469\u200D\U0001F467")]
    [InlineData("https://\U0001F469\u200D\U0001F467.example/x")]
    [InlineData("a\u200D.example")]
    [InlineData("\uD800.example")]
    [InlineData("xn--\uFFFF.example")]
    [InlineData("-.-.example")]
    public void A_host_that_is_none_is_an_error_of_the_module(string tenant)
    {
        try
        {
            Assert.NotEmpty(OdcPowerShell.Authentication.TenantAddress.Parse(tenant).Origin.IdnHost);
        }
        catch (OdcException e)
        {
            Assert.Equal(OdcErrorCause.TenantInvalid, e.Cause);
        }
    }

    private static string Jwt(string claims) => $"eyJhbGciOiJub25lIn0.{Convert.ToBase64String(Encoding.UTF8.GetBytes(claims)).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.x";
}
