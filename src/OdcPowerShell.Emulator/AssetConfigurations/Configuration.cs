namespace OdcPowerShell.Emulator;

/// <summary>The configuration of an asset in a stage, or of a stage. Guarded by <see cref="Store"/>.</summary>
internal sealed class Configuration
{
    private readonly Dictionary<Guid, Setting> _settings = [];

    /// <summary>The setting as it is, or as it begins. Another revision may have other settings; those that stay keep their values.</summary>
    public Setting Keep(Setting setting) => _settings.TryAdd(setting.Key, setting) ? setting : _settings[setting.Key];

    /// <summary>Lets the asset run with the values that were set.</summary>
    public void Apply()
    {
        foreach (var setting in _settings.Values)
            setting.Apply();
    }
}

/// <summary>What a setting is: its place in the configuration, its type, and its value until another is set.</summary>
/// <param name="Section">The member of the document: settings, timers, integrations or systemConfigurations.</param>
/// <param name="Name">The name; {stage} in the default stands for the name of the stage.</param>
/// <param name="DataType">The type of its values.</param>
/// <param name="Default">The value until another is set.</param>
internal sealed record SettingKind(string Section, string Name, string DataType, string? Default)
{
    /// <summary>The timer or integration that it belongs to.</summary>
    public string? Element { get; init; }
    /// <summary>RestConsumer or RestExpose, for an integration.</summary>
    public string? PluginType { get; init; }
    public bool IsSecret { get; init; }
    /// <summary>Whether no package of a mobile app is built without a value.</summary>
    public bool IsMandatory { get; init; }
    public bool IsBinary => DataType == "BinaryUrl";

    public static IReadOnlyList<SettingKind> OfApps { get; } =
    [
        new("settings", "MaxOrderLines", "Integer", "100"),
        new("settings", "ShowPrices", "Boolean", "True"),
        new("settings", "DiscountRate", "Decimal", "2.5"),
        new("settings", "CreditLimit", "Currency", "5000"),
        new("settings", "SupportEmail", "Email", "support@{stage}.example"),
        new("settings", "PortalUrl", "Text", "https://portal.{stage}.example"),
        new("settings", "Welcome", "Text", "Welcome to {stage}"),
        new("settings", "CutOffTime", "Time", "18:00:00"),
        new("settings", "SeasonStart", "Date", "2026-01-05"),
        new("settings", "PaymentApiKey", "Text", null) { IsSecret = true },
        new("settings", "Logo", "BinaryUrl", "iVBORw0KGgo="),
        new("timers", "Schedule", "Text", "0 3 * * *") { Element = "Nightly Sync" },
        new("timers", "TimeoutMinutes", "Integer", "20") { Element = "Nightly Sync" },
        new("timers", "Schedule", "Text", "30 6 * * 1") { Element = "Weekly Report" },
        new("timers", "TimeoutMinutes", "Integer", "40") { Element = "Weekly Report" },
        new("integrations", "BaseUrl", "Text", "https://payments.{stage}.example/v2") { Element = "Payments", PluginType = "RestConsumer" },
        new("integrations", "Password", "Text", null) { Element = "Payments", PluginType = "RestConsumer", IsSecret = true },
        new("systemConfigurations", "RequestTimeoutSeconds", "Integer", "60"),
        new("systemConfigurations", "LogLevel", "Text", "Info"),
    ];

    /// <summary>The settings that each library brings to the apps that use it.</summary>
    public static IReadOnlyList<SettingKind> OfLibraries { get; } =
        [new("settings", "Theme", "Text", "Light"), new("settings", "CacheMinutes", "Integer", "10")];

    /// <summary>A setting that came with the newest revision.</summary>
    public static SettingKind OfNewest { get; } = new("settings", "BetaSearch", "Boolean", "False");

    public static IReadOnlyList<SettingKind> OfStages { get; } =
    [
        new("systemConfigurations", "SMTPServer", "Text", "mail.{stage}.example"),
        new("systemConfigurations", "SMTPPort", "Integer", "25"),
        new("systemConfigurations", "SMTPPassword", "Text", null) { IsSecret = true },
        new("systemConfigurations", "RequestTimeoutSeconds", "Integer", "60"),
        new("systemConfigurations", "LogLevel", "Text", "Info"),
    ];

    /// <summary>Why a text is no value of the type; null when it is one.</summary>
    public string? Wrong(string? text)
    {
        const int longest = 2000;
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        var isValue = text is null || DataType switch
        {
            "Integer" => int.TryParse(text, culture, out _),
            "Decimal" or "Currency" => decimal.TryParse(text, culture, out _),
            "Boolean" => bool.TryParse(text, out _),
            "Date" or "Time" => DateTime.TryParse(text, culture, out _),
            _ => text.Length <= longest,
        };
        return isValue ? null : $"'{text}' is not a valid value for the type {DataType}.";
    }
}

/// <summary>A setting with the value that was set, and the one that the asset runs with.</summary>
internal sealed class Setting(Guid key, SettingKind kind, Guid? elementKey, AssetReference? library, string stage)
{
    private string? _running = kind.Default?.Replace("{stage}", stage.ToLowerInvariant(), StringComparison.Ordinal);
    private bool _isSet;

    public Guid Key => key;
    public SettingKind Kind => kind;
    public Guid? ElementKey => elementKey;
    public AssetReference? Library => library;
    public string? Value { get => _isSet ? field : _running; private set; }
    public DateTimeOffset? UpdatedAt { get; private set; }
    public string? FileName { get; private set; }

    public void Set(string? value, string? fileName, DateTimeOffset at) => (Value, FileName, UpdatedAt, _isSet) = (value, fileName ?? FileName, at, true);

    public void Apply() => (_running, _isSet) = (Value, false);

    public object Body(bool showsBinary, string origin)
    {
        var isHidden = kind.IsSecret || (kind.IsBinary && !showsBinary);
        return new
        {
            key, kind.Name, Description = (string?)null, kind.DataType,
            DefaultValue = isHidden ? null : kind.Default, DeployedValue = isHidden ? null : _running, Value = isHidden ? null : Value,
            ValueOrigin = UpdatedAt is null ? $"{origin}Default" : $"{origin}Override", DeployedValueOrigin = $"{origin}Default",
            kind.IsSecret, ValueSetAfterDeploy = kind.IsSecret ? _isSet : (bool?)null, UpdatedAt = UpdatedAt?.UtcDateTime, Filename = FileName,
        };
    }
}
