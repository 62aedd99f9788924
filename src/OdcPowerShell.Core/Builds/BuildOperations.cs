using System.Globalization;
using OdcPowerShell.Http;

namespace OdcPowerShell.Builds;

/// <summary>Builds and packages of generated code as operations that are waited for, and how the build to deploy is found.</summary>
internal static class BuildOperations
{
    internal const string Release = "Release";

    internal static OperationKind<OdcBuild> Builds(OdcClient client) => new(
        "build",
        "Get-OdcBuild shows how it went, and Wait-OdcOperation waits again.",
        OperationKind<OdcBuild>.OneByOne((build, caller, cancellationToken) => client.GetAsync(BuildsApi.GetBuild, [build.BuildKey!], query: null, caller, cancellationToken)),
        async (build, caller, cancellationToken) =>
        {
            var log = await client.GetAsync(BuildsApi.GetBuildLog, [build.BuildKey!], query: null, caller, cancellationToken).ConfigureAwait(false);
            return [.. (log.Results ?? []).Where(m => string.Equals(m.Severity, "Error", StringComparison.OrdinalIgnoreCase)).Select(m => m.Message).OfType<string>()];
        });

    internal static OperationKind<OdcGeneratedCodePackage> Packages(OdcClient client) => new(
        "package of the generated code of build",
        "Get-OdcGeneratedCodePackage shows how it went, and Wait-OdcOperation waits again.",
        OperationKind<OdcGeneratedCodePackage>.OneByOne((package, caller, cancellationToken) =>
            client.GetAsync(BuildsApi.GetGeneratedCode, [package.BuildKey!], query: null, caller, cancellationToken)),
        (package, _, _) => Task.FromResult<IReadOnlyList<string>>([.. (package.Errors ?? []).Select(e => e.Message).OfType<string>()]),
        (before, now) => now.BuildKey = before.BuildKey)
    {
        // Its answers do not say of which build they are: there is one for each, in their order.
        IsInOrder = true,
    };

    /// <summary>What is known of a build that was just started.</summary>
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
}
