namespace OdcPowerShell.EnvironmentConfigurations;

/// <summary>A domain that OutSystems provides, of a stage or of the organization.</summary>
[Columns("Prefix 20", "Domain 32", "IsPrimary 9", "StageName")]
public sealed class OdcBuiltInDomain : OdcResource, IOfStage
{
    /// <summary>The first label of the domain.</summary>
    [JsonPropertyName("builtinDomainPrefix")]
    public string? Prefix { get; set; }

    /// <summary>The whole domain.</summary>
    [JsonPropertyName("builtinOsDomain")]
    public string? Domain { get; set; }

    /// <summary>Whether it is the one that the service uses itself. There is one of each stage, and one of the organization.</summary>
    public bool? IsPrimary { get; set; }

    /// <summary>Empty for a domain of the organization.</summary>
    [JsonIgnore]
    public string? StageKey { get; set; }

    [JsonIgnore]
    public string? StageName { get; set; }

    public override string ToString() => Domain ?? Prefix ?? "";
}

/// <summary>Whether a prefix of a built-in domain is available.</summary>
[Columns("Prefix 20", "Domain 30", "IsAvailable 11", "Message")]
public sealed class OdcBuiltInDomainAvailability : OdcResource, IOfStage, IAnswer
{
    /// <summary>The first label of the domain.</summary>
    [JsonPropertyName("builtinDomainPrefix")]
    public string? Prefix { get; set; }

    /// <summary>The whole domain that the prefix would make.</summary>
    [JsonPropertyName("builtinOsDomain")]
    public string? Domain { get; set; }

    public bool? IsAvailable { get; set; }

    /// <summary>Why it is not available.</summary>
    public string? Message { get; set; }

    /// <summary>Empty for a domain of the organization.</summary>
    [JsonIgnore]
    public string? StageKey { get; set; }

    [JsonIgnore]
    public string? StageName { get; set; }

    // Other services' answers may have a message too.
    string? IAnswer.Missing => IsAvailable is null ? "isAvailable" : null;

    public override string ToString() => $"{Prefix}: {(IsAvailable == true ? "available" : "not available")}";
}
