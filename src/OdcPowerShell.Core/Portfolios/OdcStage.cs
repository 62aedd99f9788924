namespace OdcPowerShell.Portfolios;

/// <summary>A stage, which the API calls environment.</summary>
[Columns("Name 20", "Purpose 13", "Order 5", "BuiltinDomain 38", "StageKey")]
public class OdcStage : OdcResource, INamed
{
    [JsonPropertyName("key")]
    public string? StageKey { get; set; }

    public string? Name { get; set; }

    /// <summary>Development, NonProduction, Production, or null.</summary>
    public string? Purpose { get; set; }

    /// <summary>Position in the row of stages; gaps are usual.</summary>
    public int? Order { get; set; }

    public virtual string? BuiltinDomain { get; set; }

    public string? DefaultDomain { get; set; }

    public string? Region { get; set; }

    /// <summary>oscloud or selfhosted.</summary>
    public string? Hosting { get; set; }

    /// <summary>State of a self-hosted stage.</summary>
    public string? Status { get; set; }

    public string? PortfolioKey { get; set; }

    /// <summary>The same as <see cref="StageKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => StageKey;

    /// <summary>The same stage under another name.</summary>
    internal OdcStage Named(string name)
    {
        var named = (OdcStage)MemberwiseClone();
        named.Name = name;
        return named;
    }

    public override string ToString() => Name ?? StageKey ?? "";
}

/// <summary>A stage as version 1 of the portfolio API shows it.</summary>
public sealed class OdcStageV1 : OdcStage
{
    /// <summary>What version 2 calls the built-in domain.</summary>
    public string? Hostname { get; set; }

    [JsonIgnore]
    public override string? BuiltinDomain
    {
        get => Hostname;
        set => Hostname = value;
    }

    public bool? IsConfigured { get; set; }

    public bool? IsDeployedToCluster { get; set; }
}

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
