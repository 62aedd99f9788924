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
