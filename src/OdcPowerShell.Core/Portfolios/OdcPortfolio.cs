namespace OdcPowerShell.Portfolios;

/// <summary>A portfolio: assets and the stages that they run in.</summary>
[Columns("Name 26", "Type 12", "IsMainPortfolio 15", "NonProductionStageCount 23", "PortfolioKey")]
public sealed class OdcPortfolio : OdcResource, INamed
{
    [JsonPropertyName("key")]
    public string? PortfolioKey { get; set; }

    public string? Name { get; set; }

    public string? Type { get; set; }

    public bool? IsMainPortfolio { get; set; }

    [JsonPropertyName("nonProductionEnvironmentCount")]
    public int? NonProductionStageCount { get; set; }

    /// <summary>The same as <see cref="PortfolioKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => PortfolioKey;

    public override string ToString() => Name ?? PortfolioKey ?? "";
}
