namespace OdcPowerShell.Emulator;

/// <summary>The plans of a tenant; the first that fits is taken.</summary>
internal sealed class OperationPlans
{
    private readonly List<(EmulatedOperation Operation, Guid? Asset, Guid? Stage, OperationPlan Plan)> _plans = [];
    private readonly Lock _lock = new();

    public void Add(EmulatedOperation operation, OperationPlan plan, Guid? asset, Guid? stage)
    {
        lock (_lock)
            _plans.Add((operation, asset, stage, plan));
    }

    public void Clear()
    {
        lock (_lock)
            _plans.Clear();
    }

    public OperationPlan Take(EmulatedOperation operation, Guid asset, Guid? stage)
    {
        lock (_lock)
        {
            var at = _plans.FindIndex(entry =>
                entry.Operation == operation
                && (entry.Asset is null || entry.Asset == asset)
                && (entry.Stage is null || entry.Stage == stage));
            if (at < 0)
                return OperationPlan.Success;
            var entry = _plans[at];
            if (entry.Plan.Times is <= 1)
                _plans.RemoveAt(at);
            else
                _plans[at] = entry with { Plan = entry.Plan with { Times = entry.Plan.Times - 1 } };
            return entry.Plan;
        }
    }
}
