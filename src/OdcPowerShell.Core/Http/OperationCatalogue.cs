using OdcPowerShell.Identity;
using OdcPowerShell.Organization;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Http;

/// <summary>Every operation that the module knows, so that a raw request too can be told which permission it needs.</summary>
internal static class OperationCatalogue
{
    internal static IEnumerable<Operation> All => [.. IdentityApi.All, .. OrganizationApi.All, .. PortfoliosApi.All];

    /// <summary>The operation that a request calls; exact paths win over those with placeholders.</summary>
    internal static Operation? Find(HttpMethod method, string path) =>
        All.Where(o => o.Matches(method, path)).OrderBy(o => o.Template.Count(c => c == '{')).FirstOrDefault();
}
