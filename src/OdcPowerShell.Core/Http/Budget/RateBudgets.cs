using System.Collections.Concurrent;

namespace OdcPowerShell.Http;

/// <summary>The budgets of the process, one a tenant: the limits are the organization's, whoever in the process calls.</summary>
internal sealed class RateBudgets
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    // Clocks that are being set run faster or slower by up to half a thousandth each; ten times that is left.
    private const double Margin = 1.005;
    private readonly ConcurrentDictionary<Uri, RateBudget> _budgets = new();

    internal static RateBudgets Shared { get; } = new();

    internal RateBudget For(Uri origin, TimeProvider time) => _budgets.GetOrAdd(origin, _ => new RateBudget(WithMargin(Minute), time));

    /// <summary>Another budget for a tenant, for tests and benchmarks whose service has another window.</summary>
    internal void Set(Uri origin, TimeSpan window) => _budgets[origin] = new RateBudget(WithMargin(window), TimeProvider.System);

    private static TimeSpan WithMargin(TimeSpan window) => TimeSpan.FromTicks((long)(window.Ticks * Margin));
}
