using OdcPowerShell.Operations;

namespace OdcPowerShell.EnvironmentConfigurations;

/// <summary>A hostname under which the apps of a stage are reached.</summary>
[Columns("Hostname 34", "CertificateStatus 19", "IsDefault 9", "StageName 16", "DefaultAssetName")]
public sealed class OdcDomain : OdcResource, INamed, IOfStage, ILongRunning
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

    /// <summary>The name of that app; empty when the API client may not see it.</summary>
    [JsonIgnore]
    public string? DefaultAssetName { get; internal set; }

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

    /// <summary>The DNS records that have to exist, where the domain is managed. The one that validates the certificate also renews it. A domain that OutSystems provides needs none.</summary>
    [JsonIgnore]
    public IReadOnlyList<OdcDnsRecord>? DnsRecords => new[] { AddressRecord, ValidationRecord }.OfType<OdcDnsRecord>().ToList().Present();

    /// <summary>Whether its certificate is being issued, or the domain removed.</summary>
    internal bool IsChanging => !IsTerminal || CertificateStatus == "Deleting";

    /// <summary>What a person has to do before the domain can be used; null for nothing.</summary>
    internal string? NextSteps => IsTerminal || DnsRecords is not { Count: > 0 } records
        ? null
        : $"Create {(records.Count == 1 ? "this DNS record" : "these DNS records")} where {Hostname} is managed: {string.Join("; ", records)}. {(IsPending
            ? "The service waits up to 72 hours for the record that validates the certificate."
            : "The record that validates the certificate follows: Get-OdcDomain shows it in DnsRecords.")}";

    internal override IEnumerable<OdcResource?> Parts => [Certificate];

    string? ILongRunning.OperationKey => DomainKey;

    string? ILongRunning.Status => CertificateStatus;

    bool ILongRunning.IsTerminal => IsTerminal;

    bool ILongRunning.IsSuccess => BuiltIn == true || IsIssued;

    OperationDescriptor ILongRunning.Descriptor => DomainReader.CertificatesIn(StageKey);

    private bool IsTerminal => BuiltIn == true || IsIssued || CertificateStatus is "Expired" or "Failed" or "Deleting" or "Deleted";

    private bool IsIssued => CertificateStatus is "Issued" or "Active";

    private bool IsPending => !IsIssued && ValidationRecord is not null;

    private OdcDnsRecord? AddressRecord => BuiltIn == true || Hostname is null || string.IsNullOrEmpty(CNameValue)
        ? null
        : new OdcDnsRecord { Name = Hostname, Value = CNameValue!.TrimEnd('.'), Purpose = "Leads to the apps" };

    private OdcDnsRecord? ValidationRecord => BuiltIn == true || !(IsIssued || CertificateStatus is "Creating" or "PendingValidation") || Certificate is not { CNameKey: { Length: > 0 } name, CNameValue: { Length: > 0 } value }
        ? null
        : new OdcDnsRecord { Name = name.TrimEnd('.'), Value = value.TrimEnd('.'), Purpose = IsIssued ? "Renews the certificate" : "Validates the certificate" };

    public override string ToString() => Hostname ?? DomainKey ?? "";
}

/// <summary>A DNS record that a domain needs.</summary>
[Columns("Name 40", "Type 8", "Value 45", "Purpose")]
public sealed class OdcDnsRecord : OdcResource
{
    public string? Name { get; internal set; }

    public string Type { get; internal set; } = "CNAME";

    public string? Value { get; internal set; }

    /// <summary>What the record is for.</summary>
    public string? Purpose { get; internal set; }

    public override string ToString() => $"{Name} {Type} {Value}";
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
