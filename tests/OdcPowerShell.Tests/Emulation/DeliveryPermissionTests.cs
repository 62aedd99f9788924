using System.Text.Json.Nodes;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>Which permission opens which operation of these APIs.</summary>
public sealed class DeliveryPermissionTests
{
    private const string Open = "Asset management > Open";
    private const string Change = "Asset management > Change";
    private const string Create = "Asset management > Create";
    private const string Delete = "Asset management > Delete";
    private const string Release = "Release management > Release";
    private const string Deploy = "Release management > Deploy assets";
    private const string View = "Stage > View stage";
    private const string ManageStages = "Portfolio management > Manage stages";
    private const string ManagePortfolio = "Portfolio management > Manage portfolio";
    private const string Any = "Subscriptions > View subscription";

    private static readonly string[] s_apis = ["asset-repository", "builds", "deployments", "dependency-management", "portfolios"];

    // Everyone signed in gets these, and in them what he may see.
    private static readonly string[] s_free =
        ["GET /api/portfolios/v1/deployed-assets", "GET /api/portfolios/v1/environments", "GET /api/portfolios/v2/environments"];

    // All others need any permission.
    private static readonly Dictionary<string, string[]> s_needed = new()
    {
        ["GET /api/asset-repository/v1/assets"] = [Open],
        ["GET /api/asset-repository/v1/assets/{assetKey}/revisions"] = [Open],
        ["GET /api/asset-repository/v1/assets/{assetKey}/revisions/{revisionNumber}/source-code"] = [Open],
        ["POST /api/asset-repository/v1/assets"] = [Create, Change],
        ["PATCH /api/asset-repository/v1/assets/{assetKey}/revisions/{revisionNumber}"] = [Change, Release],
        ["DELETE /api/asset-repository/v1/assets/{assetKey}"] = [Delete],
        ["GET /api/builds/v1/build-operations"] = [Open],
        ["POST /api/builds/v1/build-operations"] = [Open],
        ["GET /api/builds/v1/build-operations/{operationKey}"] = [Open],
        ["GET /api/builds/v1/build-operations/{operationKey}/log-messages"] = [Open],
        ["GET /api/builds/v1/build-operations/{operationKey}/generated-code"] = [Open],
        ["POST /api/builds/v1/build-operations/{operationKey}/generated-code"] = [Open],
        ["GET /api/dependency-management/v1/assets/{assetKey}/revisions/{revisionNumber}/referenced-elements"] = [Open],
        ["POST /api/dependency-management/v1/deployment-analyses"] = [Deploy],
        ["POST /api/dependency-management/v1/deletion-analyses"] = [Delete],
        ["GET /api/dependency-management/v1/deletion-analyses/{analysisKey}"] = [Delete],
        ["GET /api/deployments/v1/deployment-operations"] = [View],
        ["POST /api/deployments/v1/deployment-operations"] = [Deploy],
        ["GET /api/deployments/v1/deployment-operations/{operationKey}"] = [View],
        ["GET /api/deployments/v1/deployment-operations/{operationKey}/messages"] = [View],
        ["GET /api/deployments/v1/publish-operations"] = [View],
        ["POST /api/deployments/v1/publish-operations"] = [Change],
        ["GET /api/deployments/v1/publish-operations/{operationKey}"] = [View],
        ["GET /api/deployments/v1/publish-operations/{operationKey}/messages"] = [View],
        ["PATCH /api/portfolios/v2/environments"] = [ManageStages, ManagePortfolio],
        ["PATCH /api/portfolios/v2/environments/{environmentKey}"] = [ManageStages, ManagePortfolio],
        ["PATCH /api/portfolios/v2/portfolios/{portfolioKey}"] = [ManagePortfolio],
    };

    [Fact]
    public async Task Each_operation_opens_to_its_permissions_and_to_no_other()
    {
        var operations = Specification.Required().All.Where(o => s_apis.Contains(o.Template.Split('/')[2])).ToList();
        Assert.Equal(50, operations.Count);
        await using var lab = await DeliveryLab.StartAsync("empty");
        var client = lab.Tenant.Clients["empty"];
        var all = lab.Tenant.Clients["admin"].Permissions;
        foreach (var operation in operations)
        {
            async Task<bool> IsOpenAsync(IReadOnlyCollection<string> permissions)
            {
                client.Permissions = permissions;
                var path = operation.Template.Replace("{revisionNumber}", "1", StringComparison.Ordinal);
                path = string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? Guid.NewGuid().ToString() : part));
                return (await lab.SendAsync(operation.Method, path, operation.Method is "POST" or "PATCH" ? new JsonObject() : null)).Status != 403;
            }

            var isFree = s_free.Contains(operation.Name);
            var needed = s_needed.GetValueOrDefault(operation.Name);
            Assert.True(await IsOpenAsync([]) == isFree, $"{operation.Name} without any permission");
            foreach (var permission in needed ?? [Any])
                Assert.True(await IsOpenAsync([permission]), $"{operation.Name} with {permission}");
            if (needed is not null)
                Assert.False(await IsOpenAsync([.. all.Except(needed)]), $"{operation.Name} with all but {string.Join(", ", needed)}");
        }

        Assert.Empty(s_free.Concat(s_needed.Keys).Except(operations.Select(o => o.Name)));
    }
}
