using System.Text.Json;

namespace OdcPowerShell.MobileBuilds;

/// <summary>Whether a revision of a mobile app can and must be built for a platform.</summary>
[Columns("AssetName 18", "StageName 12", "Platform 8", "Revision 8", "Result 20", "Message")]
public sealed class OdcMobileBuildValidation : OdcResource, IOfMobileApp
{
    internal const string Missing = "MissingConfiguration";
    internal const string NotNeeded = "NativeBuildNotNeeded";

    /// <summary>Android or iOS.</summary>
    public string? Platform { get; set; }

    /// <summary>NativeBuildNeeded, NativeBuildNotNeeded or MissingConfiguration.</summary>
    public string? Result { get; set; }

    /// <summary>What the result means.</summary>
    [JsonIgnore]
    public string? Message => Result switch
    {
        "NativeBuildNeeded" => "A build is needed.",
        NotNeeded => "The last build is up to date.",
        Missing => $"The configuration is not complete: use {Command}.",
        _ => Result,
    };

    /// <summary>The build of the revision that was validated.</summary>
    [JsonIgnore]
    public string? BuildKey { get; internal set; }

    [JsonIgnore]
    public int? Revision { get; internal set; }

    [JsonIgnore]
    public string? AssetKey { get; set; }

    [JsonIgnore]
    public string? AssetName { get; set; }

    [JsonIgnore]
    public string? StageKey { get; set; }

    [JsonIgnore]
    public string? StageName { get; set; }

    /// <summary>The command that completes the configuration.</summary>
    internal string Command => string.Equals(Platform, "iOS", StringComparison.OrdinalIgnoreCase) ? "Set-OdcIosConfiguration" : $"Set-Odc{Platform}Configuration";

    public override string ToString() => $"{Platform}: {Result}";
}

/// <summary>The answer to a validation, with a member for each platform.</summary>
internal sealed class MobileBuildValidations
{
    public Dictionary<string, JsonElement>? PlatformResults { get; set; }

    /// <summary>A row for each platform, also for those of a later version of the service.</summary>
    internal IReadOnlyList<OdcMobileBuildValidation> Of(MobileRevision packaged) =>
    [
        .. from platform in PlatformResults ?? []
           where platform.Value.ValueKind == JsonValueKind.String
           select new OdcMobileBuildValidation { Platform = platform.Key, Result = JsonText.Of(platform.Value), BuildKey = packaged.BuildKey, Revision = packaged.Revision }.In(packaged.Place),
    ];
}

/// <summary>The version that the service suggests for the next build of a mobile app.</summary>
[Columns("AssetName 24", "StageName 14", "Platform 8", "VersionNumber 13", "VersionCode")]
public sealed class OdcMobileVersionSuggestion : OdcResource, IOfMobileApp
{
    /// <summary>Android or iOS.</summary>
    [JsonPropertyName("mobilePlatform")]
    public string? Platform { get; set; }

    /// <summary>The version that users see, such as 1.4.0.</summary>
    [JsonPropertyName("mobileVersionNumber")]
    public string? VersionNumber { get; set; }

    /// <summary>The number that grows with each version.</summary>
    [JsonPropertyName("mobileVersionCode")]
    public int? VersionCode { get; set; }

    [JsonIgnore]
    public string? AssetKey { get; set; }

    [JsonIgnore]
    public string? AssetName { get; set; }

    [JsonIgnore]
    public string? StageKey { get; set; }

    [JsonIgnore]
    public string? StageName { get; set; }

    public override string ToString() => FormattableString.Invariant($"{VersionNumber} ({VersionCode})");
}

/// <summary>The answer with the suggested versions, with a member for each platform.</summary>
internal sealed class MobileVersionSuggestions
{
    public OdcMobileVersionSuggestion? Android { get; set; }

    [JsonPropertyName("iOS")]
    public OdcMobileVersionSuggestion? Ios { get; set; }

    internal IReadOnlyList<OdcMobileVersionSuggestion> Of(MobilePlace place)
    {
        if (Android is not null)
            Android.Platform ??= "Android";
        if (Ios is not null)
            Ios.Platform ??= "iOS";
        return [.. new[] { Android, Ios }.OfType<OdcMobileVersionSuggestion>().Select(one => one.In(place))];
    }
}

/// <summary>A version of the mobile builder (MABS), which makes the packages.</summary>
[Columns("Version 9", "State 10", "DefaultMobileFramework 22", "EndOfSupportDate 17", "EndOfLifeDate 17", "SupportedMobileFrameworks")]
public sealed class OdcMobileBuilderVersion : OdcResource
{
    public string? Version { get; set; }

    /// <summary>Active, Beta, Canary, Deprecated or Obsolete.</summary>
    public string? State { get; set; }

    /// <summary>Capacitor or Cordova.</summary>
    public string? DefaultMobileFramework { get; set; }

    public IReadOnlyList<string>? SupportedMobileFrameworks { get; set => field = value.Present(); }

    public DateTimeOffset? EndOfSupportDate { get; set; }

    public DateTimeOffset? EndOfLifeDate { get; set; }

    public override string ToString() => Version ?? "";
}
