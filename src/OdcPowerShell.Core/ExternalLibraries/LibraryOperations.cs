using System.Globalization;
using System.Text.Json;
using OdcPowerShell.AssetRepository;
using OdcPowerShell.Authentication;
using OdcPowerShell.Operations;

namespace OdcPowerShell.ExternalLibraries;

/// <summary>Generations of external libraries and downloads of their source code as long-running operations.</summary>
internal static class LibraryOperations
{
    private const int LastLines = 3;

    internal static OperationDescriptor<OdcExternalLibraryGeneration> Generations { get; } = new(
        "external library generation",
        "Get-OdcExternalLibraryGeneration",
        (client, generation, caller, cancellationToken) => client.GetAsync(ExternalLibrariesApi.GetGeneration, [generation.OperationKey!], query: null, caller, cancellationToken),
        async (client, generation, caller, cancellationToken) =>
        {
            var log = await LogAsync(client, generation, caller, cancellationToken).ConfigureAwait(false);
            var errors = log.Where(m => m.Type == "Error").ToList();
            return [.. (errors.Count > 0 ? errors : log.Skip(log.Count - LastLines)).Select(Text)];
        })
    {
        About = (_, generation) => generation.LibraryName ?? generation.FileName,
        NewestFirst = List,
        Complete = (before, now) => (now.OperationKey, now.FileName, now.CreatedAt) = (now.OperationKey ?? before.OperationKey, now.FileName ?? before.FileName, now.CreatedAt ?? before.CreatedAt),
        Step = async (client, generation, caller, cancellationToken) =>
            (await LogAsync(client, generation, caller, cancellationToken).ConfigureAwait(false)).Count.ToString(CultureInfo.InvariantCulture),
        Review = generation => generation.NeedsReview ? $"{generation.Label} is ready for review: in the ODC Portal, open External Logic, review its contents and publish it." : null,
    };

    internal static OperationDescriptor<OdcExternalLibrarySourceDownload> SourceDownloads { get; } = new(
        "source code download",
        "Get-OdcExternalLibrarySourceDownload",
        ReadAsync,
        (_, _, _, _) => Task.FromResult<IReadOnlyList<string>>([]))
    {
        About = (_, download) => FormattableString.Invariant($"{download.LibraryName ?? download.AssetKey} revision {download.Revision}"),
        Complete = (before, now) => (now.OperationKey, now.AssetKey, now.Revision) = (now.OperationKey ?? before.OperationKey, now.AssetKey ?? before.AssetKey, before.Revision),
        Place = download => FormattableString.Invariant($" -Asset {download.AssetKey} -Revision {download.Revision}"),
    };

    /// <summary>The generations, newest first. The service lists them without pages.</summary>
    internal static IPagedList<OdcExternalLibraryGeneration> List(OdcClient client) => new OffsetPages<OdcExternalLibraryGeneration>(
        (_, _, caller, cancellationToken) => client.GetAsync(ExternalLibrariesApi.ListGenerations, [], query: null, caller, cancellationToken), new ListWindow());

    /// <summary>The download of the source code of a revision. The service finds it only with the keys of its library and revision.</summary>
    internal static Task<OdcExternalLibrarySourceDownload> ReadAsync(OdcClient client, OdcExternalLibrarySourceDownload download, ICaller caller, CancellationToken cancellationToken) =>
        download is { AssetKey: { } asset, Revision: { } revision }
            ? client.GetAsync(ExternalLibrariesApi.GetSourceDownload, [asset, revision.ToString(CultureInfo.InvariantCulture), download.OperationKey!], query: null, caller, cancellationToken)
            : throw new OdcException(
                OdcErrorCause.InvalidRequest, $"The library and the revision of the download {download.OperationKey} are not known, and the service finds it only with them.",
                "Specify -Asset and -Revision, or pipe the object of Start-OdcExternalLibrarySourceDownload.");

    /// <summary>Removes a generation.</summary>
    /// <exception cref="OdcException">It can't be removed; for one whose state does not allow it, the error names the state.</exception>
    internal static async Task<ApiAnswer> RemoveAsync(OdcClient client, string operationKey, ApiRequest request, ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            return await client.ChangeAsync(request, caller, cancellationToken).ConfigureAwait(false);
        }
        catch (OdcApiException e) when (e.StatusCode is 405 or 409)
        {
            var status = await StatusAsync(client, operationKey, caller, cancellationToken).ConfigureAwait(false);
            throw new OdcException(
                OdcErrorCause.Conflict,
                $"The service does not remove a generation in this state{(status is null ? "" : $": it is {status}")}. {e.Message}",
                status is "None" or "Generating" or "Downloading" ? $"Wait until it has ended: Get-OdcExternalLibraryGeneration {operationKey} | Wait-OdcOperation. Then remove it."
                    : "Read it again to see whether it can be removed later. Remove-OdcAsset removes a published library.",
                e);
        }
    }

    private static async Task<string?> StatusAsync(OdcClient client, string operationKey, ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.GetAsync(ExternalLibrariesApi.GetGeneration, [operationKey], query: null, caller, cancellationToken).ConfigureAwait(false)).Status;
        }
        catch (OdcException e)
        {
            // The error of the removal is the one that counts.
            caller.Verbose($"The state of the generation can't be read: {e.Message}");
            return null;
        }
    }

    private static async Task<IReadOnlyList<OdcExternalLibraryMessage>> LogAsync(OdcClient client, OdcExternalLibraryGeneration generation, ICaller caller, CancellationToken cancellationToken) =>
        (await client.GetAsync(ExternalLibrariesApi.GetLog, [generation.OperationKey!], query: null, caller, cancellationToken).ConfigureAwait(false)).Messages(generation.OperationKey!);

    private static string Text(OdcExternalLibraryMessage message) => message.ErrorCode is { Length: > 0 } code ? $"{message.Message} ({code})" : message.Message ?? "";
}

/// <summary>Starts the generation of a library from its zip file.</summary>
internal static class LibraryStart
{
    /// <summary>The request as it is shown, before there is an upload.</summary>
    internal static ApiRequest Preview(LocalFile file) => Request(file.Name, $"(the upload of {file.Name}, {Size.Of(file.Length)})");

    /// <summary>The request that generates a library from the file at a URL.</summary>
    internal static ApiRequest Request(string fileName, StorageAddress address)
    {
        var request = Request(fileName, address.Uri.OriginalString);
        IReadOnlyList<Secret> secrets = address.Uri.Query.Length > 1 ? [new Secret(address.Uri.Query.Substring(1))] : [];
        return request with { Body = request.Body! with { Shown = Request(fileName, address.ToString()).Body!.Shown, Secrets = secrets } };
    }

    /// <summary>Uploads a file and starts a generation from it. When the upload fails, nothing is started.</summary>
    /// <exception cref="OdcException">The file can't be uploaded, or the generation can't be started.</exception>
    internal static async Task<OdcExternalLibraryGeneration> RunAsync(OdcClient client, LocalFile file, ICaller caller, CancellationToken cancellationToken)
    {
        var upload = await client.SendAsync(ExternalLibrariesApi.CreateUpload.Request([]), ExternalLibrariesApi.CreateUpload, caller, cancellationToken).ConfigureAwait(false);
        await upload.PutAsync(file, client, caller, cancellationToken).ConfigureAwait(false);
        var started = await client.SendAsync(Request(file.Name, upload.RequiredDownload), ExternalLibrariesApi.StartGeneration, caller, cancellationToken).ConfigureAwait(false);
        return Started(started.OperationKey!, file.Name);
    }

    /// <summary>A generation that was just started, with the properties that are known.</summary>
    internal static OdcExternalLibraryGeneration Started(string operationKey, string fileName) => new() { OperationKey = operationKey, FileName = fileName, Status = "Generating" };

    private static ApiRequest Request(string fileName, string address) => ExternalLibrariesApi.StartGeneration.Request(
        [], body: new ApiBody(JsonSerializer.SerializeToUtf8Bytes(new StartGenerationBody(fileName, address), OdcJson.Of<StartGenerationBody>())));
}

/// <summary>The body that starts a generation.</summary>
internal sealed record StartGenerationBody(string FileName, string HighCodeBinaryUri);

/// <summary>Finds the revision that an import has created.</summary>
internal static class LibraryRevisions
{
    /// <summary>Reads the latest revision of an imported library, and whether the import created it.</summary>
    internal static async Task<OdcAssetRevision> FindAsync(OdcClient client, OdcExternalLibraryImport import, ICaller caller, CancellationToken cancellationToken)
    {
        var latest = await client.GetAsync(AssetRepositoryApi.GetLatestRevision, [import.AssetKey!], query: null, caller, cancellationToken).ConfigureAwait(false);
        (import.Revision, import.Tag, import.IsNewRevision) = (latest.Revision, latest.Tag, IsSince(latest, import));
        return latest;
    }

    /// <summary>Whether the revision before the latest one was also created since the import began, so that either can be the import's.</summary>
    internal static async Task<bool> IsAmbiguousAsync(OdcClient client, OdcExternalLibraryImport import, ICaller caller, CancellationToken cancellationToken)
    {
        if (import.Revision is not { } number || number < 2)
            return false;
        string[] keys = [import.AssetKey!, (number - 1).ToString(CultureInfo.InvariantCulture)];
        try
        {
            return IsSince(await client.GetAsync(AssetRepositoryApi.GetRevision, keys, query: null, caller, cancellationToken).ConfigureAwait(false), import);
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.NotFound)
        {
            caller.Verbose($"{import.Label} has no revision before the new one.");
            return false;
        }
    }

    // Both times are of the service.
    private static bool IsSince(OdcAssetRevision revision, OdcExternalLibraryImport import) => revision.CreatedAt is null || import.CreatedAt is null || revision.CreatedAt >= import.CreatedAt;
}
