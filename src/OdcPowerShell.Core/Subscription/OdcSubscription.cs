namespace OdcPowerShell.Subscription;

/// <summary>The subscription of the organization, with its add-ons and entitlements.</summary>
[Columns("Edition 37", "SubscriptionStartDate 21", "SubscriptionEndDate 19", "AddOns")]
public sealed class OdcSubscription : OdcResource
{
    public string? Edition { get; set; }

    public string? EditionId { get; set; }

    public string? EditionFamilyId { get; set; }

    /// <summary>When the organization first subscribed.</summary>
    public DateTimeOffset? SubscriptionStartDate { get; set; }

    /// <summary>When the subscription ends.</summary>
    public DateTimeOffset? SubscriptionEndDate { get; set; }

    /// <summary>The activation code of the organization; PowerShell converts it to a SecureString.</summary>
    public OdcSecretText? ActivationCode { get; set; }

    [JsonPropertyName("addons")]
    public IReadOnlyList<OdcAddOn>? AddOns { get; set => field = value.Present(); }

    /// <summary>What the organization is entitled to.</summary>
    public IReadOnlyList<OdcEntitlement>? Entitlements { get; set => field = value.Present(); }

    /// <summary>Whether the service left out what needs a further permission.</summary>
    internal bool LacksDetails => (Edition, EditionId, SubscriptionStartDate, SubscriptionEndDate, ActivationCode, AddOns) is (null, null, null, null, null, null);

    internal override IEnumerable<OdcResource?> Parts => [.. AddOns ?? [], .. Entitlements ?? []];

    public override string ToString() => Edition ?? EditionId ?? "";
}

/// <summary>An add-on of the subscription, of the organization or of a stage.</summary>
[Columns("Name 33", "StageName 12", "Value 10", "Unit 10", "StartsOn 10 day", "EndsOn 10 day", "AddOnId")]
public sealed class OdcAddOn : OdcResource
{
    [JsonPropertyName("id")]
    public string? AddOnId { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    public string? DocumentationUrl { get; set; }

    /// <summary>Bool, Float, Str or Int.</summary>
    public string? DataType { get; set; }

    /// <summary>Its value as a text; null if it is not subscribed.</summary>
    public string? Value { get; set; }

    public string? Unit { get; set; }

    /// <summary>The start as the service writes it.</summary>
    public string? StartDate { get; set; }

    /// <summary>The end as the service writes it, for trials and add-ons that are limited in time.</summary>
    public string? EndDate { get; set; }

    /// <summary>The start as a date; null if there is none, or if the text is not a date.</summary>
    [JsonIgnore]
    public DateTimeOffset? StartsOn => DateText.Read(StartDate);

    /// <summary>The end as a date; null if there is none, or if the text is not a date.</summary>
    [JsonIgnore]
    public DateTimeOffset? EndsOn => DateText.Read(EndDate);

    /// <summary>The stage that it belongs to; null for the organization.</summary>
    [JsonIgnore]
    public string? StageKey { get; internal set; }

    [JsonIgnore]
    public string? StageName { get; internal set; }

    public override string ToString() => Name ?? AddOnId ?? "";
}
