using OdcPowerShell.Organization;
using OdcPowerShell.Identity;

namespace OdcPowerShell.Live.Checks;

/// <summary>
/// Finds out how many requests a minute pass: of the organization API, whose limit is not published, and of one API whose limit is. It waits until
/// the window is empty, sends one request after the other, and stops at the first 429 or when clearly more than expected passed.
/// </summary>
internal sealed class LimitMeasurement(Run run)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(61);

    internal async Task RunAsync()
    {
        await MeasureAsync(OrganizationApi.GetOrganization, KeySet.None, most: 110);
        await MeasureAsync(IdentityApi.QueryPermissions, KeySet.None.With(("limit", "1")), most: 110);
    }

    private async Task MeasureAsync(Operation operation, KeySet keys, int most)
    {
        var limit = RateLimits.For(operation.Method, operation.Path([.. keys.Keys]))[0];
        await Task.Delay(run.Options.Pause == TimeSpan.Zero ? TimeSpan.Zero : Window, run.Service.Stopped);
        using var probe = run.OpenUnlimited();
        var began = run.Client.Time.GetTimestamp();
        for (var passed = 0; ; passed++)
        {
            var isOver = passed >= most || run.Client.Time.GetElapsedTime(began) > Window;
            var answer = isOver ? null : await probe.ExchangeAsync(operation, keys, run.Service.Stopped);
            if (answer is not null)
                run.Ledger.Count(answer);
            if (answer is { IsSuccess: true })
                continue;
            run.Ledger.Limits.Add(new MeasuredLimit(limit.Name, limit.PerMinute, passed, answer?.Status == 429, answer?.RetryAfter?.TotalSeconds));
            // The tokens of the window are used up for everybody: the run leaves it to them.
            await Task.Delay(run.Options.Pause == TimeSpan.Zero ? TimeSpan.Zero : answer?.RetryAfter ?? Window, run.Service.Stopped);
            return;
        }
    }
}
