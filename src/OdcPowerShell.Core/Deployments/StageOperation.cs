using System.Globalization;
using OdcPowerShell.Operations;

namespace OdcPowerShell.Deployments;

/// <summary>An operation on an asset in a stage. The answers don't contain the stage, so the stage of the request is kept.</summary>
public abstract class StageOperation : OdcResource, ILongRunning
{
    [JsonPropertyName("key")]
    public string? OperationKey { get; set; }

    /// <summary>Running, Finished or FinishedWithError.</summary>
    public string? Status { get; set; }

    public string? AssetKey { get; set; }

    public string? BuildKey { get; set; }

    /// <summary>The stage of the operation, from the request; null if not known.</summary>
    [JsonIgnore]
    public string? StageKey { get; internal set; }

    [JsonIgnore]
    public string? StageName { get; internal set; }

    public DateTimeOffset? StartedDateTime { get; set; }

    /// <summary>When the operation ended; null while it runs.</summary>
    public DateTimeOffset? FinishedDateTime { get; set; }

    /// <summary>The key of the user or API client who started it.</summary>
    public string? DeployedBy { get; set; }

    /// <summary>The name of the user who started it; null for an API client, or if users can't be read.</summary>
    [JsonIgnore]
    public string? DeployedByName { get; internal set; }

    public string? PortfolioKey { get; set; }

    public string? Operation { get; set; }

    [JsonIgnore]
    public bool IsTerminal => Status is "Finished" or "FinishedWithError";

    [JsonIgnore]
    public bool IsSuccess => Status == "Finished";

    OperationDescriptor ILongRunning.Descriptor => Descriptor;

    private protected abstract OperationDescriptor Descriptor { get; }

    public override string ToString() => OperationKey ?? "";
}

/// <summary>Adds names that the answers lack: of the users who started operations, and of the assets of publications.</summary>
internal static class StageOperations
{
    /// <summary>The same list with names. It usually takes one request a page, and none when all names are known.</summary>
    internal static IPagedList<T> Named<T>(this IPagedList<T> rows, OdcClient client)
        where T : StageOperation => rows.Do((page, caller, cancellationToken) => NameAsync(client, page, caller, cancellationToken));

    internal static async Task<T> ReadAsync<T>(OdcClient client, Operation<T> operation, string key, ICaller caller, CancellationToken cancellationToken)
        where T : StageOperation
    {
        var found = await client.GetAsync(operation, [key], query: null, caller, cancellationToken).ConfigureAwait(false);
        await NameAsync(client, [found], caller, cancellationToken).ConfigureAwait(false);
        return found;
    }

    private static async Task NameAsync(OdcClient client, IReadOnlyList<StageOperation> operations, ICaller caller, CancellationToken cancellationToken)
    {
        await client.Names.UserNames.LearnAsync(operations.Select(o => o.DeployedBy), caller, cancellationToken).ConfigureAwait(false);
        await client.Names.AssetNames.LearnAsync(operations.OfType<OdcPublication>().Select(p => p.AssetKey), caller, cancellationToken).ConfigureAwait(false);
        foreach (var operation in operations)
            operation.DeployedByName = client.Names.UserNames.Of(operation.DeployedBy);
        foreach (var publication in operations.OfType<OdcPublication>())
            publication.AssetName = client.Names.AssetNames.Of(publication.AssetKey);
    }
}

/// <summary>A deployment, an undeployment, or the application of configurations.</summary>
[Columns("AssetName 22", "Revision 8", "StageName 12", "StartedDateTime 17", "Status 19", "Operation 12", "DeployedByName")]
public sealed class OdcDeployment : StageOperation
{
    public string? AssetName { get; set; }

    /// <summary>The deployed revisions, usually one.</summary>
    public IReadOnlyList<int>? Revisions { get; set => field = value.Present(); }

    /// <summary>The first of <see cref="Revisions"/>.</summary>
    [JsonIgnore]
    public int? Revision => Revisions is { Count: > 0 } ? Revisions[0] : null;

    private protected override OperationDescriptor Descriptor => DeploymentOperations.Deployments;
}

/// <summary>The body that starts a deployment.</summary>
internal sealed record StartDeploymentBody(string Operation, string AssetKey, string? BuildKey, int Revision, string? EnvironmentKey);

/// <summary>A 1-Click Publish: a revision is built and deployed to its development stage.</summary>
[Columns("AssetName 22", "Revision 8", "StageName 12", "StartedDateTime 17", "Status 19", "DeployedByName 18", "FinishedDateTime")]
public sealed class OdcPublication : StageOperation
{
    /// <summary>The asset's name, which the answer lacks; null if the API client may not see assets.</summary>
    [JsonIgnore]
    public string? AssetName { get; internal set; }

    public int? Revision { get; set; }

    private protected override OperationDescriptor Descriptor => DeploymentOperations.Publications;
}

/// <summary>A message of the service about the progress of a deployment or publication.</summary>
[Columns("Timestamp 17", "Severity 8", "Message")]
public sealed class OdcOperationMessage : OdcResource
{
    public DateTimeOffset? Timestamp { get; set; }

    /// <summary>Info, Warning or Error.</summary>
    public string? Severity { get; set; }

    public string? Type { get; set; }

    public string? Message { get; set; }

    public OdcOperationMessageDetails? AdditionalInfo { get; set; }

    /// <summary>The operation that the message is about.</summary>
    [JsonIgnore]
    public string? OperationKey { get; internal set; }

    internal override IEnumerable<OdcResource?> Parts => [AdditionalInfo];

    public override string ToString() => Message ?? "";
}

/// <summary>The step and the asset of a message.</summary>
public sealed class OdcOperationMessageDetails : OdcResource
{
    public string? StepId { get; set; }

    public string? AssetKey { get; set; }

    public override string ToString() => StepId ?? "";
}

/// <summary>
/// Finds the stages of operations, which their list does not contain. For each page, the list of each stage for the same period shows which
/// operations ran there. The dates come from the page, so the filter has none. An operation in a stage that the API client can't see stays without a stage.
/// </summary>
internal sealed class StageFinder<T>(OdcClient client, Operation<Page<T>> list, Query filter)
    where T : StageOperation
{
    // The list filters by creation time, which is some time before the start.
    private static readonly TimeSpan Earlier = TimeSpan.FromHours(1);

    /// <summary>The same list with the stages of its rows.</summary>
    internal IPagedList<T> Name(IPagedList<T> rows) => rows.Do(NameAsync);

    private async Task NameAsync(IReadOnlyList<T> page, ICaller caller, CancellationToken cancellationToken)
    {
        await client.Names.Stages.LearnAsync(caller, cancellationToken).ConfigureAwait(false);
        var open = page.Where(row => row.OperationKey is not null).GroupBy(row => row.OperationKey!, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.OrdinalIgnoreCase);
        var dates = page.Select(row => row.StartedDateTime).OfType<DateTimeOffset>().ToList();
        foreach (var stage in client.Names.Stages.Loaded ?? [])
        {
            if (open.Count == 0 || dates.Count == 0)
                return;
            var query = filter.Copy().Add("environmentKey", stage.StageKey)
                .Add("createdDateSince", Text(dates.Min() - Earlier)).Add("createdDateTo", Text(dates.Max().AddSeconds(1)));
            await foreach (var some in new OffsetPages<T>(client, list, query, new ListWindow()).PagesAsync(caller, cancellationToken).ConfigureAwait(false))
            {
                foreach (var operation in some)
                    Found(open, operation.OperationKey, stage.StageKey, stage.Name);
                if (open.Count == 0)
                    break;
            }
        }
    }

    private static void Found(Dictionary<string, List<T>> open, string? key, string? stageKey, string? stageName)
    {
        if (key is null || !open.TryGetValue(key, out var rows))
            return;
        foreach (var row in rows)
            (row.StageKey, row.StageName) = (stageKey, stageName);
        open.Remove(key);
    }

    private static string Text(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Deployments and publications as long-running operations.</summary>
internal static class DeploymentOperations
{
    internal static OperationDescriptor<OdcDeployment> Deployments { get; } = Of<OdcDeployment>(
        "deployment", "Get-OdcDeployment", DeploymentsApi.FilterDeployments, DeploymentsApi.GetDeployment, DeploymentsApi.GetDeploymentMessages,
        deployment => (deployment.AssetName, deployment.Revision));

    internal static OperationDescriptor<OdcPublication> Publications { get; } = Of<OdcPublication>(
        "publication", "Get-OdcPublication", DeploymentsApi.FilterPublications, DeploymentsApi.GetPublication, DeploymentsApi.GetPublicationMessages,
        publication => (publication.AssetName, publication.Revision));

    internal static IPagedList<OdcOperationMessage> Messages(OdcClient client, Operation<CursorPage<OdcOperationMessage>> operation, string operationKey) =>
        new CursorPages<OdcOperationMessage>(async (cursor, caller, cancellationToken) =>
        {
            var query = new Query().Add("limit", 100).Add("offset", cursor);
            var page = await client.GetAsync(operation, [operationKey], query, caller, cancellationToken).ConfigureAwait(false);
            return (page.Results, page.Info?.NextPageOffset);
        }).Do(message => message.OperationKey = operationKey);

    private static OperationDescriptor<T> Of<T>(
        string noun, string readCommand, Operation<Page<T>> list, Operation<T> one, Operation<CursorPage<OdcOperationMessage>> messages, Func<T, (string? AssetName, int? Revision)> facts)
        where T : StageOperation => new(
        noun,
        readCommand,
        (client, operation, caller, cancellationToken) => client.GetAsync(one, [operation.OperationKey!], query: null, caller, cancellationToken),
        async (client, operation, caller, cancellationToken) =>
        {
            var all = await Messages(client, messages, operation.OperationKey!).ReadAllAsync(caller, cancellationToken).ConfigureAwait(false);
            return [.. all.Where(m => m.Severity == "Error").Select(m => m.Message).OfType<string>()];
        })
    {
        NewestFirst = client => new OffsetPages<T>(client, list, new Query().Add("sort", "-CreatedAt"), new ListWindow()),
        Complete = (before, now) =>
        {
            (now.StageKey, now.StageName, now.DeployedByName) = (before.StageKey, before.StageName, before.DeployedByName);
            if (before is OdcPublication { AssetName: { } name } && now is OdcPublication publication)
                publication.AssetName = name;
        },
        UnnamedAsset = operation => facts(operation).AssetName is null ? operation.AssetKey : null,
        About = (client, operation) => About(facts(operation).AssetName ?? client.Names.AssetNames.Of(operation.AssetKey), facts(operation).Revision, operation.StageName),
        Step = async (client, operation, caller, cancellationToken) =>
        {
            var all = await Messages(client, messages, operation.OperationKey!).ReadAllAsync(caller, cancellationToken).ConfigureAwait(false);
            return all.Count.ToString(CultureInfo.InvariantCulture);
        },
    };

    private static string? About(string? assetName, int? revision, string? stageName) => assetName is null
        ? null
        : assetName + (revision is null ? "" : FormattableString.Invariant($" revision {revision}")) + (stageName is null ? "" : $" to {stageName}");
}
