using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace OdcPowerShell.Emulator;

internal sealed class CreationApi(Store store, EmulatedStorage storage, AssetBodies bodies)
{
    private const string Base = "/api/asset-repository/v1";

    public void Map(ApiMap map)
    {
        map.Raw("POST", $"{Base}/assets", Access.OneOf(Permission.CreateAssets, Permission.ChangeAssets), Create);
        map.Post($"{Base}/uploads", Access.AnyPermission, _ => new { UploadUrl = storage.NewUploadUrl() });
    }

    private async Task Create(ApiCall call)
    {
        var (body, file) = await ReadAsync(call);
        if (file is null == body.AssetCreationDetails is null)
            throw ProblemException.BadParameter("A revision is made either from a source file or from 'assetCreationDetails'.");
        await call.WriteAsync(201, store.Use(() => bodies.Created(
            body.AssetCreationDetails is { } details ? CreateNew(call, body, details) : CreateFromFile(call, body, file!))));
    }

    private AssetRevision CreateNew(ApiCall call, CreationBody body, DetailsBody details)
    {
        if (string.IsNullOrWhiteSpace(details.AssetName))
            throw ProblemException.Missing("assetName");
        if (AssetTypes.Find(details.AssetType) is not { IsCreatable: true } type)
            throw ProblemException.BadParameter($"The asset type '{details.AssetType}' can't be created.");
        if (details.TemplateKey is { } template && store.Assets.Find(template)?.TemplateType is null)
            throw ProblemException.BadParameter($"There is no template '{template}'.");
        return Add(call, body, null, new Asset(store.NewKey("created-asset"), details.AssetName, type.Name, NewPortfolio(body))
        {
            Description = details.Description,
            ClonedFrom = details.TemplateKey,
            HasIcon = details.IconBase64 is not null,
            Icon = details.IconBase64,
        });
    }

    private AssetRevision CreateFromFile(ApiCall call, CreationBody body, byte[] file)
    {
        if (SourceFile.Read(file) is not { } source)
            throw ProblemException.BadParameter("The file is no OML or XIF file.");
        if (store.Assets.Find(source.Key) is not { } asset)
            return Add(call, body, file, new Asset(source.Key, source.Name, source.Type, NewPortfolio(body)) { HasIcon = true });
        return body.PortfolioKey is null || body.PortfolioKey == asset.PortfolioKey
            ? Add(call, body, file, asset)
            : throw new ProblemException(400, 25, "The asset belongs to another portfolio.");
    }

    private AssetRevision Add(ApiCall call, CreationBody body, byte[]? file, Asset asset)
    {
        var isNew = asset.Revisions.Count == 0;
        if (!call.Client.Has(isNew ? Permission.CreateAssets : Permission.ChangeAssets))
            throw new ProblemException(Cause.PermissionMissing);
        if (body.ReleaseNotes is not null && body.Tag is null)
            throw AssetsApi.NotesWithoutTag();
        var tag = body.Tag is null ? null : asset.NewTag(body.Tag, !body.SkipSequentialVersionValidation);
        var revision = new AssetRevision(asset, asset.Revisions.Count + 1, store.Now, call.By)
        {
            Source = file,
            CommitMessage = body.CommitMessage,
            ReleaseNotes = body.ReleaseNotes,
            References = isNew ? [] : asset.Latest.References,
        };
        if (tag is not null)
            revision.SetTag(tag, call.By, store.Now);
        asset.Revisions.Add(revision);
        store.Assets.Set(asset);
        return revision;
    }

    private Guid NewPortfolio(CreationBody body) => body.PortfolioKey is not { } key ? store.Portfolios.All[0].Key
        : store.Portfolios.Find(key) is not null ? key
        : throw ProblemException.BadParameter($"There is no portfolio '{key}'.");

    /// <summary>The forms of a creation: JSON, a file, or both in parts.</summary>
    private async Task<(CreationBody Body, byte[]? File)> ReadAsync(ApiCall call)
    {
        if (!MediaTypeHeaderValue.TryParse(call.Request.ContentType, out var type))
            throw new ProblemException(415, 1, "The request has no content type.");
        var (body, file) = type.MediaType.Value switch
        {
            "application/octet-stream" => (new CreationBody(), await ReadFileAsync(call.Request.Body, call.Aborted)),
            "multipart/form-data" => await ReadPartsAsync(call, HeaderUtilities.RemoveQuotes(type.Boundary).Value ?? ""),
            _ when call.Request.HasJsonContentType() => (await call.ReadAsync<CreationBody>(), null),
            _ => throw new ProblemException(415, 1, $"The content type '{type.MediaType}' is not supported."),
        };
        if (file is not null && body!.FileUri is not null)
            throw ProblemException.Exclusive("fileUri", "assetFile");
        return (body!, body!.FileUri is { } uri ? Stored(uri) : file);
    }

    private byte[] Stored(Uri uri)
    {
        var file = (uri.IsAbsoluteUri ? storage.Find(uri) : null) ?? throw ProblemException.BadParameter("There is no file at the 'fileUri'.");
        return file.Length <= storage.SourceLimit ? file.Content! : throw TooLarge();
    }

    private async Task<(CreationBody?, byte[]?)> ReadPartsAsync(ApiCall call, string boundary)
    {
        var (body, file) = (new CreationBody(), (byte[]?)null);
        try
        {
            var parts = new MultipartReader(boundary, call.Request.Body);
            while (await parts.ReadNextSectionAsync(call.Aborted) is { } part)
            {
                var name = part.GetContentDispositionHeader()?.Name.Value?.Trim('"');
                if (name == "assetFile")
                    file = await ReadFileAsync(part.Body, call.Aborted);
                else if (name == "creationRequest")
                    body = await JsonSerializer.DeserializeAsync<CreationBody>(part.Body, Json.Wire, call.Aborted) ?? body;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or IOException)
        {
            throw ProblemException.BadParameter(e.Message);
        }

        return (body, file);
    }

    private async Task<byte[]> ReadFileAsync(Stream body, CancellationToken cancellationToken) =>
        (await SourceFile.ReadAsync(body, storage.SourceLimit, cancellationToken)).Content ?? throw TooLarge();

    private static ProblemException TooLarge() => new(400, 8, "The source file is larger than 100 MB.");

    /// <summary>What to make a revision from: a file, or for a new asset its details.</summary>
    private sealed record CreationBody(
        string? Tag = null, string? ReleaseNotes = null, bool SkipSequentialVersionValidation = false, string? CommitMessage = null,
        Guid? PortfolioKey = null, Uri? FileUri = null, DetailsBody? AssetCreationDetails = null);

    private sealed record DetailsBody(string? AssetName, string? AssetType, Guid? TemplateKey, string? Description, byte[]? IconBase64);
}
