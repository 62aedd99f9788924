using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;

namespace OdcPowerShell.Core.Tests.Http;

public sealed class RetryAfterTests
{
    [Theory]
    [InlineData(7, 7)]
    [InlineData(300, 300)]
    [InlineData(4000, 300)]
    [InlineData(-7, 0)]
    public void A_date_is_a_wait_of_five_minutes_at_most(int seconds, int waited)
    {
        var time = new FakeTimeProvider();
        using var response = new HttpResponseMessage();
        response.Headers.RetryAfter = new RetryConditionHeaderValue(time.GetUtcNow().AddSeconds(seconds));
        Assert.Equal(TimeSpan.FromSeconds(waited), RetryAfter.Read(response, time));
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
