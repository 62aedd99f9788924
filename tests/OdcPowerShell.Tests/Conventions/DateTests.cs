using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using OdcPowerShell.Binding;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>Dates that the module writes are taken by every parameter for dates, in every form and culture.</summary>
public sealed class DateTests
{
    private static readonly DateTimeOffset Moment = new(2026, 1, 14, 10, 10, 22, TimeSpan.Zero);

    [Fact]
    public void Every_date_is_taken_by_the_same_attribute() =>
        Faults.None(from cmdlet in Module.CmdletTypes
                    from parameter in cmdlet.Parameters()
                    let type = Nullable.GetUnderlyingType(parameter.PropertyType) ?? parameter.PropertyType
                    where (type == typeof(DateTime) || (type == typeof(DateTimeOffset) && !parameter.IsDefined(typeof(DateAttribute))))
                    select $"{cmdlet.CmdletName()} -{parameter.Name}");

    /// <summary>Two dates that say from when until when are compared before anything is sent.</summary>
    [Fact]
    public void Every_pair_of_dates_is_one_that_is_compared() =>
        Faults.None(from cmdlet in Module.CmdletTypes
                    let dates = cmdlet.Parameters().Where(p => p.IsDefined(typeof(DateAttribute))).Select(p => p.Name).ToList()
                    where dates.Count > 1 && !Typed.Spans.Any(s => dates.Contains(s.From) && dates.Contains(s.To) && dates.Count == 2)
                    select $"{cmdlet.CmdletName()}: {string.Join(", ", dates)}");

    [Theory]
    [InlineData("en-US")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("fi-FI")]
    public void A_date_is_the_same_in_every_form_and_culture(string culture)
    {
        AppContext.TryGetSwitch("System.Globalization.Invariant", out var isInvariant);
        Assert.SkipWhen(isInvariant, "This host knows the invariant culture only.");
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            var restored = PSSerializer.Deserialize(PSSerializer.Serialize(new PSObject(Moment)));
            foreach (var given in new object[] { Moment, Moment.UtcDateTime, Moment.UtcDateTime.ToLocalTime(), restored, "2026-01-14T10:10:22Z", "01/14/2026 10:10:22 +00:00" })
                Assert.Equal(Moment, Assert.IsType<DateTimeOffset>(new DateAttribute().Transform(null!, given)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(2026)]
    [InlineData("2026")]
    [InlineData(2026.5)]
    [InlineData(true)]
    [InlineData("yesterday")]
    public void What_is_no_date_is_refused(object given) => Assert.Throws<ArgumentTransformationMetadataException>(() => new DateAttribute().Transform(null!, given));

    [Theory]
    [InlineData("Get-OdcUser -LastLoginSince (Get-OdcUser | Where-Object LastLoginAt | ForEach-Object LastLoginAt)[0]")]
    [InlineData("Get-OdcAssetRevision Fleet -Since (Get-OdcAsset Fleet).CreatedAt")]
    [InlineData("Get-OdcDeployment -Since (Get-OdcDeployment -First 1).StartedDateTime")]
    public async Task The_module_takes_its_own_dates(string line)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run(line).ThrowOnError();
    }

    [Fact]
    public async Task A_role_does_not_end_before_it_begins()
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.True(lab.Run("Grant-OdcOrganizationRole (Get-OdcUser -First 1) Viewer -StartTime 2026-12-31 -EndTime 2026-12-01").HasError);
        Assert.Empty(lab.Changes);
        lab.Run("[pscustomobject]@{ Email = (Get-OdcUser -HasOrganizationRole -First 1).Email; OrganizationRole = 'Viewer'; StartTime = '2026-12-01'; EndTime = '2026-12-31' } | Grant-OdcOrganizationRole -WhatIf").ThrowOnError();
        Assert.Contains("grantPeriod", lab.Shell.Host.Text, StringComparison.Ordinal);
    }
}
