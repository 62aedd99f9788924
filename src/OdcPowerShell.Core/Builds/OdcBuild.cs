using System.Globalization;
using System.Text.Json;
using OdcPowerShell.Operations;

namespace OdcPowerShell.Builds;

/// <summary>A build of a revision of an asset.</summary>
[Columns("BuildKey 36", "Revision 8", "StartedDateTime 17", "Status 19", "FinishedDateTime 17", "BuildType")]
public sealed class OdcBuild : OdcResource, ILongRunning
{
    public string? BuildKey { get; set; }

    public string? AssetKey { get; set; }

    [JsonPropertyName("assetRevision")]
    public int? Revision { get; set; }

    /// <summary>Debug or Release; only a Release build can be deployed beyond the development stage.</summary>
    public string? BuildType { get; set; }

    /// <summary>Pending, Running, Finished, FinishedWithErrors, Deleted or ToBeDeleted.</summary>
    public string? Status { get; set; }

    public DateTimeOffset? StartedDateTime { get; set; }

    /// <summary>When the build ended; null while it runs.</summary>
    public DateTimeOffset? FinishedDateTime { get; set; }

    public string? BuiltBy { get; set; }

    public OdcSecurityAudit? SecurityAudit { get; set; }

    [JsonIgnore]
    public bool IsTerminal => Status is "Finished" or "FinishedWithErrors" or "Deleted" or "ToBeDeleted";

    [JsonIgnore]
    public bool IsSuccess => Status == "Finished";

    string? ILongRunning.OperationKey => BuildKey;

    OperationDescriptor ILongRunning.Descriptor => BuildOperations.Builds;

    internal override IEnumerable<OdcResource?> Parts => [SecurityAudit];

    public override string ToString() => BuildKey ?? "";
}

/// <summary>The vulnerabilities that were found in a build.</summary>
public sealed class OdcSecurityAudit : OdcResource
{
    public IReadOnlyList<OdcVulnerability>? Vulnerabilities { get; set => field = value.Present(); }

    internal override IEnumerable<OdcResource?> Parts => Vulnerabilities ?? [];

    public override string ToString() => $"{Vulnerabilities?.Count ?? 0} vulnerabilities";
}

/// <summary>A known vulnerability of something that a build uses.</summary>
[Columns("Id 24", "Severity 10", "PublishedDate 17", "Details")]
public sealed class OdcVulnerability : OdcResource
{
    public string? Id { get; set; }

    public string? Severity { get; set; }

    public string? Details { get; set; }

    public DateTimeOffset? PublishedDate { get; set; }

    public override string ToString() => Id ?? "";
}

/// <summary>The builds of a revision. This list alone has another name than results.</summary>
internal sealed class BuildList
{
    public IReadOnlyList<OdcBuild>? Builds { get; set => field = value.Present(); }
}

/// <summary>The answer to the start of a build or a package.</summary>
internal sealed class StartedBuild : IAnswer
{
    public string? BuildKey { get; set; }

    public bool? IsSuccessful { get; set; }

    [JsonIgnore]
    public string? Missing => BuildKey is null && IsSuccessful is null ? "buildKey" : null;

    /// <exception cref="OdcException">It was not started.</exception>
    internal StartedBuild Required(string what) => IsSuccessful == false
        ? throw new OdcException(OdcErrorCause.OperationFailed, $"The service did not start {what}, and reports no reason.", "Check that the revision exists and can be built, then try again.")
        : this;

    /// <summary>The key of the build that was started.</summary>
    /// <exception cref="OdcException">It was not started, or the answer has no key.</exception>
    internal string RequiredKey(string what) => Required(what).BuildKey
        ?? throw new OdcException(OdcErrorCause.UnexpectedResponse, $"The service started {what}, but did not return its key.", "Get-OdcBuild -Asset lists the builds of the revision.");
}

/// <summary>The body that starts a build.</summary>
internal sealed record StartBuildBody(string AssetKey, int AssetRevision, string BuildType);

/// <summary>A message of the service about the progress of a build.</summary>
[Columns("Timestamp 17", "Severity 8", "ErrorCode 16", "Message")]
public sealed class OdcBuildMessage : OdcResource
{
    public DateTimeOffset? Timestamp { get; set; }

    public string? Severity { get; set; }

    public string? Type { get; set; }

    public string? Message { get; set; }

    public string? ErrorCode { get; set; }

    public string? StepId { get; set; }

    public string? AssetKey { get; set; }

    /// <summary>The build that the message is about.</summary>
    [JsonIgnore]
    public string? BuildKey { get; internal set; }

    public override string ToString() => Message ?? "";
}

/// <summary>The generated source code of a build, packed for a scanner.</summary>
[Columns("BuildKey 36", "Status 19", "Errors")]
public sealed class OdcGeneratedCodePackage : OdcResource, ILongRunning, IContentLink
{
    /// <summary>The build whose code it is.</summary>
    [JsonIgnore]
    public string? BuildKey { get; internal set; }

    /// <summary>NotStarted, Running, Finished, TimedOut or Failed.</summary>
    public string? Status { get; set; }

    /// <summary>The download URL of the package, for Save-OdcContent.</summary>
    public string? Uri { get; set; }

    public IReadOnlyList<OdcGeneratedCodeError>? Errors { get; set => field = value.Present(); }

    [JsonIgnore]
    public bool IsTerminal => Status is "Finished" or "TimedOut" or "Failed";

    [JsonIgnore]
    public bool IsSuccess => Status == "Finished";

    string? ILongRunning.OperationKey => BuildKey;

    OperationDescriptor ILongRunning.Descriptor => BuildOperations.Packages;

    string? IContentLink.ContentUrl => Uri;

    string IContentLink.SuggestedFileName => $"generated-code-{BuildKey}.zip";

    internal override IEnumerable<OdcResource?> Parts => Errors ?? [];

    public override string ToString() => $"{BuildKey}: {Status}";
}

/// <summary>Why generated code could not be packed.</summary>
[Columns("Timestamp 17", "Severity 8", "Message")]
public sealed class OdcGeneratedCodeError : OdcResource
{
    public DateTimeOffset? Timestamp { get; set; }

    public string? Severity { get; set; }

    public string? Message { get; set; }

    public override string ToString() => Message ?? "";
}

/// <summary>Builds and packages of generated code as long-running operations, and how the build to deploy is found.</summary>
internal static class BuildOperations
{
    internal const string Release = "Release";

    internal static OperationDescriptor<OdcBuild> Builds { get; } = new(
        "build",
        "Get-OdcBuild",
        (client, build, caller, cancellationToken) => client.GetAsync(BuildsApi.GetBuild, [build.BuildKey!], query: null, caller, cancellationToken),
        async (client, build, caller, cancellationToken) =>
        {
            var log = await LogAsync(client, build, caller, cancellationToken).ConfigureAwait(false);
            return [.. log.Where(m => string.Equals(m.Severity, "Error", StringComparison.OrdinalIgnoreCase)).Select(m => m.Message).OfType<string>()];
        })
    {
        UnnamedAsset = build => build.AssetKey,
        About = (client, build) => client.Names.AssetNames.Of(build.AssetKey) is { } name ? FormattableString.Invariant($"{name} revision {build.Revision}") : null,
        Complete = (before, now) => (now.AssetKey, now.Revision) = (now.AssetKey ?? before.AssetKey, now.Revision ?? before.Revision),
        Step = async (client, build, caller, cancellationToken) =>
            (await LogAsync(client, build, caller, cancellationToken).ConfigureAwait(false)).Count.ToString(CultureInfo.InvariantCulture),
    };

    internal static OperationDescriptor<OdcGeneratedCodePackage> Packages { get; } = new(
        "package of the generated code of build",
        "Get-OdcGeneratedCodePackage",
        (client, package, caller, cancellationToken) => client.GetAsync(BuildsApi.GetGeneratedCode, [package.BuildKey!], query: null, caller, cancellationToken),
        (_, package, _, _) => Task.FromResult<IReadOnlyList<string>>([.. (package.Errors ?? []).Select(e => e.Message).OfType<string>()]))
    {
        // Its answers don't have the key of the build.
        Complete = (before, now) => now.BuildKey = before.BuildKey,
    };

    /// <summary>A build that was just started, with the properties that are known.</summary>
    internal static OdcBuild Started(string buildKey, string assetKey, int revision, string buildType) => new()
    {
        BuildKey = buildKey,
        AssetKey = assetKey,
        Revision = revision,
        BuildType = buildType,
        Status = "Running",
    };

    /// <summary>The builds of a revision, in the order of the service.</summary>
    internal static async Task<IReadOnlyList<OdcBuild>> OfRevisionAsync(
        OdcClient client, string assetKey, int revision, string? buildType, ICaller caller, CancellationToken cancellationToken)
    {
        var query = new Query().Add("assetKey", assetKey).Add("assetRevision", revision.ToString(CultureInfo.InvariantCulture)).Add("byBuildType", buildType);
        var list = await client.GetAsync(BuildsApi.ListBuilds, [], query, caller, cancellationToken).ConfigureAwait(false);
        return list.Builds ?? [];
    }

    private static async Task<IReadOnlyList<OdcBuildMessage>> LogAsync(OdcClient client, OdcBuild build, ICaller caller, CancellationToken cancellationToken) =>
        (await client.GetAsync(BuildsApi.GetBuildLog, [build.BuildKey!], query: null, caller, cancellationToken).ConfigureAwait(false)).Results ?? [];
}
