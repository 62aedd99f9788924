using System.Globalization;
using OdcPowerShell.Operations;

namespace OdcPowerShell.Deployments;

/// <summary>Deployments and publications as long-running operations.</summary>
internal static class DeploymentOperations
{
    internal static OperationDescriptor<OdcDeployment> Deployments { get; } = Of<OdcDeployment>(
        "deployment", "Get-OdcDeployment", DeploymentsApi.FilterDeployments, DeploymentsApi.GetDeployment, DeploymentsApi.GetDeploymentMessages,
        deployment => (deployment.AssetName, deployment.Revision));

    internal static OperationDescriptor<OdcPublication> Publications { get; } = Of<OdcPublication>(
        "publication", "Get-OdcPublication", DeploymentsApi.FilterPublications, DeploymentsApi.GetPublication, DeploymentsApi.GetPublicationMessages,
        publication => (publication.AssetName, publication.Revision));

    internal static IPagedList<OdcOperationMessage> Messages(OdcClient client, Operation<CursorPage<OdcOperationMessage>> operation, string operationKey, int pageSize = 100) =>
        new CursorPages<OdcOperationMessage>(async (cursor, caller, cancellationToken) =>
        {
            var query = new Query().Add("limit", pageSize).Add("offset", cursor);
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
