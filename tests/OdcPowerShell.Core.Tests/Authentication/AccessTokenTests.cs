using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace OdcPowerShell.Core.Tests.Authentication;

public sealed class AccessTokenTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void The_life_counts_from_the_request()
    {
        var asked = _time.GetTimestamp();
        var end = _time.GetUtcNow().AddHours(1);
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(end, new AccessToken(new Secret("x"), TimeSpan.FromHours(1), _time, asked).ExpiresOn);
    }

    [Theory]
    [InlineData(3600, 30)]
    [InlineData(60, 3)]
    public void A_failed_renewal_rests_half_a_minute_or_a_twentieth(int life, int rest) =>
        Assert.Equal(TimeSpan.FromSeconds(rest), new AccessToken(new Secret("x"), TimeSpan.FromSeconds(life), _time, _time.GetTimestamp()).RenewalPause);

    [Theory]
    [InlineData(11, "11 minutes ahead of")]
    [InlineData(-119, "119 minutes behind")]
    [InlineData(120, "2 hours ahead of")]
    [InlineData(-1500, "25 hours behind")]
    [InlineData(2880, "2 days ahead of")]
    [InlineData(-3600, "2.5 days behind")]
    public void A_clock_that_is_far_off_is_told(int minutes, string off)
    {
        var e = ClockSkew.Failure(TimeSpan.FromMinutes(minutes));
        Assert.Equal((OdcErrorCause.ClockSkewed, $"This machine's clock is {off} the server's."), (e.Cause, e.Message));
        Assert.Equal("Set the clock (w32tm /resync, or timedatectl set-ntp true), then run Connect-Odc again: expiry dates would be wrong.", e.RecommendedAction);
    }

    [Fact]
    public void A_client_over_a_given_token_knows_what_the_token_says()
    {
        var signIn = new SignIn(new ClientOptions { Time = _time });
        var end = _time.GetUtcNow().AddMinutes(30);
        var claims = Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"exp":{{end.ToUnixTimeSeconds()}},"azp":"me"}"""));
        var client = signIn.FromToken(Sample.Tenant, new Secret($"a.{claims}.c"));
        Assert.Equal("me", client.Tokens.Current!.ClientId);
        Assert.Equal(end, client.Tokens.Current.ExpiresOn);
        Assert.False(client.Tokens.CanRenew);
        Assert.Equal(Sample.Tenant.Origin, client.Origin);
        var opaque = signIn.FromToken(Sample.Tenant, new Secret("opaque"));
        Assert.Equal((null, null), (opaque.Tokens.Current!.ClientId, opaque.Tokens.Current.ExpiresOn));
    }

    [Theory]
    [InlineData("", "The access token is empty.")]
    [InlineData(" \n", "The access token is empty.")]
    [InlineData("abc def", "The text is not an access token: it has characters that no token has, such as a line end in its middle.")]
    [InlineData("abc\ndef", "The text is not an access token: it has characters that no token has, such as a line end in its middle.")]
    public void A_text_that_cant_be_a_token_is_refused(string text, string message)
    {
        var e = Assert.Throws<OdcException>(() => AccessToken.FromElsewhere(new Secret(text), _time));
        Assert.Equal((OdcErrorCause.InvalidRequest, message, "Pass the token alone, as a SecureString."), (e.Cause, e.Message, e.RecommendedAction));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_token_that_has_expired_is_refused(int secondsLeft, bool isRefused)
    {
        // A token has whole seconds.
        _time.Advance(TimeSpan.FromTicks(TimeSpan.TicksPerSecond - (_time.GetUtcNow().Ticks % TimeSpan.TicksPerSecond)));
        var end = _time.GetUtcNow().AddSeconds(secondsLeft);
        var claims = Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"exp":{{end.ToUnixTimeSeconds()}}}"""));
        var e = Record.Exception(() => AccessToken.FromElsewhere(new Secret($"a.{claims}.c"), _time)) as OdcException;
        Assert.Equal(isRefused ? (OdcErrorCause.TokenExpired, $"The access token expired on {end:yyyy-MM-dd HH:mm:ss} UTC.") : ((OdcErrorCause, string)?)null, e is null ? null : (e.Cause, e.Message));
        Assert.Equal(isRefused ? "Get a new token, or sign in with an API client's credential, which renews itself. If the date is wrong, check this machine's clock." : null, e?.RecommendedAction);
    }

    [Theory]
    [InlineData("acme outsystems", "'acme outsystems' is not the address of a tenant.", "Specify the host name of the ODC Portal, or any of its URLs: acme.outsystems.dev, https://acme.outsystems.dev/.")]
    [InlineData("https://me:s3cret@acme.example", "'***@acme.example' is not the address of a tenant.", "Specify the host name of the ODC Portal, or any of its URLs: acme.outsystems.dev, https://acme.outsystems.dev/.")]
    [InlineData("@acme outsystems", "'***@acme outsystems' is not the address of a tenant.", "Specify the host name of the ODC Portal, or any of its URLs: acme.outsystems.dev, https://acme.outsystems.dev/.")]
    [InlineData("http://acme.example/x?y=1", "The address of the tenant, http://acme.example/x, is not https.", "Specify the address with https.")]
    [InlineData(" ", "No tenant was specified.", "Specify -Tenant (for example acme.outsystems.dev), or store it with the secret: Register-OdcCredential -Tenant.")]
    public void A_bad_address_is_told_with_its_way_out(string text, string message, string action)
    {
        var e = Assert.Throws<OdcException>(() => TenantAddress.Parse(text));
        Assert.Equal((message, action), (e.Message, e.RecommendedAction));
    }
}
