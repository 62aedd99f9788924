using System.Text;

namespace OdcPowerShell.Core.Tests.Authentication;

public sealed class SecretTests
{
    private static readonly DateTimeOffset End = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    [Fact]
    public void A_secret_prints_as_stars_and_compares_by_value()
    {
        var secret = new Secret("a\u00fc b");
        Assert.Equal("***", secret.ToString());
        Assert.Equal(secret, new Secret("a\u00fc b"));
        Assert.NotEqual(secret, new Secret("A\u00fc b"));
        Assert.False(secret.Equals((object)"a\u00fc b"));
        Assert.False(secret.Equals(other: null));
        Assert.Equal(secret.GetHashCode(), new Secret("a\u00fc b").GetHashCode());
        Assert.Equal((true, false), (new Secret("").IsEmpty, secret.IsEmpty));
    }

    [Fact]
    public void A_secure_string_goes_there_and_back()
    {
        using var secure = new Secret("a\u00fc b").ToSecureString();
        Assert.True(secure.IsReadOnly());
        Assert.Equal("a\u00fc b", Secret.From(secure).Reveal());
    }

    [Theory]
    [InlineData("a b+c", "x a b+c, a%20b%2Bc, a+b%2Bc.", "x ***, ***, ***.")]
    [InlineData("p+q'r", "bad p\\u002Bq\\u0027r.", "bad ***.")]
    [InlineData("p<q&r", "<b>p&lt;q&amp;r</b>", "<b>***</b>")]
    [InlineData("", "nothing to hide", "nothing to hide")]
    [InlineData("Pa\"ss", "secret Pa\\\"ss is wrong", "secret *** is wrong")]
    [InlineData("a\\b/c", "a\\\\b\\/c", "***")]
    [InlineData("s\u00fc+%", "s\\u00fc\\u002b% s\\u00FC+% s%c3%bc%2b%25 s&#252;&#x2B;% s%25C3%25BC%252B%2525", "*** *** *** *** ***")]
    [InlineData("\U0001F600x", "\\ud83d\\ude00x \U0001F600x %F0%9F%98%80x &#128512;x", "*** *** *** ***")]
    [InlineData("secret-value", "c2VjcmV0LXZhbHVl", "***")]
    [InlineData("a\"b>c'd", "a&quot;b&gt;c&apos;d a\\\"b>c\\'d", "*** ***")]
    [InlineData("a\tb\nc\rd", "a\\tb\\nc\\rd", "***")]
    [InlineData("jJ", "%6a%4A %6A%4a", "*** ***")]
    public void It_is_taken_out_of_texts_in_every_shape(string secret, string text, string clean) =>
        Assert.Equal(clean, new Secret(secret).RemoveFrom(text));

    /// <summary>Half a surrogate pair stands for itself; an attribute can't have it.</summary>
    [Fact]
    public void Half_a_pair_is_taken_out_as_well()
    {
        Assert.Equal("*** y", new Secret("x\ud83d").RemoveFrom("x\\ud83d y"));
        Assert.Equal("*** y", new Secret("\ud83dx").RemoveFrom("\\ud83dx y"));
        Assert.Equal("*** y", new Secret("\ude00\ud83d").RemoveFrom("\\ude00\\ud83d y"));
    }

    [Theory]
    [InlineData("abcdefgh", "the secret abcdefg... is wrong", "the secret ***... is wrong")]
    [InlineData("abcdefgh", "abcd, abcde and abcdef", "abcd, abcde and ***")]
    [InlineData("abcdefgh", "abcd", "***")]
    [InlineData("abcdefgh", "x abcd, abcd", "x ***, ***")]
    [InlineData("abcdefgh", "abc, abd", "abc, abd")]
    [InlineData("abcdefgh", "ABCDEFG", "ABCDEFG")]
    [InlineData("abcd", "abc abcd", "abc abcd")]
    [InlineData("", "nothing to hide", "nothing to hide")]
    public void Its_start_is_taken_out_of_texts_that_shorten_it(string secret, string text, string clean) =>
        Assert.Equal(clean, new Secret(secret).RemoveStartFrom(text));

    [Theory]
    [InlineData("a!~", true)]
    [InlineData("a b", false)]
    [InlineData("a\u007f", false)]
    [InlineData("a\u00fc", false)]
    [InlineData("", false)]
    public void A_header_takes_visible_ASCII(string value, bool fits) => Assert.Equal(fits, new Secret(value).FitsHeader);

    [Theory]
    [InlineData("""{"exp":1800000000,"azp":"me","client_id":"you"}""", true, "me")]
    [InlineData("""{"exp":1800000000,"client_id":"me"}""", true, "me")]
    [InlineData("""{"exp":1.5}""", false, null)]
    [InlineData("""{"azp":"m\u00fc?>~~"}""", false, "m\u00fc?>~~")]
    [InlineData("""{"exp":99999999999999}""", false, null)]
    [InlineData("""{"exp":"soon"}""", false, null)]
    [InlineData("[]", false, null)]
    [InlineData("no json", false, null)]
    public void A_token_from_elsewhere_tells_its_end_and_its_client(string claims, bool ends, string? client)
    {
        var part = Convert.ToBase64String(Encoding.UTF8.GetBytes(claims)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        Assert.Equal((ends ? End : (DateTimeOffset?)null, client), JwtClaims.Read(new Secret($"header.{part}.signature")));
    }

    [Fact]
    public void A_token_need_not_be_signed_to_tell() =>
        Assert.Equal((End, "me"), JwtClaims.Read(new Secret("header." + Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"exp":1800000000,"azp":"me"}""")))));

    [Theory]
    [InlineData("opaque")]
    [InlineData("a.!.c")]
    [InlineData("a.b")]
    public void An_opaque_token_tells_nothing(string token) => Assert.Equal((null, null), JwtClaims.Read(new Secret(token)));

    [Fact]
    public async Task Environment_variables_are_trimmed_and_the_portals_name_will_do_for_the_tenant()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ODC_CLIENT_ID"] = " me ", ["ODC_CLIENT_SECRET"] = "s3cret\n", ["ODC_TENANT_URL"] = " ", ["ODC_PORTAL_DOMAIN"] = "acme.example",
        };
        var source = new EnvironmentSecretSource(name => variables.TryGetValue(name, out var value) ? value : null);
        var read = await source.ReadAsync(new Caller(), default);
        Assert.Equal(("me", "s3cret", "acme.example"), (read.ClientId, read.Secret.Reveal(), read.Tenant));
        Assert.Equal(("environment variables", true), (source.Description, source.CanChange));
        variables["ODC_TENANT_URL"] = "first.example";
        Assert.Equal("first.example", (await source.ReadAsync(new Caller(), default)).Tenant);
    }

    [Theory]
    [InlineData("ODC_CLIENT_ID")]
    [InlineData("ODC_CLIENT_SECRET")]
    public void A_missing_variable_is_named(string missing)
    {
        var e = Assert.Throws<OdcException>(() => { _ = new EnvironmentSecretSource(name => name == missing ? " " : "x").ReadAsync(new Caller(), default); });
        Assert.Equal((OdcErrorCause.EnvironmentVariableMissing, $"The environment variable {missing} is empty or not set."), (e.Cause, e.Message));
        Assert.Equal("Set ODC_TENANT_URL, ODC_CLIENT_ID and ODC_CLIENT_SECRET for this process; in a CI job, check that the secret is passed to this step.", e.RecommendedAction);
    }

    [Fact]
    public void The_process_environment_is_read_by_default() =>
        Assert.Equal("environment variables", EnvironmentSecretSource.OfProcess.Description);

    [Fact]
    public async Task A_token_from_elsewhere_cant_be_renewed()
    {
        var tokens = new TokenKeeper(issue: null, TimeProvider.System);
        var e = await Assert.ThrowsAsync<OdcException>(() => tokens.RenewAsync(rejected: null, new Caller(), default));
        Assert.False(tokens.CanRenew);
        Assert.Equal((OdcErrorCause.TokenExpired, "The access token passed to Connect-Odc has expired or was rejected, and can't be renewed."), (e.Cause, e.Message));
        Assert.Equal("Run Connect-Odc again with a new token, or with an API client's credentials, which renew themselves.", e.RecommendedAction);
    }
}
