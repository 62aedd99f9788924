namespace OdcPowerShell.EnvironmentConfigurations;

/// <summary>A domain that OutSystems provides, of a stage or of the organization.</summary>
[Columns("Prefix 26", "Domain 36", "IsPrimary 9", "StageName")]
public sealed class OdcBuiltInDomain : OdcResource, IOfStage
{
    /// <summary>The first label of the domain.</summary>
    [JsonPropertyName("builtinDomainPrefix")]
    public string? Prefix { get; set; }

    /// <summary>The whole domain.</summary>
    [JsonPropertyName("builtinOsDomain")]
    public string? Domain { get; set; }

    public bool? IsPrimary { get; set; }

    /// <summary>Empty for the organization.</summary>
    [JsonIgnore]
    public string? StageKey { get; set; }

    [JsonIgnore]
    public string? StageName { get; set; }

    public override string ToString() => Domain ?? Prefix ?? "";
}

/// <summary>Whether a prefix of a built-in domain is free.</summary>
[Columns("Prefix 20", "Domain 30", "IsAvailable 11", "Message")]
public sealed class OdcBuiltInDomainAvailability : OdcResource, IOfStage
{
    [JsonPropertyName("builtinDomainPrefix")]
    public string? Prefix { get; set; }

    [JsonPropertyName("builtinOsDomain")]
    public string? Domain { get; set; }

    public bool? IsAvailable { get; set; }

    public string? Message { get; set; }

    [JsonIgnore]
    public string? StageKey { get; set; }

    [JsonIgnore]
    public string? StageName { get; set; }

    public override string ToString() => $"{Prefix}: {(IsAvailable == true ? "available" : "not available")}";
}

/// <summary>The domain that new apps of a stage get.</summary>
[Columns("StageName 20", "DefaultDomain 45", "StageKey")]
public sealed class OdcDefaultDomain : OdcResource, IOfStage
{
    public string? DefaultDomain { get; set; }

    [JsonIgnore]
    public string? StageKey { get; set; }

    [JsonIgnore]
    public string? StageName { get; set; }

    public override string ToString() => DefaultDomain ?? "";
}
