namespace OdcPowerShell.Emulator;

/// <summary>A version of the mobile builder.</summary>
internal sealed record MobileBuilder(
    string Version, string State, string[] SupportedMobileFrameworks, string DefaultMobileFramework, DateOnly? EndOfSupportDate = null, DateOnly? EndOfLifeDate = null);

/// <summary>What tenants start with: the builders, the configurations by "asset/stage" and platform, and the settings of apps and of mobile libraries.</summary>
internal sealed record SeededMobile(
    MobileBuilder[] Builders, Dictionary<string, Dictionary<string, Dictionary<string, string>>> Apps, SettingKind[] Settings, SettingKind[] LibrarySettings)
{
    public static SeededMobile All { get; } = Json.Seed<SeededMobile>("mobile");
}

/// <summary>A platform: its build types, the build type that needs no signature, and the values with which packages are signed.</summary>
internal sealed record MobilePlatform(string Name, string[] BuildTypes, string Unsigned, string[] Signing, string[] Names)
{
    public static MobilePlatform Android { get; } =
        new("Android", ["Bundle", "Debug", "Release"], "Debug", ["keystore", "keystorePassword", "alias", "aliasPassword"], ["keystoreName"]);

    public static MobilePlatform Ios { get; } = new(
        "iOS",
        ["Development", "AppStore", "Adhoc", "InHouse", "Simulator"],
        "Simulator",
        ["certificate", "certificatePassword", "provisioningProfile"],
        ["certificateName", "provisioningProfileName"]);

    public static IReadOnlyList<MobilePlatform> All { get; } = [Android, Ios];
    public static string[] Frameworks => ["Capacitor", "Cordova"];

    /// <summary>The members of a configuration, in the order of its answer.</summary>
    public IEnumerable<string> Members => [.. Signing, .. Names, "appIdentifier", "buildType", "mabsVersion", "mobileFramework"];

    public static MobilePlatform Find(string? name) => All.FirstOrDefault(platform => platform.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw ProblemException.BadParameter($"'{name}' is not a mobile platform. Expected: Android, iOS.");

    /// <summary>Whether the service keeps a value to itself. That of a provisioning profile it returns.</summary>
    public bool IsSecret(string member) => Signing.Contains(member) && member != "provisioningProfile";

    /// <summary>Why a value is wrong; null when it is right.</summary>
    public string? Wrong(string member, string? value) => value is null || member switch
    {
        "buildType" => BuildTypes.Contains(value),
        "mobileFramework" => Frameworks.Contains(value),
        "mabsVersion" => SeededMobile.All.Builders.Any(builder => builder.Version == value),
        "keystore" or "certificate" or "provisioningProfile" => Convert.TryFromBase64String(value, new byte[value.Length], out var length) && length > 0,
        _ => value.Length > 0,
    }
        ? null
        : $"The value of '{member}' is not valid.";
}

/// <summary>The configuration of a mobile app for a platform. Guarded by <see cref="Store"/>.</summary>
internal sealed class PlatformConfiguration(MobilePlatform platform, IReadOnlyDictionary<string, string> seeded, DateTimeOffset seededAt)
{
    private readonly Dictionary<string, (string? Value, DateTimeOffset At)> _values =
        seeded.ToDictionary(entry => entry.Key, entry => ((string?)entry.Value, seededAt), StringComparer.Ordinal);

    public MobilePlatform Platform => platform;
    public DateTimeOffset ChangedAt => _values.Count == 0 ? DateTimeOffset.MinValue : _values.Values.Max(value => value.At);

    public bool IsComplete => this["appIdentifier"] is not null && this["buildType"] is { } type
        && (type == platform.Unsigned || platform.Signing.All(member => this[member] is not null));

    public string? this[string member] => _values.GetValueOrDefault(member).Value;

    public void Set(string member, string? value, DateTimeOffset at) => _values[member] = (value, at);

    public object Body() => platform.Members.ToDictionary(member => member, member => new
    {
        IsSecret = platform.IsSecret(member), LastUpdateDate = _values.TryGetValue(member, out var value) ? value.At.UtcDateTime : (DateTime?)null,
        Value = platform.IsSecret(member) ? null : value.Value, DataType = "Text",
    }, StringComparer.Ordinal);
}

/// <summary>A mobile app in a stage: its configurations and its extensibility settings. Guarded by <see cref="Store"/>.</summary>
internal sealed class MobileApp
{
    private readonly Dictionary<Guid, MobileSetting> _settings = [];

    private MobileApp(Asset asset, EmulatedStage stage, DateTimeOffset firstDay)
    {
        (Asset, Stage) = (asset, stage);
        var seeded = SeededMobile.All.Apps.GetValueOrDefault($"{asset.Name}/{stage.Name}") ?? [];
        Configurations = [.. MobilePlatform.All.Select(platform => new PlatformConfiguration(platform, seeded.GetValueOrDefault(platform.Name) ?? [], firstDay.AddDays(28).AddHours(9)))];
    }

    public Asset Asset { get; }
    public EmulatedStage Stage { get; }
    public IReadOnlyList<PlatformConfiguration> Configurations { get; }

    public PlatformConfiguration this[MobilePlatform platform] => Configurations.First(configuration => configuration.Platform == platform);

    /// <summary>The app of a request, for which the client needs a permission in the stage.</summary>
    public static MobileApp Of(Store store, ApiCall call, Guid? stageKey, Guid? assetKey, string permission, bool isDeployed = true)
    {
        var stage = store.Stages[stageKey ?? throw ProblemException.Missing("environmentKey")];
        if (!call.Client.Has(permission, stage.Key))
            throw new ProblemException(Cause.PermissionMissing);
        var asset = store.Assets[assetKey ?? throw ProblemException.Missing("applicationKey")];
        if (asset.Type != "MobileApplication" || (isDeployed && !store.Deployed.ContainsKey((asset.Key, stage.Key))))
            throw ProblemException.NotFound("mobile application in the environment", asset.Key);
        return store.MobileApps.TryGetValue((asset.Key, stage.Key), out var app) ? app : store.MobileApps[(asset.Key, stage.Key)] = new MobileApp(asset, stage, store.FirstDay);
    }

    /// <summary>The extensibility settings of the revision that runs in the stage; another one may have other libraries.</summary>
    public IReadOnlyList<MobileSetting> SettingsOf(Store store) =>
    [
        .. SeededMobile.All.Settings.Select(kind => Keep(store, kind, library: null)),
        .. store.Deployed[(Asset.Key, Stage.Key)].Revision.References.Where(reference => reference.Producer.Type == "MobileLibrary")
            .SelectMany(library => SeededMobile.All.LibrarySettings.Select(kind => Keep(store, kind, library))),
    ];

    private MobileSetting Keep(Store store, SettingKind kind, AssetReference? library)
    {
        var key = store.Derive.Guid($"extensibility/{Asset.Name}/{library?.Producer.Name}/{kind.Name}");
        if (!_settings.TryGetValue(key, out var setting))
            _settings[key] = setting = new MobileSetting(key, kind, library);
        return setting;
    }
}

/// <summary>An extensibility setting of a mobile app.</summary>
internal sealed class MobileSetting(Guid key, SettingKind kind, AssetReference? library)
{
    private IReadOnlyDictionary<string, string?> _metadata = new Dictionary<string, string?>(StringComparer.Ordinal);
    private string? _value;

    public Guid Key => key;
    public SettingKind Kind => kind;
    public AssetReference? Library => library;
    public DateTimeOffset? ChangedAt { get; private set; }
    public bool IsMissing => kind.IsMandatory && string.IsNullOrEmpty(ChangedAt is null ? kind.Default : _value);

    public void Set(string? value, IReadOnlyDictionary<string, string?>? metadata, DateTimeOffset at) =>
        (_value, _metadata, ChangedAt) = (value, metadata ?? _metadata, at);

    public object Body() => new
    {
        key, kind.Name, Description = $"{kind.Name} of the packages.", kind.DataType, DefaultValue = kind.IsSecret ? null : kind.Default,
        Value = kind.IsSecret ? null : ChangedAt is null ? kind.Default : _value, ValueOrigin = ChangedAt is null ? "Default" : "Override",
        kind.IsSecret, kind.IsMandatory, LastUpdateDate = ChangedAt?.UtcDateTime, Metadata = _metadata.Select(item => new { item.Key, item.Value }),
    };
}
