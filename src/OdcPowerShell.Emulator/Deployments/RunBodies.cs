using System.Text.Json.Serialization;

namespace OdcPowerShell.Emulator;

internal sealed record StartDeploymentBody(string? Operation, Guid? AssetKey, Guid? BuildKey, int? Revision, Guid? EnvironmentKey);

internal sealed record StartPublicationBody(string? Operation, Guid? AssetKey, int? Revision, Guid? EnvironmentKey);

/// <summary>A deployment operation; it does not say in which stage.</summary>
internal sealed record DeploymentBody(
    Guid Key, string Status, DateTime StartedDateTime, DateTime FinishedDateTime, string DeployedBy, Guid AssetKey,
    IReadOnlyList<int> Revisions, Guid? BuildKey, string AssetName, string Operation, Guid PortfolioKey)
{
    public static DeploymentBody Of(DeploymentRun run) => new(
        run.Key, run.Status, run.StartedAt.UtcDateTime, RunTimes.Finished(run), run.RequestedBy, run.Asset.Key, [run.Revision.Number],
        run.Build?.Key, run.Asset.Name, run.Does.ToString(), run.Asset.PortfolioKey);
}

internal sealed record PublicationBody(
    Guid Key, string Status, DateTime StartedDateTime, DateTime FinishedDateTime, string DeployedBy, Guid AssetKey, int Revision,
    Guid? BuildKey, Guid PortfolioKey, string Operation)
{
    public static PublicationBody Of(PublishRun run) => new(
        run.Key, run.Status, run.StartedAt.UtcDateTime, RunTimes.Finished(run), run.RequestedBy, run.Asset.Key, run.Revision.Number,
        run.Build?.Key, run.Asset.PortfolioKey, "Publish");
}

internal static class RunTimes
{
    // The schema allows no null: a running operation has .NET's first moment, as unset dates have.
    private static readonly DateTime s_unset = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);

    public static DateTime Finished(TimedOperation operation) => operation.FinishedAt?.UtcDateTime ?? s_unset;
}

/// <summary>A page without totals.</summary>
internal sealed record RunPageBody<T>(IReadOnlyList<T> Results, OpenPageBody Page)
{
    public static RunPageBody<T> Of<TRun>(List<TRun> all, int limit, int offset, Func<TRun, T> body)
    {
        List<T> page = [.. all.Skip(offset).Take(limit).Select(body)];
        int? next = offset + page.Count < all.Count ? offset + limit : null;
        return new RunPageBody<T>(page, new OpenPageBody(page.Count, limit, offset, next));
    }
}

internal sealed record OpenPageBody(int Count, int Limit, int? Offset, int? NextPageOffset);

internal sealed record RunMessagesBody(IReadOnlyList<RunMessageBody> Results, CursorPageBody Page);

internal sealed record CursorPageBody(int Count, int Limit, string? Offset, string? NextPageOffset);

internal sealed record RunMessageBody(DateTime Timestamp, string Type, string Severity, string Message, MessageInfoBody AdditionalInfo)
{
    public static RunMessageBody Of(ProgressMessage message, Asset asset) => new(
        message.At.UtcDateTime, message.Type, message.Severity, message.Text, new MessageInfoBody(message.StepId, asset.Key));
}

internal sealed record MessageInfoBody(string StepId, Guid AssetKey);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(StartDeploymentBody))]
[JsonSerializable(typeof(StartPublicationBody))]
[JsonSerializable(typeof(RunPageBody<DeploymentBody>))]
[JsonSerializable(typeof(RunPageBody<PublicationBody>))]
[JsonSerializable(typeof(RunMessagesBody))]
internal sealed partial class DeploymentsJson : JsonSerializerContext;
