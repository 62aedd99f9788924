using System.Text.Json.Serialization;

namespace OdcPowerShell.AssetRepository;

/// <summary>An asset - an app, a library, a workflow, an agent - as its latest revision tells it.</summary>
public class OdcAsset : OdcResource, INamed
{
    public string? AssetKey { get; init; }

    public string? Name { get; init; }

    /// <summary>WebApplication, MobileApplication, LowCodeLibrary, Workflow, Agent, or another type of this or a later version of the service.</summary>
    public string? AssetType { get; init; }

    public int? Revision { get; init; }

    /// <summary>The version tag, Major.Minor.Patch; null for a revision without one.</summary>
    public string? Tag { get; init; }

    public string? Description { get; init; }

    public string? PortfolioKey { get; init; }

    public bool? IsExternal { get; init; }

    public string? ModelDigest { get; init; }

    public string? ClonedFromTemplateKey { get; init; }

    public string? CreatedBy { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public string? CommitMessage { get; init; }

    public string? TaggedBy { get; init; }

    public DateTimeOffset? TaggedAt { get; init; }

    /// <summary>What was asked for with <c>-Embed</c>; otherwise null.</summary>
    [JsonPropertyName("_embedded")]
    public OdcAssetEmbedded? Embedded { get; init; }

    /// <summary>The same as <see cref="AssetKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => AssetKey;

    internal override IEnumerable<OdcResource?> Parts => [Embedded];

    public override string ToString() => Name ?? AssetKey ?? "";
}
