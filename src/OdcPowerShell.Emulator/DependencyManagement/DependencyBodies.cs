using System.Text.Json.Serialization;

namespace OdcPowerShell.Emulator;

/// <summary>A consumer.</summary>
internal sealed record DependencyBody(
    Guid Key, Guid PortfolioKey, int Revision, string Name, string? Description, string Type, Guid SignatureDigest,
    Guid CompatibilitySignatureDigest, Guid ModelDigest)
{
    public static DependencyBody Of(AssetRevision revision) => new(
        revision.Asset.Key, revision.Asset.PortfolioKey, revision.Number, revision.Asset.Name, revision.Asset.Description,
        revision.Asset.Type, revision.SignatureDigest, revision.CompatibilityDigest, revision.ModelDigest);
}

/// <summary>A producer with the keys of its own producers.</summary>
internal sealed record ProducerBody(
    Guid Key, Guid PortfolioKey, int Revision, string Name, string? Description, string Type, Guid SignatureDigest,
    Guid CompatibilitySignatureDigest, Guid ModelDigest, bool IsDirectProducer, IReadOnlyList<Guid> Producers)
{
    public static ProducerBody Of(AssetRevision revision, bool isDirect, IReadOnlyList<Guid> producers) => new(
        revision.Asset.Key, revision.Asset.PortfolioKey, revision.Number, revision.Asset.Name, revision.Asset.Description,
        revision.Asset.Type, revision.SignatureDigest, revision.CompatibilityDigest, revision.ModelDigest, isDirect, producers);
}

/// <summary>A producer with its own producers.</summary>
internal sealed record ProducerNodeBody(
    Guid Key, Guid PortfolioKey, int Revision, string Name, string? Description, string Type, Guid SignatureDigest,
    Guid CompatibilitySignatureDigest, Guid ModelDigest, IReadOnlyList<ProducerNodeBody> Producers)
{
    public static ProducerNodeBody Of(AssetRevision revision, IReadOnlyList<ProducerNodeBody> producers) => new(
        revision.Asset.Key, revision.Asset.PortfolioKey, revision.Number, revision.Asset.Name, revision.Asset.Description,
        revision.Asset.Type, revision.SignatureDigest, revision.CompatibilityDigest, revision.ModelDigest, producers);
}

internal sealed record PublicElementBody(
    Guid AssetKey, string AssetName, int Revision, string? Tag, Guid Key, string Name, string? Description, Guid SignatureDigest,
    Guid CompatibilitySignatureDigest, bool IsHidden, string AssetType, string Type)
{
    public static PublicElementBody Of(AssetRevision owner, PublicElement element) => new(
        owner.Asset.Key, owner.Asset.Name, owner.Number, owner.Tag?.ToString(), element.Key, element.Name, element.Description,
        owner.SignatureDigest, owner.CompatibilityDigest, element.IsHidden, owner.Asset.Type, element.Type);
}

internal sealed record ReferencedElementBody(
    Guid AssetKey, int Revision, Guid Key, string Name, string? Description, bool IsHidden, Guid SignatureDigest,
    Guid CompatibilitySignatureDigest, Guid ProducerAssetKey, string ProducerAssetName, string Type, string ProducerAssetType)
{
    public static ReferencedElementBody Of(AssetRevision consumer, AssetReference reference, PublicElement element) => new(
        consumer.Asset.Key, consumer.Number, element.Key, element.Name, element.Description, element.IsHidden,
        reference.Revision.SignatureDigest, reference.Revision.CompatibilityDigest, reference.Producer.Key, reference.Producer.Name,
        element.Type, reference.Producer.Type);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(ListBody<DependencyBody>))]
[JsonSerializable(typeof(ListBody<ProducerBody>))]
[JsonSerializable(typeof(ListBody<ProducerNodeBody>))]
[JsonSerializable(typeof(ListBody<PublicElementBody>))]
[JsonSerializable(typeof(PagedBody<PublicElementBody>))]
[JsonSerializable(typeof(ListBody<ReferencedElementBody>))]
[JsonSerializable(typeof(ElementSearchBody))]
[JsonSerializable(typeof(AnalysisRequestBody))]
[JsonSerializable(typeof(AnalysisKeyBody))]
[JsonSerializable(typeof(AnalysisBody<DeploymentReportBody>))]
[JsonSerializable(typeof(AnalysisBody<DeletionReportBody>))]
internal sealed partial class DependenciesJson : JsonSerializerContext;
