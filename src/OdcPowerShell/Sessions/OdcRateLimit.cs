namespace OdcPowerShell;

/// <summary>One of the service's rate limits, with this process's use of it.</summary>
[Columns("Name 54", "Limit 5", "Used 4", "Free 4", "RoomIn 8")]
public sealed class OdcRateLimit
{
    internal OdcRateLimit(string tenant, RateLimit limit, RateUse? use)
    {
        Tenant = tenant;
        Name = limit.Name;
        Limit = limit.PerMinute;
        Used = use?.Used ?? 0;
        RoomIn = TimeSpan.FromSeconds(Math.Ceiling((use?.UntilRoom ?? TimeSpan.Zero).TotalSeconds));
    }

    /// <summary>Host name of the tenant.</summary>
    public string Tenant { get; }

    /// <summary>The API, or the API with the endpoint.</summary>
    public string Name { get; }

    /// <summary>Requests in any 60 seconds, for the whole organization.</summary>
    public int Limit { get; }

    /// <summary>Requests of this process in the last 60 seconds.</summary>
    public int Used { get; }

    /// <summary>Requests that may leave at once.</summary>
    public int Free => Math.Max(0, Limit - Used);

    /// <summary>How long until there is room, in whole seconds; zero when there is.</summary>
    public TimeSpan RoomIn { get; }

    public override string ToString() => $"{Name}: {Used} of {Limit}";
}
