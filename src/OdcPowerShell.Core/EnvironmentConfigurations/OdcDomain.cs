namespace OdcPowerShell.EnvironmentConfigurations;

/// <summary>A hostname under which the apps of a stage are reached.</summary>
[Columns("Hostname 34", "CertificateStatus 17", "IsDefault 9", "StageName 16", "DomainKey")]
public sealed class OdcDomain : OdcResource, INamed, IOfStage
{
    [JsonPropertyName("id")]
    public string? DomainKey { get; set; }

    public string? Name { get; set; }

    /// <summary>The hostname in the addresses of the apps.</summary>
    public string? Hostname { get; set; }

    /// <summary>What the DNS record of the hostname must point to.</summary>
    public string? CNameValue { get; set; }

    /// <summary>Whether OutSystems provides the domain.</summary>
    public bool? BuiltIn { get; set; }

    public OdcDomainCertificate? Certificate { get; set; }

    /// <summary>Whether new apps of the stage get this domain.</summary>
    public bool? IsDefault { get; set; }

    /// <summary>The app that opens when the address has no path.</summary>
    [JsonPropertyName("defaultApplicationKey")]
    public string? DefaultAssetKey { get; set; }

    /// <summary>Permanent, Temporary or None: how a request to the bare hostname is sent on.</summary>
    public string? RedirectOption { get; set; }

    [JsonIgnore]
    public string? StageKey { get; set; }

    [JsonIgnore]
    public string? StageName { get; set; }

    /// <summary>The state of the certificate; empty without one.</summary>
    [JsonIgnore]
    public string? CertificateStatus => Certificate?.Status;

    /// <summary>The same as <see cref="DomainKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => DomainKey;

    /// <summary>Whether its certificate is being issued or removed.</summary>
    internal bool IsChanging => CertificateStatus is "Creating" or "PendingValidation" or "Deleting";

    internal override IEnumerable<OdcResource?> Parts => [Certificate];

    public override string ToString() => Hostname ?? DomainKey ?? "";
}

/// <summary>The certificate of a domain.</summary>
[Columns("Status 18", "CNameKey 30", "CNameValue")]
public sealed class OdcDomainCertificate : OdcTextPart
{
    /// <summary>Creating, PendingValidation, Issued, Active, Expired, Failed, Deleting or Deleted.</summary>
    public string? Status { get; set; }

    /// <summary>The name of the DNS record that proves who owns the hostname.</summary>
    public string? CNameKey { get; set; }

    /// <summary>The value of that record.</summary>
    public string? CNameValue { get; set; }

    [JsonPropertyName("renewalEligibility")]
    public bool? IsRenewable { get; set; }

    public string? StatusErrorCode { get; set; }

    public string? StatusErrorMessage { get; set; }

    public override string ToString() => Status ?? "";
}

/// <summary>The answer to a change of a domain.</summary>
internal sealed class PatchedDomain : IAnswer
{
    public OdcDomain? Domain { get; set; }

    [JsonIgnore]
    public string? Missing => Domain is null ? "domain" : null;
}
