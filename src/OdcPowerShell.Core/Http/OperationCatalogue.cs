using System.Reflection;

namespace OdcPowerShell.Http;

/// <summary>Every operation that the module knows, so that a raw request too can be told which permission it needs.</summary>
internal static class OperationCatalogue
{
    // A domain's operations are the fields of its static class, <Domain>Api.
    private static IEnumerable<Type> Apis => typeof(OperationCatalogue).Assembly.GetTypes().Where(t => t is { IsAbstract: true, IsSealed: true } && t.Name.EndsWith("Api", StringComparison.Ordinal));

    /// <summary>The operations of all APIs, as their fields name them.</summary>
    internal static IEnumerable<Operation> All =>
        Apis.SelectMany(api => api.GetFields(BindingFlags.Static | BindingFlags.NonPublic)).Select(f => f.GetValue(obj: null)).OfType<Operation>();

    /// <summary>The operation that a request calls; exact paths win over those with placeholders.</summary>
    internal static Operation? Find(HttpMethod method, string path) =>
        All.Where(o => o.Matches(method, path)).OrderBy(o => o.Template.Count(c => c == '{')).FirstOrDefault();
}
