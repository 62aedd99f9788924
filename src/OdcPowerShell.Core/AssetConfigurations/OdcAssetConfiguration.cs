using OdcPowerShell.Portfolios;

namespace OdcPowerShell.AssetConfigurations;

/// <summary>A configuration whose settings can be found by name and changed.</summary>
internal interface IConfiguration
{
    IEnumerable<ISetting> All { get; }

    /// <summary>The command that lists the settings, for messages.</summary>
    string ListCommand { get; }

    /// <summary>Makes sure that the names in a row are those of this configuration: a row that was edited may still have the keys of another place.</summary>
    /// <exception cref="OdcException">They are not.</exception>
    void RequirePlace(WantedSetting wanted);
}

/// <summary>The configuration of an app or agent in a stage, section by section.</summary>
[Columns("Name 23", "StageName 12", "RevisionDeployed 16", "SettingCount 12", "PendingCount 12", "DeployedAt 17")]
public sealed class OdcAssetConfiguration : OdcResource, INamed, IConfiguration
{
    [JsonPropertyName("key")]
    public string? AssetKey { get; set; }

    public string? Name { get; set; }

    /// <summary>The revision whose configuration this is.</summary>
    public int? RevisionBaseline { get; set; }

    /// <summary>The revision that runs in the stage.</summary>
    public int? RevisionDeployed { get; set; }

    public DateTimeOffset? DeployedAt { get; set; }

    public IReadOnlyList<OdcAssetSetting>? Settings { get; set => field = value.Present(); }

    public IReadOnlyList<OdcTimerConfiguration>? Timers { get; set => field = value.Present(); }

    public IReadOnlyList<OdcIntegrationConfiguration>? Integrations { get; set => field = value.Present(); }

    public IReadOnlyList<OdcLibraryConfiguration>? Libraries { get; set => field = value.Present(); }

    /// <summary>The system configurations of an app; an agent has none.</summary>
    public IReadOnlyList<OdcAssetSetting>? SystemConfigurations { get; set => field = value.Present(); }

    [JsonIgnore]
    public string? AssetType { get; internal set; }

    [JsonIgnore]
    public string? StageKey { get; internal set; }

    [JsonIgnore]
    public string? StageName { get; internal set; }

    /// <summary>The number of settings in all sections.</summary>
    [JsonIgnore]
    public int SettingCount => All.Count();

    /// <summary>The number of settings that were neither applied nor deployed.</summary>
    [JsonIgnore]
    public int PendingCount => All.Count(s => s.IsPending == true);

    /// <summary>The same as <see cref="AssetKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => AssetKey;

    internal override IEnumerable<OdcResource?> Parts =>
        new IEnumerable<OdcResource>?[] { Settings, Timers, Integrations, Libraries, SystemConfigurations }.SelectMany(part => part ?? []);

    /// <summary>All settings, in the order of the sections.</summary>
    internal IEnumerable<OdcAssetSetting> All =>
        SettingSection.Flat(Settings, Timers, Integrations, SystemConfigurations).Concat((Libraries ?? []).SelectMany(l => l.All));

    IEnumerable<ISetting> IConfiguration.All => All;

    string IConfiguration.ListCommand => "Get-OdcAssetSetting";

    void IConfiguration.RequirePlace(WantedSetting wanted)
    {
        SettingSection.RequireName("asset", wanted.AssetName, Name, "AssetKey");
        SettingSection.RequireName("stage", wanted.StageName, StageName, "StageKey");
    }

    /// <summary>Completes the settings with their place, which the answer has once for all of them.</summary>
    internal OdcAssetConfiguration In(ConfigurationPlace place)
    {
        (StageKey, StageName, AssetType) = (place.Stage.StageKey, place.Stage.Name, place.AssetType);
        SettingSection.Place(Settings, Timers, Integrations, SystemConfigurations);
        foreach (var library in Libraries ?? [])
            library.Place();
        foreach (var setting in All)
        {
            (setting.AssetKey, setting.AssetName, setting.AssetType) = (AssetKey ?? place.AssetKey, Name ?? place.AssetName, AssetType);
            (setting.StageKey, setting.StageName, setting.Revision) = (StageKey, StageName, RevisionBaseline ?? RevisionDeployed);
        }

        return this;
    }

    public override string ToString() => $"{Name ?? AssetKey} in {StageName ?? StageKey}";
}

/// <summary>The settings of a library that an asset uses.</summary>
[Columns("Name 19", "Revision 8", "SettingCount 12", "LibraryKey 36")]
public sealed class OdcLibraryConfiguration : OdcResource, INamed
{
    [JsonPropertyName("key")]
    public string? LibraryKey { get; set; }

    public string? Name { get; set; }

    public int? Revision { get; set; }

    public int? RevisionBaseline { get; set; }

    public IReadOnlyList<OdcAssetSetting>? Settings { get; set => field = value.Present(); }

    public IReadOnlyList<OdcIntegrationConfiguration>? Integrations { get; set => field = value.Present(); }

    public IReadOnlyList<OdcAssetSetting>? SystemConfigurations { get; set => field = value.Present(); }

    /// <summary>The number of settings in all sections.</summary>
    [JsonIgnore]
    public int SettingCount => All.Count();

    /// <summary>The same as <see cref="LibraryKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => LibraryKey;

    internal override IEnumerable<OdcResource?> Parts => new IEnumerable<OdcResource>?[] { Settings, Integrations, SystemConfigurations }.SelectMany(part => part ?? []);

    internal IEnumerable<OdcAssetSetting> All => SettingSection.Flat(Settings, timers: null, Integrations, SystemConfigurations);

    internal void Place()
    {
        SettingSection.Place(Settings, timers: null, Integrations, SystemConfigurations);
        foreach (var setting in All)
            (setting.Library, setting.LibraryKey, setting.LibraryRevision) = (Name ?? LibraryKey, LibraryKey, Revision);
    }

    public override string ToString() => Name ?? LibraryKey ?? "";
}

/// <summary>The answer to the system configurations of a stage.</summary>
internal sealed class StageSystemConfiguration : IConfiguration
{
    public IReadOnlyList<OdcConfigurationValue>? SystemConfigurations { get; set => field = value.Present(); }

    [JsonIgnore]
    internal OdcStage? Stage { get; set; }

    IEnumerable<ISetting> IConfiguration.All => SystemConfigurations ?? [];

    string IConfiguration.ListCommand => "Get-OdcStageSystemConfiguration";

    void IConfiguration.RequirePlace(WantedSetting wanted) => SettingSection.RequireName("stage", wanted.StageName, Stage?.Name, "StageKey");

    public override string ToString() => $"the stage {Stage}";
}

/// <summary>The sections of a configuration. An asset and a library have the same.</summary>
internal static class SettingSection
{
    internal const string Setting = "Setting";
    internal const string Timer = "Timer";
    internal const string Integration = "Integration";
    internal const string SystemConfiguration = "SystemConfiguration";

    internal static IEnumerable<OdcAssetSetting> Flat(
        IEnumerable<OdcAssetSetting>? settings, IEnumerable<OdcTimerConfiguration>? timers, IEnumerable<OdcIntegrationConfiguration>? integrations, IEnumerable<OdcAssetSetting>? system) =>
        [
            .. settings ?? [],
            .. (timers ?? []).SelectMany(t => t.Configs ?? []),
            .. (integrations ?? []).SelectMany(i => i.Configs ?? []),
            .. system ?? [],
        ];

    /// <summary>Writes into each setting in which section it stands, and of which timer or integration.</summary>
    internal static void Place(
        IEnumerable<OdcAssetSetting>? settings, IEnumerable<OdcTimerConfiguration>? timers, IEnumerable<OdcIntegrationConfiguration>? integrations, IEnumerable<OdcAssetSetting>? system)
    {
        Mark(settings, Setting, name: null, key: null);
        foreach (var timer in timers ?? [])
            Mark(timer.Configs, Timer, timer.Name, timer.TimerKey);
        foreach (var integration in integrations ?? [])
            Mark(integration.Configs, Integration, integration.Name, integration.IntegrationKey);
        Mark(system, SystemConfiguration, name: null, key: null);
    }

    /// <exception cref="OdcException">A row names another object than its key.</exception>
    internal static void RequireName(string noun, string? inRow, string? name, string keyColumn)
    {
        if (inRow is not null && name is not null && !string.Equals(inRow, name, StringComparison.OrdinalIgnoreCase))
            throw new OdcException(OdcErrorCause.InvalidRequest, $"The row names the {noun} {inRow}, but its {keyColumn} is that of {name}.", $"Correct one of them, or remove the column {keyColumn}.");
    }

    /// <summary>Whether a value belongs to its stage: each stage has its own services and addresses.</summary>
    internal static bool IsOfStage(ISetting setting, string? value, string? stageName) =>
        setting.Place.Section == Integration || setting.DataType == "Email" || value?.Contains("://") == true
        || (stageName is not null && value?.IndexOf(stageName, StringComparison.OrdinalIgnoreCase) >= 0)
        || setting.Name?.IndexOf("Url", StringComparison.OrdinalIgnoreCase) >= 0 || setting.Name?.IndexOf("Host", StringComparison.OrdinalIgnoreCase) >= 0;

    private static void Mark(IEnumerable<OdcAssetSetting>? settings, string section, string? name, string? key)
    {
        foreach (var setting in settings ?? [])
            (setting.Section, setting.Element, setting.ElementKey) = (section, name ?? key, key);
    }
}
