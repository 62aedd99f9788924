using System.Collections.Concurrent;

namespace OdcPowerShell.Http;

/// <summary>The budgets of the process, one a tenant: the limits are the organization's, whoever in the process calls.</summary>
internal sealed class RateBudgets
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<Uri, RateBudget> _budgets = new();

    internal static RateBudgets Shared { get; } = new();

    internal RateBudget For(Uri origin, TimeProvider time) => _budgets.GetOrAdd(origin, _ => new RateBudget(Minute, time));

    /// <summary>Another budget for a tenant, for tests and benchmarks whose service has another window.</summary>
    internal void Set(Uri origin, TimeSpan window) => _budgets[origin] = new RateBudget(window, TimeProvider.System);
}
