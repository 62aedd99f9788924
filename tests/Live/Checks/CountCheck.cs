using OdcPowerShell.Identity;
using OdcPowerShell.Live.Judges;

namespace OdcPowerShell.Live.Checks;

/// <summary>Compares the numbers that the API counts with the totals of the lists that it counts.</summary>
internal sealed class CountCheck(Run run)
{
    internal async Task RunAsync()
    {
        await run.JudgeAsync(IdentityApi.CountUsers, () => CompareAsync(KeySet.None, "all users"));
        await run.JudgeAsync(IdentityApi.CountUsers, () => CompareAsync(KeySet.None.With(("status", "Active")), "active users"));
    }

    private async Task CompareAsync(KeySet filter, string what)
    {
        // The list before and after: a total that stands still is the tenant's.
        var before = await TotalAsync(filter);
        var counted = await run.Service.SendAsync(IdentityApi.CountUsers, filter);
        var after = await TotalAsync(filter);
        if (before is null || before != after || !counted.IsSuccess || counted.Json is not { ValueKind: JsonValueKind.Object } body)
            return;
        var numbers = body.EnumerateObject().Where(m => m.Value.ValueKind == JsonValueKind.Number).ToList();
        if (numbers is [var number] && number.Value.GetRawText() != before.Value.ToString(System.Globalization.CultureInfo.InvariantCulture))
            run.Report(IdentityApi.CountUsers, Deviation.Total, Formats.Name(number.Name), $"the total of the list of {what}", "another number", Sources.Documentation);
    }

    private async Task<int?> TotalAsync(KeySet filter)
    {
        var page = await run.Service.SendAsync(IdentityApi.QueryUsers, filter.With(("limit", "1")));
        return page.IsSuccess ? page.PageNumber("totalResults") : null;
    }
}
