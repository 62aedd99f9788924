using System.Text.Json.Serialization;

namespace OdcPowerShell.Emulator;

internal sealed record PatchPortfolioBody(string? Name);

internal sealed record PatchStageBody(string? Name, int? Order);

internal sealed record PatchStagesBody(IReadOnlyList<KeyedStagePatchBody>? Environments);

internal sealed record KeyedStagePatchBody(Guid? Key, string? Name, int? Order);

internal sealed record PortfolioBody(Guid Key, string Name, string Type, bool IsMainPortfolio, int NonProductionEnvironmentCount)
{
    public static PortfolioBody Of(EmulatedPortfolio portfolio, List<EmulatedStage> stages) => new(
        portfolio.Key, portfolio.Name, "oscloud", portfolio.IsMain,
        stages.Count(stage => stage.PortfolioKey == portfolio.Key && stage.Purpose != "Production"));
}

/// <summary>A stage as version 1 writes it.</summary>
internal sealed record OldStageBody(
    string Key, string Name, string Hostname, string Purpose, int Order, string Region, string Hosting, bool IsConfigured,
    bool IsDeployedToCluster)
{
    public static OldStageBody Of(EmulatedStage stage) => new(
        stage.Key.ToString(), stage.Name, stage.BuiltInDomain, stage.Purpose, stage.Order, stage.Region, stage.Hosting,
        stage.Hosting == "selfhosted", stage.Status == "Ready");
}

internal sealed record DeployedAssetBody(string Type, Guid Key, bool IsBuiltIn, IReadOnlyList<DeployedBody> Deployments);

/// <summary>What runs in a stage; version 1 has no portfolio.</summary>
internal sealed record DeployedBody(
    Guid EnvironmentKey, string Name, int Revision, Guid BuildKey, Guid DeploymentKey, DateTime DeploymentDateTime, string? Description,
    string? IconUrl, string DeploymentUserId, string? Url, string? Tag, string? TaggingUserKey, DateTime? TaggingDateTime)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? PortfolioKey { get; init; }

    public static DeployedBody Of(DeployedRevision deployed, EmulatedStage stage, RevisionLinks links, bool isOld)
    {
        var (asset, revision) = (deployed.Asset, deployed.Revision);
        var host = isOld ? stage.BuiltInDomain : stage.DefaultDomain;
        return new DeployedBody(
            stage.Key, asset.Name, revision.Number, deployed.BuildKey, deployed.OperationKey, deployed.At.UtcDateTime, asset.Description,
            links.Icon(revision), deployed.By, asset.UrlPath is { } path ? $"https://{host}/{path}" : null, revision.Tag?.ToString(),
            revision.TaggedBy, revision.TaggedAt?.UtcDateTime)
        {
            PortfolioKey = isOld ? null : stage.PortfolioKey,
        };
    }
}

internal sealed record LibraryBody(Guid Key, string Type, bool IsBuiltIn, Guid PortfolioKey, IReadOnlyList<LibraryRevisionBody> Revisions);

internal sealed record LibraryRevisionBody(
    int Revision, string Name, string? Description, string? IconUrl, DateTime PublishDateTime, string PublishUserKey, string? Tag,
    string? TaggingUserKey, DateTime? TaggingDateTime, bool IsLatest)
{
    public static LibraryRevisionBody Of(AssetRevision revision, RevisionLinks links) => new(
        revision.Number, revision.Asset.Name, revision.Asset.Description, links.Icon(revision), revision.CreatedAt.UtcDateTime,
        revision.CreatedBy, revision.Tag?.ToString(), revision.TaggedBy, revision.TaggedAt?.UtcDateTime,
        revision == revision.Asset.Latest);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(PatchPortfolioBody))]
[JsonSerializable(typeof(PatchStageBody))]
[JsonSerializable(typeof(PatchStagesBody))]
[JsonSerializable(typeof(PagedBody<PortfolioBody>))]
[JsonSerializable(typeof(ListBody<OldStageBody>))]
[JsonSerializable(typeof(PagedBody<DeployedAssetBody>))]
[JsonSerializable(typeof(PagedBody<LibraryBody>))]
internal sealed partial class PortfoliosJson : JsonSerializerContext;
