using System.Collections;
using OdcPowerShell.Http;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Parameters;

/// <summary>Names of portfolios.</summary>
public sealed class PortfolioCompleter : NameCompleter
{
    // The list has no filter by name.
    private protected override async Task<IEnumerable<string?>> NamesAsync(OdcClient client, string typed, ICaller caller, CancellationToken cancellationToken) =>
        ((await client.GetAsync(PortfoliosApi.ListPortfolios, [], query: null, caller, cancellationToken)).Results ?? []).Select(p => p.Name);
}

/// <summary>The types of assets that run in stages.</summary>
public sealed class DeployableTypeCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => ["WebApplication", "MobileApplication", "Workflow", "Agent"];
}

/// <summary>The types of libraries.</summary>
public sealed class LibraryTypeCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) =>
        ["LowCodeLibrary", "ExtensionLibrary", "ExternalLibrary", "WidgetLibrary", "MobileLibrary"];
}

/// <summary>The fields by which libraries are sorted.</summary>
public sealed class LibrarySortCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => ["Name", "PublishDateTime"];
}

/// <summary>Which revisions of libraries are wanted.</summary>
public sealed class RevisionScopeCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => ["Latest", "HighestTag", "All"];
}
