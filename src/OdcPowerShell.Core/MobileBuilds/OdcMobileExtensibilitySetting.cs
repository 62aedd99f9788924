using OdcPowerShell.AssetConfigurations;

namespace OdcPowerShell.MobileBuilds;

/// <summary>An extensibility setting of a mobile app in a stage: a value that the packages of the app, or a plugin in them, are built with.</summary>
[Columns("AssetName 18", "StageName 12", "FullName 28", "Value 17", "ValueOrigin 11", "IsMandatory 11", "DataType")]
public sealed class OdcMobileExtensibilitySetting : OdcResource, IOfMobileApp, INamed, ISetting
{
    /// <summary>The key of the setting.</summary>
    [JsonPropertyName("key")]
    public string? SettingKey { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    /// <summary>Text, Integer, LongInteger, Decimal, Boolean, DateTime, Date, Time, PhoneNumber, Email, Currency, EntityIdentifierType or BinaryUrl.</summary>
    public string? DataType { get; set; }

    /// <summary>The value that was set last. Null for a secret.</summary>
    public string? Value { get => IsSecret ? null : field; set; }

    /// <summary>The value of the app itself, which applies until another is set.</summary>
    public string? DefaultValue { get => IsSecret ? null : field; set; }

    /// <summary>Override, or Default for a value that was not set.</summary>
    public string? ValueOrigin { get; set; }

    /// <summary>Whether the value is a secret, which can be set and not read.</summary>
    public bool IsSecret { get; set; }

    /// <summary>Whether no package can be built without a value.</summary>
    public bool? IsMandatory { get; set; }

    public DateTimeOffset? LastUpdateDate { get; set; }

    /// <summary>Further values that belong to the value.</summary>
    public IReadOnlyList<OdcMobileSettingMetadata>? Metadata { get; set => field = value.Present(); }

    /// <summary>The library that the setting belongs to; null for a setting of the app itself.</summary>
    [JsonIgnore]
    public string? Library { get; internal set; }

    [JsonIgnore]
    public string? LibraryKey { get; internal set; }

    [JsonIgnore]
    public int? LibraryRevision { get; internal set; }

    [JsonIgnore]
    public string? AssetKey { get; set; }

    [JsonIgnore]
    public string? AssetName { get; set; }

    [JsonIgnore]
    public string? StageKey { get; set; }

    [JsonIgnore]
    public string? StageName { get; set; }

    /// <summary>The name with the library before it.</summary>
    [JsonIgnore]
    public string FullName => string.Join("/", new[] { Library, Name ?? SettingKey }.Where(part => part is not null));

    /// <summary>The same as <see cref="SettingKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => SettingKey;

    string ISetting.Path => FullName;

    // The body of a change names the library by its key alone.
    SettingPlace ISetting.Place => new(SettingSection.Setting, Library: Library, LibraryKey: LibraryKey);

    internal override IEnumerable<OdcResource?> Parts => Metadata ?? [];

    public override string ToString() => FullName;
}

/// <summary>A further value of an extensibility setting.</summary>
[Columns("Name 30", "Value")]
public sealed class OdcMobileSettingMetadata : OdcResource
{
    [JsonPropertyName("key")]
    public string? Name { get; set; }

    public string? Value { get; set; }

    public override string ToString() => $"{Name}={Value}";
}

/// <summary>The extensibility settings of a mobile app and of the libraries that it uses, as the service returns them.</summary>
internal sealed class ExtensibilitySettings : IConfiguration
{
    public IReadOnlyList<OdcMobileExtensibilitySetting>? Settings { get; set => field = value.Present(); }

    public IReadOnlyList<LibraryExtensibilitySettings>? Libraries { get; set => field = value.Present(); }

    /// <summary>All settings, those of libraries last.</summary>
    [JsonIgnore]
    internal IEnumerable<OdcMobileExtensibilitySetting> All => [.. Settings ?? [], .. (Libraries ?? []).SelectMany(library => library.Settings ?? [])];

    IEnumerable<ISetting> IConfiguration.All => All;

    string IConfiguration.ListCommand => "Get-OdcMobileExtensibilitySetting";

    private MobilePlace? Place { get; set; }

    /// <summary>Reads the settings, with the names of the libraries if they can be seen.</summary>
    /// <exception cref="OdcException">The app does not run in the stage, or the API client may not see its settings.</exception>
    internal static async Task<ExtensibilitySettings> ReadAsync(OdcClient client, MobilePlace place, ICaller caller, CancellationToken cancellationToken)
    {
        var read = await place.ReadAsync(client, MobileBuildsApi.GetExtensibilitySettings, caller, cancellationToken).ConfigureAwait(false) ?? new ExtensibilitySettings();
        read.Place = place;
        await client.Names.AssetNames.LearnAsync((read.Libraries ?? []).Select(library => library.Key).Where(key => Guid.TryParse(key, out _)), caller, cancellationToken).ConfigureAwait(false);
        foreach (var library in read.Libraries ?? [])
        {
            foreach (var setting in library.Settings ?? [])
                (setting.Library, setting.LibraryKey, setting.LibraryRevision) = (client.Names.AssetNames.Of(library.Key) ?? library.Key, library.Key, library.Revision);
        }

        foreach (var setting in read.All)
            setting.In(place);
        return read;
    }

    void IConfiguration.RequirePlace(WantedSetting wanted)
    {
        SettingSection.RequireName("asset", wanted.AssetName, Place?.AssetName, "AssetKey");
        SettingSection.RequireName("stage", wanted.StageName, Place?.Stage.Name, "StageKey");
    }

    public override string ToString() => Place?.ToString() ?? "";
}

/// <summary>The extensibility settings of a library that a mobile app uses.</summary>
internal sealed class LibraryExtensibilitySettings
{
    public string? Key { get; set; }

    public int? Revision { get; set; }

    public IReadOnlyList<OdcMobileExtensibilitySetting>? Settings { get; set => field = value.Present(); }
}

/// <summary>The place of extensibility settings, which are read and changed as the other settings of an asset are.</summary>
internal sealed record ExtensibilityPlace : ConfigurationPlace
{
    internal ExtensibilityPlace(MobilePlace place)
        : base(place.Stage, place.AssetKey, place.AssetName, place.AssetType)
    {
    }

    internal override Operation Patch => MobileBuildsApi.PatchExtensibilitySettings;

    /// <summary>The app in the stage.</summary>
    internal MobilePlace App => new(Stage, AssetKey!, AssetName, AssetType);

    internal override async Task<IConfiguration> ReadAsync(OdcClient client, bool withBinary, ICaller caller, CancellationToken cancellationToken) =>
        await ExtensibilitySettings.ReadAsync(client, App, caller, cancellationToken).ConfigureAwait(false);

    internal override async Task<ConfigurationPlace> CompleteAsync(OdcClient client, IEnumerable<string> assetKeys, ICaller caller, CancellationToken cancellationToken)
    {
        await client.Names.AssetNames.LearnAsync(AssetType is null ? assetKeys : [], caller, cancellationToken).ConfigureAwait(false);
        return new ExtensibilityPlace(await App.CompleteAsync(client, caller, cancellationToken).ConfigureAwait(false));
    }
}
