namespace OdcPowerShell.AssetConfigurations;

/// <summary>A setting whose value can be changed.</summary>
internal interface ISetting
{
    string? SettingKey { get; }

    string? Name { get; }

    string? DataType { get; }

    /// <summary>The value that was set last; null for a secret.</summary>
    string? Value { get; }

    bool IsSecret { get; }

    string? StageName { get; }

    /// <summary>The name that distinguishes it from the other settings of its configuration.</summary>
    string Path { get; }

    /// <summary>Where it stands in its configuration.</summary>
    SettingPlace Place { get; }
}

/// <summary>A system configuration of a stage: the value that its assets use unless they have their own.</summary>
[Columns("StageName 14", "Name 28", "DataType 11", "Value 23", "DefaultValue 20")]
public class OdcConfigurationValue : OdcResource, INamed, ISetting
{
    /// <summary>The key of the setting.</summary>
    [JsonPropertyName("key")]
    public string? SettingKey { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    /// <summary>Text, Integer, LongInteger, Decimal, Boolean, DateTime, Date, Time, PhoneNumber, Email, Currency, EntityIdentifierType or BinaryUrl.</summary>
    public string? DataType { get; set; }

    /// <summary>The value that was set last. Null for a secret: the service does not return it.</summary>
    public string? Value { get => IsSecret ? null : field; set; }

    /// <summary>The value with which the asset runs.</summary>
    public string? DeployedValue { get => IsSecret ? null : field; set; }

    /// <summary>The value of the asset itself, which applies until another is set.</summary>
    public string? DefaultValue { get => IsSecret ? null : field; set; }

    /// <summary>Where the value was set: EnvironmentLevelOverride, EnvironmentLevelDefault, and the same for ApplicationLevel and LibraryLevel.</summary>
    public string? ValueOrigin { get; set; }

    /// <summary>Where the value with which the asset runs was set.</summary>
    public string? DeployedValueOrigin { get; set; }

    /// <summary>Whether the value is a secret, which can be set and not read.</summary>
    public bool IsSecret { get; set; }

    /// <summary>For a secret, whether it was set after the last deployment.</summary>
    public bool? ValueSetAfterDeploy { get; set; }

    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>The name of the file of a binary value.</summary>
    [JsonPropertyName("filename")]
    public string? FileName { get; set; }

    [JsonIgnore]
    public string? StageKey { get; internal set; }

    [JsonIgnore]
    public string? StageName { get; internal set; }

    /// <summary>The same as <see cref="SettingKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => SettingKey;

    public override string ToString() => Name ?? SettingKey ?? "";

    /// <inheritdoc cref="ISetting.Path"/>
    internal virtual string Path => ToString();

    /// <inheritdoc cref="ISetting.Place"/>
    internal virtual SettingPlace Place => new(SettingSection.SystemConfiguration);

    string ISetting.Path => Path;

    SettingPlace ISetting.Place => Place;
}

/// <summary>Where a setting stands in a configuration.</summary>
internal sealed record SettingPlace(string? Section, string? Element = null, string? ElementKey = null, string? Library = null, string? LibraryKey = null, int? LibraryRevision = null);

/// <summary>A setting of an asset in a stage. Timers and integrations, and the libraries that the asset uses, have settings too.</summary>
[Columns("AssetName 16", "StageName 12", "FullName 25", "Value 13", "IsPending 9", "DeployedValue 20", "DataType")]
public sealed class OdcAssetSetting : OdcConfigurationValue
{
    [JsonIgnore]
    public string? AssetKey { get; internal set; }

    [JsonIgnore]
    public string? AssetName { get; internal set; }

    [JsonIgnore]
    public string? AssetType { get; internal set; }

    /// <summary>The part of the configuration: Setting, Timer, Integration or SystemConfiguration.</summary>
    [JsonIgnore]
    public string? Section { get; internal set; }

    /// <summary>The timer or the integration that the setting belongs to; null for others.</summary>
    [JsonIgnore]
    public string? Element { get; internal set; }

    [JsonIgnore]
    public string? ElementKey { get; internal set; }

    /// <summary>The library that the setting belongs to; null for a setting of the asset itself.</summary>
    [JsonIgnore]
    public string? Library { get; internal set; }

    [JsonIgnore]
    public string? LibraryKey { get; internal set; }

    [JsonIgnore]
    public int? LibraryRevision { get; internal set; }

    /// <summary>The revision of the asset whose configuration this is.</summary>
    [JsonIgnore]
    public int? Revision { get; internal set; }

    /// <summary>Whether the value was set, but the asset does not run with it yet: it was neither applied nor deployed. Null for a binary setting whose value was not read.</summary>
    [JsonIgnore]
    public bool? IsPending => IsSecret ? ValueSetAfterDeploy == true : DataType == "BinaryUrl" && Value is null && DeployedValue is null ? null : !string.Equals(Value, DeployedValue, StringComparison.Ordinal);

    /// <summary>The name with the library and the timer or integration before it: <c>Nightly Sync/Schedule</c>.</summary>
    [JsonIgnore]
    public string FullName => string.Join("/", new[] { Library, Element, Name ?? SettingKey }.Where(part => part is not null));

    public override string ToString() => FullName;

    internal override string Path => FullName;

    internal override SettingPlace Place => new(Section, Element, ElementKey, Library, LibraryKey, LibraryRevision);
}

/// <summary>A timer of an asset with its settings, such as its schedule.</summary>
[Columns("Name 26", "TimerKey 36", "Description")]
public sealed class OdcTimerConfiguration : OdcResource, INamed
{
    [JsonPropertyName("key")]
    public string? TimerKey { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    public IReadOnlyList<OdcAssetSetting>? Configs { get; set => field = value.Present(); }

    /// <summary>The same as <see cref="TimerKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => TimerKey;

    internal override IEnumerable<OdcResource?> Parts => Configs ?? [];

    public override string ToString() => Name ?? TimerKey ?? "";
}

/// <summary>An integration of an asset, such as a consumed REST API, with its settings.</summary>
[Columns("Name 26", "PluginType 14", "IntegrationKey 36")]
public sealed class OdcIntegrationConfiguration : OdcResource, INamed
{
    [JsonPropertyName("key")]
    public string? IntegrationKey { get; set; }

    public string? Name { get; set; }

    /// <summary>The type of the integration, such as RestConsumer or RestExpose.</summary>
    public string? PluginType { get; set; }

    public IReadOnlyList<OdcAssetSetting>? Configs { get; set => field = value.Present(); }

    /// <summary>The same as <see cref="IntegrationKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => IntegrationKey;

    internal override IEnumerable<OdcResource?> Parts => Configs ?? [];

    public override string ToString() => Name ?? IntegrationKey ?? "";
}
