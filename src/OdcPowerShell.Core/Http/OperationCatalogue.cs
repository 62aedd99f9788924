using System.Reflection;
using OdcPowerShell.AssetRepository;
using OdcPowerShell.Builds;
using OdcPowerShell.DependencyManagement;
using OdcPowerShell.Deployments;
using OdcPowerShell.Identity;
using OdcPowerShell.Organization;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Http;

/// <summary>Every operation that the module knows, so that a raw request too can be told which permission it needs.</summary>
internal static class OperationCatalogue
{
    private static readonly IReadOnlyList<Type> Apis =
    [
        typeof(AnalysesApi), typeof(AssetRepositoryApi), typeof(BuildsApi), typeof(DependencyManagementApi), typeof(DeploymentsApi), typeof(IdentityApi),
        typeof(OrganizationApi), typeof(PortfoliosApi), typeof(PortfoliosV1Api),
    ];

    /// <summary>The operations of all APIs, as their fields name them.</summary>
    internal static IEnumerable<Operation> All =>
        Apis.SelectMany(api => api.GetFields(BindingFlags.Static | BindingFlags.NonPublic)).Select(f => f.GetValue(obj: null)).OfType<Operation>();

    /// <summary>The operation that a request calls; exact paths win over those with placeholders.</summary>
    internal static Operation? Find(HttpMethod method, string path) =>
        All.Where(o => o.Matches(method, path)).OrderBy(o => o.Template.Count(c => c == '{')).FirstOrDefault();
}
