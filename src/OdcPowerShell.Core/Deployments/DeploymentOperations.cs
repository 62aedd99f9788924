using System.Globalization;
using OdcPowerShell.Http;
using OdcPowerShell.Json;

namespace OdcPowerShell.Deployments;

/// <summary>Deployments and publications as operations that are waited for.</summary>
internal static class DeploymentOperations
{
    // The service's clock may differ a little from the time that the first answer told.
    private static readonly TimeSpan Earlier = TimeSpan.FromSeconds(5);

    internal static OperationKind<OdcDeployment> Deployments(OdcClient client) => new(
        "deployment",
        "Get-OdcDeployment shows how it went, and Wait-OdcOperation waits again.",
        (pending, unread, caller, cancellationToken) => LookAsync(client, DeploymentsApi.FilterDeployments, DeploymentsApi.GetDeployment, pending, unread, caller, cancellationToken),
        (failed, caller, cancellationToken) => ErrorsAsync(Messages(client, DeploymentsApi.GetDeploymentMessages, failed.OperationKey!), caller, cancellationToken),
        Carry)
    {
        About = deployment => deployment.AssetName,
    };

    internal static OperationKind<OdcPublication> Publications(OdcClient client) => new(
        "publication",
        "Get-OdcPublication shows how it went, and Wait-OdcOperation waits again.",
        (pending, unread, caller, cancellationToken) => LookAsync(client, DeploymentsApi.FilterPublications, DeploymentsApi.GetPublication, pending, unread, caller, cancellationToken),
        (failed, caller, cancellationToken) => ErrorsAsync(Messages(client, DeploymentsApi.GetPublicationMessages, failed.OperationKey!), caller, cancellationToken),
        Carry);

    internal static IPageReader<OdcOperationMessage> Messages(OdcClient client, Operation<CursorPage<OdcOperationMessage>> operation, string operationKey, int pageSize = 100) =>
        new CursorPageReader<OdcOperationMessage>(async (cursor, caller, cancellationToken) =>
        {
            var query = new Query().Add("limit", pageSize).Add("offset", cursor);
            var page = await client.GetAsync(operation, [operationKey], query, caller, cancellationToken).ConfigureAwait(false);
            return (page.Results, page.Info?.NextPageOffset);
        }).Each(message => message.OperationKey = operationKey);

    /// <summary>One operation is read by its key, several by one list of all since the first of them.</summary>
    private static async Task<IReadOnlyList<T>> LookAsync<T>(
        OdcClient client, Operation<Page<T>> list, Operation<T> one, IReadOnlyList<T> pending, Action<T, OdcException> unread, ICaller caller, CancellationToken cancellationToken)
        where T : StageOperation
    {
        if (pending.Count == 1 || pending.Any(p => p.StartedDateTime is null))
        {
            var look = OperationKind<T>.OneByOne((operation, c, stopped) => client.GetAsync(one, [operation.OperationKey!], query: null, c, stopped));
            return await look(pending, unread, caller, cancellationToken).ConfigureAwait(false);
        }

        var since = pending.Min(p => p.StartedDateTime)!.Value - Earlier;
        var query = new Query().Add("createdDateSince", since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        return await new OffsetPageReader<T>(client, list, query, new ListWindow()).ReadAllAsync(caller, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<string>> ErrorsAsync(IPageReader<OdcOperationMessage> messages, ICaller caller, CancellationToken cancellationToken)
    {
        var all = await messages.ReadAllAsync(caller, cancellationToken).ConfigureAwait(false);
        return [.. all.Where(m => m.Severity == "Error").Select(m => m.Message).OfType<string>()];
    }

    private static void Carry(StageOperation before, StageOperation now) => (now.StageKey, now.StageName) = (before.StageKey, before.StageName);
}
