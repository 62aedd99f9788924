using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;

namespace OdcPowerShell.Core.Tests.Http;

public sealed class RetryAfterTests
{
    [Theory]
    [InlineData(7, 7)]
    [InlineData(300, 300)]
    [InlineData(4000, 300)]
    [InlineData(-7, null)]
    [InlineData(0, null)]
    public void A_date_is_a_wait_of_five_minutes_at_most(int seconds, int? waited)
    {
        var time = new FakeTimeProvider();
        using var response = new HttpResponseMessage();
        response.Headers.RetryAfter = new RetryConditionHeaderValue(time.GetUtcNow().AddSeconds(seconds));
        Assert.Equal(waited is { } wait ? TimeSpan.FromSeconds(wait) : null, RetryAfter.Read(response, time));
    }

    [Theory]
    [InlineData(120)]
    [InlineData(-120)]
    public void A_date_is_one_of_the_services_clock(int ahead)
    {
        var time = new FakeTimeProvider();
        using var response = new HttpResponseMessage();
        response.Headers.Date = time.GetUtcNow().AddSeconds(ahead);
        response.Headers.RetryAfter = new RetryConditionHeaderValue(response.Headers.Date.Value.AddSeconds(30));
        Assert.Equal(TimeSpan.FromSeconds(30), RetryAfter.Read(response, time));
    }

    [Fact]
    public void No_seconds_to_wait_say_nothing()
    {
        using var response = new HttpResponseMessage();
        response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.Zero);
        Assert.Null(RetryAfter.Read(response, TimeProvider.System));
    }

    [Fact]
    public void Without_the_header_nothing_is_asked_for()
    {
        using var response = new HttpResponseMessage();
        Assert.Null(RetryAfter.Read(response, TimeProvider.System));
    }

    [Fact]
    public void Jitter_is_spread_from_0_to_1()
    {
        var values = Enumerable.Range(0, 200).Select(_ => Jitter.Next()).ToList();
        Assert.All(values, v => Assert.InRange(v, 0, 1));
        Assert.InRange(values.Average(), 0.3, 0.7);
    }
}
