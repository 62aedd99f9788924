using System.Text.Json;
using OdcPowerShell.Identity;
using OdcPowerShell.Json;

namespace OdcPowerShell.Core.Tests.Json;

public sealed class DateTests
{
    [Theory]
    [InlineData("\"2026-03-01T10:00:00Z\"", "2026-03-01T10:00:00Z")]
    [InlineData("\"2026-03-01T10:00:00\"", "2026-03-01T10:00:00Z")]
    [InlineData("\"2026-03-01T10:00:00.1234567+02:00\"", "2026-03-01T08:00:00.1234567Z")]
    [InlineData("\"2026-03-01T10:00:00.1234567Z\"", "2026-03-01T10:00:00.1234567Z")]
    [InlineData("\"2026-03-01 10:00:00Z\"", "2026-03-01T10:00:00Z")]
    [InlineData("\"0001-01-01T00:00:00\"", null)]
    [InlineData("\"0001-01-01T00:00:00Z\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    public void Dates_are_utc_and_year_one_is_none(string json, string? expected)
    {
        var user = JsonSerializer.Deserialize($$"""{"lastLoginAt":{{json}}}""", OdcJson.Default.OdcUser)!;
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), user.LastLoginAt);
        Assert.Equal(TimeSpan.Zero, user.LastLoginAt?.Offset ?? TimeSpan.Zero);
    }

    [Theory]
    [InlineData("17")]
    [InlineData("\"soon\"")]
    [InlineData("{}")]
    public void Anything_else_is_not_a_date(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize($$"""{"lastLoginAt":{{json}}}""", OdcJson.Default.OdcUser));
}
