using System.Globalization;
using OdcPowerShell.Deployments;
using OdcPowerShell.Operations;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.MobileBuilds;

/// <summary>A package of a mobile app for one platform, and how far its build is.</summary>
[Columns("AssetName 20", "StageName 14", "Platform 8", "Revision 8", "VersionNumber 13", "Status 10", "StartedDateTime 17", "BuildType")]
public sealed class OdcMobileBuild : OdcResource, IOfMobileApp, ILongRunning, IContentLink
{
    [JsonPropertyName("key")]
    public string? MobileBuildKey { get; set; }

    [JsonPropertyName("applicationKey")]
    public string? AssetKey { get; set; }

    [JsonIgnore]
    public string? AssetName { get; set; }

    /// <summary>The stage that it is built for, from the request.</summary>
    [JsonIgnore]
    public string? StageKey { get; set; }

    [JsonIgnore]
    public string? StageName { get; set; }

    /// <summary>The build of the revision that is packaged.</summary>
    public string? BuildKey { get; set; }

    public int? Revision { get; set; }

    /// <summary>Android or iOS.</summary>
    [JsonPropertyName("mobilePlatform")]
    public string? Platform { get; set; }

    /// <summary>Waiting, Validating, Building, Shielding, Finished or Error.</summary>
    public string? Status { get; set; }

    /// <summary>The version that users see, such as 1.4.0.</summary>
    [JsonPropertyName("mobileVersionNumber")]
    public string? VersionNumber { get; set; }

    /// <summary>The number that grows with each version.</summary>
    [JsonPropertyName("mobileVersionCode")]
    public int? VersionCode { get; set; }

    /// <summary>Bundle, Debug or Release for Android; Development, AppStore, Adhoc, InHouse or Simulator for iOS.</summary>
    public string? BuildType { get; set; }

    public string? AppIdentifier { get; set; }

    /// <summary>Capacitor or Cordova.</summary>
    public string? MobileFramework { get; set; }

    /// <summary>The version of the mobile builder (MABS).</summary>
    [JsonPropertyName("nativeBuilderVersion")]
    public string? BuilderVersion { get; set; }

    /// <summary>Whether the version of the builder was chosen in the configuration.</summary>
    [JsonPropertyName("isNativeBuilderVersionLocked")]
    public bool? IsBuilderVersionLocked { get; set; }

    /// <summary>Unused, Disabled or Applied.</summary>
    public string? AppShieldUsage { get; set; }

    public DateTimeOffset? StartedDateTime { get; set; }

    public DateTimeOffset? EstimatedFinishDateTime { get; set; }

    /// <summary>When the build ended; null while it runs.</summary>
    public DateTimeOffset? FinishedDateTime { get; set; }

    /// <summary>The user or API client that started it.</summary>
    public string? RequestingUserKey { get; set; }

    /// <summary>The download URL of the package, for Save-OdcContent. It expires after some minutes.</summary>
    public string? AppBinaryDownloadUrl { get; set; }

    public string? AppSourceDownloadUrl { get; set; }

    public string? MobileBuildLogUrl { get; set; }

    public string? AppShieldMappingUrl { get; set; }

    /// <summary>The download URL of the file with which iOS installs the package.</summary>
    public string? AppDeploymentFileDownloadUrl { get; set; }

    [JsonIgnore]
    public bool IsTerminal => Status is "Finished" or "Error";

    [JsonIgnore]
    public bool IsSuccess => Status == "Finished";

    string? ILongRunning.OperationKey => MobileBuildKey;

    OperationDescriptor ILongRunning.Descriptor => MobileBuildOperations.Builds;

    string? IContentLink.ContentUrl => AppBinaryDownloadUrl;

    // What kind of file it is depends on platform and build type: only the URL says it.
    string IContentLink.SuggestedFileName => ContentName.Of(
        AssetName ?? AppIdentifier ?? MobileBuildKey, Revision, string.Concat(new[] { StageName, Platform, VersionNumber }.Where(part => !string.IsNullOrEmpty(part)).Select(part => "-" + part)), AppBinaryDownloadUrl, "");

    public override string ToString() => MobileBuildKey ?? "";
}

/// <summary>Mobile builds as long-running operations.</summary>
internal static class MobileBuildOperations
{
    // Where the log of a failed build has no errors, its last lines say most.
    private const int LastLines = 3;

    internal static OperationDescriptor<OdcMobileBuild> Builds { get; } = new(
        "mobile build",
        "Get-OdcMobileBuild",
        (client, build, caller, cancellationToken) => ReadAsync(client, PlaceOf(build), build.MobileBuildKey!, caller, cancellationToken),
        async (client, build, caller, cancellationToken) =>
        {
            var log = await Log(client, PlaceOf(build), build.MobileBuildKey!, new ListWindow()).ReadAllAsync(caller, cancellationToken).ConfigureAwait(false);
            return [.. log.Where((line, i) => line.Severity == "Error" || i >= log.Count - LastLines).Select(line => line.Message).OfType<string>()];
        })
    {
        UnnamedAsset = build => build.AssetName is null ? build.AssetKey : null,
        About = (client, build) => (build.AssetName ?? client.Names.AssetNames.Of(build.AssetKey)) is { } name
            ? FormattableString.Invariant($"{name} revision {build.Revision} for {build.Platform} in {build.StageName ?? build.StageKey}") : null,
        Place = build => $" -Asset {MessageText.Quoted(build.AssetName ?? build.AssetKey)} -Stage {MessageText.Quoted(build.StageName ?? build.StageKey)}",
        Complete = (before, now) =>
        {
            (now.AssetKey, now.AssetName) = (now.AssetKey ?? before.AssetKey, before.AssetName);
            (now.StageKey, now.StageName) = (before.StageKey, before.StageName);
        },
        Step = async (client, build, caller, cancellationToken) =>
        {
            var log = await Log(client, PlaceOf(build), build.MobileBuildKey!, new ListWindow()).ReadAllAsync(caller, cancellationToken).ConfigureAwait(false);
            return log.Count.ToString(CultureInfo.InvariantCulture);
        },
    };

    /// <summary>The app and the stage of a mobile build.</summary>
    /// <exception cref="OdcException">The object lacks one of them.</exception>
    internal static MobilePlace PlaceOf(OdcMobileBuild build) => build is { StageKey: { } stage, AssetKey: { } asset }
        ? new MobilePlace(new OdcStage { StageKey = stage, Name = build.StageName }, asset, build.AssetName, MobilePlace.MobileType)
        : throw NoPlace(build.MobileBuildKey);

    internal static OdcException NoPlace(string? key) => new(
        OdcErrorCause.InvalidRequest, $"The app and the stage of mobile build {key} are not specified.", "Specify -Asset and -Stage, or pipe mobile builds from Get-OdcMobileBuild or Start-OdcMobileBuild.");

    internal static async Task<OdcMobileBuild> ReadAsync(OdcClient client, MobilePlace place, string key, ICaller caller, CancellationToken cancellationToken) =>
        (await client.GetAsync(MobileBuildsApi.GetBuild, [key], place.Query, caller, cancellationToken).ConfigureAwait(false)).In(place);

    /// <summary>The log of a build. Its pages always name a next one: the last page is the one that is not full.</summary>
    internal static IPagedList<OdcOperationMessage> Log(OdcClient client, MobilePlace place, string key, ListWindow window)
    {
        return new OffsetPages<OdcOperationMessage>(FetchAsync, window).Do(message => message.OperationKey = key);

        async Task<Page<OdcOperationMessage>> FetchAsync(long offset, int limit, ICaller caller, CancellationToken cancellationToken)
        {
            var query = place.Query.Add("limit", limit);
            if (offset > 0)
                query.Add("offset", checked((int)offset));
            var page = await client.GetAsync(MobileBuildsApi.GetBuildLog, [key], query, caller, cancellationToken).ConfigureAwait(false);
            // The service may allow fewer lines a page than were requested.
            if (page.Info is { } info && (page.Results?.Count ?? 0) < (info.Limit ?? limit))
                info.NextPageOffset = null;
            return page;
        }
    }
}
