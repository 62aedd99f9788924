namespace OdcPowerShell.EnvironmentConfigurations;

/// <summary>The private gateway of a stage, through which its apps reach systems in a private network.</summary>
[Columns("StageName 20", "State 12", "Health 9", "Url 36", "StageKey")]
public sealed class OdcPrivateGateway : OdcResource, IOfStage
{
    [JsonPropertyName("serverActive")]
    public bool? IsActive { get; set; }

    /// <summary>Healthy or Unhealthy.</summary>
    [JsonPropertyName("serverHealth")]
    public string? Health { get; set; }

    public bool? IsDeactivating { get; set; }

    /// <summary>Where the connectors connect to.</summary>
    public string? Url { get; set; }

    [JsonIgnore]
    public string? StageKey { get; set; }

    [JsonIgnore]
    public string? StageName { get; set; }

    /// <summary>Active, Inactive or Deactivating.</summary>
    [JsonIgnore]
    public string State => IsDeactivating == true ? "Deactivating" : IsActive == true ? "Active" : "Inactive";

    public override string ToString() => $"{StageName ?? StageKey}: {State}";
}

/// <summary>The token by which connectors sign in to a private gateway. The service shows it once.</summary>
[Columns("StageName 20", "StageKey 36", "Token")]
public sealed class OdcPrivateGatewayToken : OdcResource, IOfStage
{
    [JsonPropertyName("authToken")]
    public OdcSecretText? Token { get; set; }

    [JsonIgnore]
    public string? StageKey { get; set; }

    [JsonIgnore]
    public string? StageName { get; set; }

    public override string ToString() => $"private gateway token of {StageName ?? StageKey}";
}
