using OdcPowerShell.Operations;

namespace OdcPowerShell.ExternalLibraries;

/// <summary>The generation of an external library from a zip file with its assemblies.</summary>
[Columns("FileName 20", "Status 19", "LibraryName 19", "CreatedAt 17", "OperationKey")]
public class OdcExternalLibraryGeneration : OdcResource, ILongRunning, INamed, IContentLink
{
    [JsonPropertyName("key")]
    public string? OperationKey { get; set; }

    /// <summary>The name of the zip file.</summary>
    [JsonPropertyName("filename")]
    public string? FileName { get; set; }

    /// <summary>Generating, ReadyForReview, Downloading, Completed, GenerationError or DownloadError.</summary>
    public string? Status { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>The key of the library, as soon as it is known.</summary>
    [JsonPropertyName("libraryKey")]
    public string? AssetKey { get; set; }

    public string? LibraryName { get; set; }

    public string? LibraryDescription { get; set; }

    /// <summary>Whether the library was not published before.</summary>
    public bool? IsNewLibrary { get; set; }

    /// <summary>The URL of the library's icon, which expires after 30 minutes.</summary>
    public string? LibraryIconUri { get; set; }

    /// <summary>The URL of the library, for Save-OdcContent.</summary>
    public string? LibraryUri { get; set; }

    /// <summary>The same as <see cref="AssetKey"/>, with the word of the API.</summary>
    [JsonIgnore]
    public string? LibraryKey => AssetKey;

    [JsonIgnore]
    public bool IsTerminal => Status is "Completed" or "ReadyForReview" or "GenerationError" or "DownloadError";

    [JsonIgnore]
    public bool IsSuccess => Status == "Completed";

    /// <summary>Whether it continues when a person has published the library in the ODC Portal.</summary>
    [JsonIgnore]
    public bool NeedsReview => Status == "ReadyForReview";

    string? INamed.Key => OperationKey;

    string? INamed.Name => FileName;

    OperationDescriptor ILongRunning.Descriptor => LibraryOperations.Generations;

    string? IContentLink.ContentUrl => LibraryUri;

    string IContentLink.SuggestedFileName => ContentName.Of(LibraryName ?? AssetKey, revision: null, "", LibraryUri, ".xif");

    /// <summary>The library's name, or the file's until it is known.</summary>
    internal string Label => LibraryName ?? FileName ?? OperationKey ?? "";

    public override string ToString() => $"{Label}: {Status}";
}

/// <summary>An external library that was imported, with what differs from its published version and its new revision.</summary>
[Columns("FileName 20", "Status 19", "LibraryName 19", "Revision 8", "Changes")]
public sealed class OdcExternalLibraryImport : OdcExternalLibraryGeneration
{
    /// <summary>The zip file.</summary>
    [JsonIgnore]
    public string? Path { get; set; }

    /// <summary>How many actions and structures are new; null until it is known.</summary>
    [JsonIgnore]
    public int? Added { get; set; }

    /// <summary>How many actions and structures have changed; null until it is known.</summary>
    [JsonIgnore]
    public int? Changed { get; set; }

    /// <summary>How many actions and structures are gone; null until it is known.</summary>
    [JsonIgnore]
    public int? Removed { get; set; }

    /// <summary>The actions and structures that differ from the published version.</summary>
    [JsonIgnore]
    public IReadOnlyList<OdcExternalLibraryContent>? Changes { get; set => field = value.Present(); }

    /// <summary>The latest revision of the library when the generation had ended.</summary>
    [JsonIgnore]
    public int? Revision { get; set; }

    /// <summary>Whether that revision is new. For a package that was imported before, the service may create none.</summary>
    [JsonIgnore]
    public bool? IsNewRevision { get; set; }

    /// <summary>The tag of that revision.</summary>
    [JsonIgnore]
    public string? Tag { get; set; }

    internal override IEnumerable<OdcResource?> Parts => Changes ?? [];

    internal static OdcExternalLibraryImport Of(OdcExternalLibraryGeneration generation, string path) => new()
    {
        OperationKey = generation.OperationKey,
        FileName = generation.FileName,
        Status = generation.Status,
        CreatedAt = generation.CreatedAt,
        AssetKey = generation.AssetKey,
        LibraryName = generation.LibraryName,
        LibraryDescription = generation.LibraryDescription,
        IsNewLibrary = generation.IsNewLibrary,
        LibraryIconUri = generation.LibraryIconUri,
        LibraryUri = generation.LibraryUri,
        Unknown = generation.Unknown,
        Path = path,
    };
}

/// <summary>The source code of a revision of an external library, packed for a download.</summary>
[Columns("OperationKey 36", "Status 19", "Revision 8", "LibraryName")]
public sealed class OdcExternalLibrarySourceDownload : OdcResource, ILongRunning, IContentLink
{
    [JsonPropertyName("key")]
    public string? OperationKey { get; set; }

    /// <summary>Generating, ReadyForDownload or GenerationError.</summary>
    public string? Status { get; set; }

    [JsonPropertyName("libraryKey")]
    public string? AssetKey { get; set; }

    public string? LibraryName { get; set; }

    public string? LibraryDescription { get; set; }

    /// <summary>The download URL, for Save-OdcContent.</summary>
    public string? FileUri { get; set; }

    /// <summary>The revision whose source code it is.</summary>
    [JsonIgnore]
    public int? Revision { get; set; }

    /// <summary>The same as <see cref="AssetKey"/>, with the word of the API.</summary>
    [JsonIgnore]
    public string? LibraryKey => AssetKey;

    [JsonIgnore]
    public bool IsTerminal => Status is "ReadyForDownload" or "GenerationError";

    [JsonIgnore]
    public bool IsSuccess => Status == "ReadyForDownload";

    OperationDescriptor ILongRunning.Descriptor => LibraryOperations.SourceDownloads;

    string? IContentLink.ContentUrl => FileUri;

    string IContentLink.SuggestedFileName => ContentName.Of(LibraryName ?? AssetKey, Revision, "-source", FileUri, ".zip");

    public override string ToString() => $"{LibraryName ?? AssetKey}: {Status}";
}

/// <summary>The answer to the start of a generation or a download.</summary>
internal sealed class StartedLibraryOperation : OdcResource, IAnswer
{
    public string? OperationKey { get; set; }

    [JsonIgnore]
    public string? Missing => string.IsNullOrEmpty(OperationKey) ? "operationKey" : null;
}
