using System.Text.Json;
using System.Text.Json.Serialization;
using OdcPowerShell.Json;

namespace OdcPowerShell.Builds;

/// <summary>How the answers of the build operations API are read.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcDateTimeConverter)])]
[JsonSerializable(typeof(BuildList))]
[JsonSerializable(typeof(StartedBuild))]
[JsonSerializable(typeof(StartBuildBody))]
[JsonSerializable(typeof(OdcBuild))]
[JsonSerializable(typeof(Page<OdcBuildMessage>))]
[JsonSerializable(typeof(OdcGeneratedCodePackage))]
internal sealed partial class BuildsJson : JsonSerializerContext;

/// <summary>The builds of a revision; the one list that is not called results.</summary>
internal sealed class BuildList
{
    public IReadOnlyList<OdcBuild>? Builds { get; set => field = value.Present(); }
}

/// <summary>Whether a build or a package was started.</summary>
internal sealed class StartedBuild : IAnswer
{
    public string? BuildKey { get; set; }

    public bool? IsSuccessful { get; set; }

    [JsonIgnore]
    public string? Missing => BuildKey is null && IsSuccessful is null ? "buildKey" : null;

    /// <exception cref="OdcException">It was not started.</exception>
    internal StartedBuild Required(string what) => IsSuccessful == false
        ? throw new OdcException(OdcErrorCause.OperationFailed, $"The service did not start {what}, and gives no reason.", "Check that the revision exists and can be built, then try again.")
        : this;

    /// <summary>The key of the build that was started.</summary>
    /// <exception cref="OdcException">It was not started, or the answer has no key.</exception>
    internal string RequiredKey(string what) => Required(what).BuildKey
        ?? throw new OdcException(OdcErrorCause.UnexpectedResponse, $"The service started {what}, but did not tell its key.", "Get-OdcBuild -Asset lists the builds of the revision.");
}

/// <summary>The body that starts a build.</summary>
internal sealed record StartBuildBody(string AssetKey, int AssetRevision, string BuildType);
