namespace OdcPowerShell;

/// <summary>One of the service's rate limits, with the use of it by this process and by the others of this machine.</summary>
[Columns("Name 55", "Limit 5", "Used 4", "RoomIn 11", "Others 6", "Free 4")]
public sealed class OdcRateLimit
{
    internal OdcRateLimit(string tenant, RateUse use)
    {
        Tenant = tenant;
        Name = use.Name;
        Limit = use.Limit;
        Used = use.Used - use.UsedByOthers;
        Others = use.UsedByOthers;
        RoomIn = TimeSpan.FromSeconds(Math.Ceiling(use.UntilRoom.TotalSeconds));
    }

    /// <summary>Host name of the tenant.</summary>
    public string Tenant { get; }

    /// <summary>The API, or the API with the endpoint.</summary>
    public string Name { get; }

    /// <summary>Requests in any 60 seconds, for the whole organization.</summary>
    public int Limit { get; }

    /// <summary>Requests of this process in the last 60 seconds.</summary>
    public int Used { get; }

    /// <summary>Requests of the user's other processes on this machine in the last 60 seconds.</summary>
    public int Others { get; }

    /// <summary>Requests that may leave at once.</summary>
    public int Free => Math.Max(0, Limit - Used - Others);

    /// <summary>How long until there is room, in whole seconds; zero when there is.</summary>
    public TimeSpan RoomIn { get; }

    public override string ToString() => $"{Name}: {Used + Others} of {Limit}";
}
