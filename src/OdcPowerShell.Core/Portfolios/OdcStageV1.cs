namespace OdcPowerShell.Portfolios;

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
