using System.Text.Json.Serialization;

namespace OdcPowerShell.Portfolios;

/// <summary>A stage, which the API calls environment.</summary>
public sealed class OdcStage : OdcResource, INamed
{
    [JsonPropertyName("key")]
    public string? StageKey { get; init; }

    public string? Name { get; init; }

    /// <summary>Development, NonProduction, Production, or null.</summary>
    public string? Purpose { get; init; }

    /// <summary>Position in the row of stages; gaps are usual.</summary>
    public int? Order { get; init; }

    public string? BuiltinDomain { get; init; }

    public string? DefaultDomain { get; init; }

    public string? Region { get; init; }

    /// <summary>oscloud or selfhosted.</summary>
    public string? Hosting { get; init; }

    /// <summary>State of a self-hosted stage.</summary>
    public string? Status { get; init; }

    public string? PortfolioKey { get; init; }

    /// <summary>The same as <see cref="StageKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => StageKey;

    public override string ToString() => Name ?? StageKey ?? "";
}
