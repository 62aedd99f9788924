using OdcPowerShell.AssetRepository;
using static OdcPowerShell.Http.Verbs;

namespace OdcPowerShell.ExternalLibraries;

/// <summary>The external library generation API.</summary>
internal static class ExternalLibrariesApi
{
    private const string Base = "/api/external-libraries/v1";
    private const string Generations = Base + "/generation-operations";
    private const string One = Generations + "/{operationKey}";
    private const string SourceDownloads = Base + "/assets/{assetKey}/revisions/{revision}/source-code-download";
    private const string CreateAssets = "Asset management > Create";
    private const string ChangeAssets = "Asset management > Change";
    private static readonly Permission CreateOrChange = Permission.ByCase(("new library", CreateAssets), ("existing", ChangeAssets));

    internal static readonly Operation<Page<OdcExternalLibraryGeneration>> ListGenerations = new(Get, Generations, Permission.AnyAtAll) { IsWholeList = true };
    internal static readonly Operation<StartedLibraryOperation> StartGeneration = new(Post, Generations, CreateOrChange);
    internal static readonly Operation<OdcExternalLibraryGeneration> GetGeneration = new(Get, One, Permission.AnyAtAll);
    internal static readonly Operation DeleteGeneration = new(Delete, One, CreateOrChange);
    internal static readonly Operation<GenerationContents> GetContents = new(Get, One + "/contents", CreateOrChange);
    internal static readonly Operation<GenerationLog> GetLog =
        new(Get, One + "/log-messages", Permission.OneOf("no library key yet: Asset management > Create or Change; new: Create; existing: Change", CreateAssets, ChangeAssets));

    internal static readonly Operation<StartedLibraryOperation> StartSourceDownload = new(Post, SourceDownloads, ChangeAssets);
    internal static readonly Operation<OdcExternalLibrarySourceDownload> GetSourceDownload = new(Get, SourceDownloads + "/{operationKey}", ChangeAssets);

    // Each answer has other URLs, although it is a GET.
    internal static readonly Operation<OdcUpload> CreateUpload = new(Get, Base + "/uploads", Permission.OneOf("Asset management > Create (guide also allows Change)", CreateAssets, ChangeAssets));
}
