using System.Globalization;
using OdcPowerShell.Operations;

namespace OdcPowerShell.Builds;

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
