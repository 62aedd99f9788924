using OdcPowerShell.Operations;

namespace OdcPowerShell.Deployments;

/// <summary>An operation on an asset in a stage. Its answers do not name the stage: the one that was asked for is kept.</summary>
public abstract class StageOperation : OdcResource, ILongRunning
{
    [JsonPropertyName("key")]
    public string? OperationKey { get; set; }

    /// <summary>Running, Finished or FinishedWithError.</summary>
    public string? Status { get; set; }

    public string? AssetKey { get; set; }

    public string? BuildKey { get; set; }

    /// <summary>The stage that the operation was started in, or that was asked for; null where it is not known.</summary>
    [JsonIgnore]
    public string? StageKey { get; internal set; }

    [JsonIgnore]
    public string? StageName { get; internal set; }

    public DateTimeOffset? StartedDateTime { get; set; }

    /// <summary>When the operation ended; null while it runs.</summary>
    public DateTimeOffset? FinishedDateTime { get; set; }

    /// <summary>The key of the user or API client who started it.</summary>
    public string? DeployedBy { get; set; }

    /// <summary>The name of the user who started it; null for an API client, and where users can't be read.</summary>
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

/// <summary>Reads operations with the names that their answers leave out: of the people who started them, and of the assets of publications.</summary>
internal static class StageOperations
{
    /// <summary>The same list with names: one request a page as a rule, and none where all are known.</summary>
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
