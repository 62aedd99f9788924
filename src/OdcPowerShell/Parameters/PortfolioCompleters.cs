using OdcPowerShell.Http;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Parameters;

/// <summary>Names of portfolios.</summary>
public sealed class PortfolioCompleter : NameCompleter
{
    // The list has no filter by name.
    private protected override async Task<IEnumerable<string?>> NamesAsync(OdcClient client, string typed, ICaller caller, CancellationToken cancellationToken) =>
        await Of(PortfoliosApi.ListPortfolios, client, "", caller, cancellationToken);
}

/// <summary>The types of assets that run in stages.</summary>
public sealed class DeployableTypeCompleter() : KnownValueCompleter("WebApplication", "MobileApplication", "Workflow", "Agent");

/// <summary>The types of libraries.</summary>
public sealed class LibraryTypeCompleter() : KnownValueCompleter("LowCodeLibrary", "ExtensionLibrary", "ExternalLibrary", "WidgetLibrary", "MobileLibrary");

/// <summary>The fields by which libraries are sorted.</summary>
public sealed class LibrarySortCompleter() : KnownValueCompleter("Name", "PublishDateTime");

/// <summary>Which revisions of libraries are wanted.</summary>
public sealed class RevisionScopeCompleter() : KnownValueCompleter("Latest", "HighestTag", "All");

/// <summary>Names of libraries.</summary>
public sealed class LibraryCompleter : NameCompleter
{
    private protected override Task<IEnumerable<string?>> NamesAsync(OdcClient client, string typed, ICaller caller, CancellationToken cancellationToken) =>
        Of(PortfoliosApi.ListLibraries, client, typed, caller, cancellationToken);
}
