namespace OdcPowerShell;

/// <summary>A permission that the API client needs for a script or a command.</summary>
[Columns("Permission 46", "Needed 8", "Commands")]
public class OdcRequiredPermission
{
    internal OdcRequiredPermission(string? permission, string needed) => (Permission, Needed) = (permission, needed);

    /// <summary>The permission as the ODC Portal names it: category, then name. Of alternatives, one is enough. Empty for a place that was not analysed.</summary>
    public string? Permission { get; }

    /// <summary>Always, OnlyIf (see Condition), Optional (the command works without it, and may leave something out), or Unknown for a place that was not analysed.</summary>
    public string Needed { get; }

    /// <summary>When it is needed, what is left out without it, or why a place was not analysed; empty for always.</summary>
    public string? Condition { get; internal set; }

    /// <summary>The stages that the script names, for a permission of stages; empty if it names none.</summary>
    public string? Stages { get; internal set; }

    /// <summary>The commands that need it.</summary>
    public string? Commands { get; internal set; }

    /// <summary>The parameter set of the command, with -Detailed.</summary>
    public string? ParameterSet { get; internal set; }

    /// <summary>The operations that need it.</summary>
    public string? Operations { get; internal set; }

    /// <summary>The rate limits of these operations, in requests a minute.</summary>
    public string? RateLimits { get; internal set; }

    /// <summary>The first script that needs it.</summary>
    public string? Path { get; internal set; }

    /// <summary>The line there.</summary>
    public int? Line { get; internal set; }

    /// <summary>All places that need it, as file and line.</summary>
    public string? Places { get; internal set; }

    /// <summary>The permissions, of which one is enough.</summary>
    internal IReadOnlyList<string> Names { get; set; } = [];

    /// <summary>The operations, to try them.</summary>
    internal IReadOnlyList<Operation> Called { get; set; } = [];

    /// <summary>The names of the stages.</summary>
    internal IReadOnlyList<string> StageNames { get; set; } = [];

    public override string ToString() => Permission ?? $"not analysed: {Condition}";
}

/// <summary>The same, compared with what the API client of a connection has.</summary>
[Columns("Permission 46", "Needed 8", "Granted 7", "Commands")]
public sealed class OdcComparedPermission : OdcRequiredPermission
{
    internal OdcComparedPermission(string? permission, string needed)
        : base(permission, needed)
    {
    }

    /// <summary>Whether the API client has it: Yes, No or Unknown. Empty for a place that was not analysed.</summary>
    public string? Granted { get; internal set; }

    /// <summary>How that is known, or why it is not.</summary>
    public string? Reason { get; internal set; }
}
