namespace OdcPowerShell.Emulator;

/// <summary>The asset repository: new assets and revisions, and the uploads for them.</summary>
internal sealed class CreationApi(DeliveryState state, EmulatedStorage storage, RevisionLinks links)
{
    private const string Base = "/api/asset-repository/v1";
    private readonly CreationReader _reader = new(storage);

    public void Map(ApiMap map)
    {
        map.Post($"{Base}/assets", Access.OneOf(Permission.CreateAssets, Permission.ChangeAssets), Create);
        map.Post($"{Base}/uploads", Access.AnyPermission, CreateUpload);
    }

    private Task CreateUpload(ApiCall call) =>
        call.CreatedAsync(new UploadBody(storage.NewUploadUrl()), AssetRepositoryJson.Default.UploadBody);

    private async Task Create(ApiCall call)
    {
        var (body, file) = await _reader.ReadAsync(call);
        if (file is null == body.AssetCreationDetails is null)
            throw new ProblemException(Cause.BadParameter("A revision is made either from a source file or from 'assetCreationDetails'."));
        var answer = state.Use(() => ApplicationVersionBody.Of(
            body.AssetCreationDetails is { } details ? CreateNew(call, body, details) : CreateFromFile(call, body, file!), links));
        await call.CreatedAsync(answer, AssetRepositoryJson.Default.ApplicationVersionBody);
    }

    private AssetRevision CreateNew(ApiCall call, CreationBody body, CreationDetailsBody details)
    {
        if (string.IsNullOrWhiteSpace(details.AssetName))
            throw new ProblemException(DeliveryCause.Missing("assetName"));
        if (details.AssetType is not { } type || !AssetTypes.Creatable.Contains(type, StringComparer.Ordinal))
            throw new ProblemException(Cause.BadParameter($"Expected as 'assetType': {string.Join(", ", AssetTypes.Creatable)}."));
        if (details.TemplateKey is { } template && state.Assets.GetValueOrDefault(template)?.TemplateType is null)
            throw new ProblemException(Cause.BadParameter($"There is no template '{template}'."));
        var icon = details.ReadIcon();
        return Add(call, body, null, new Asset(state.NewKey("created-asset"), details.AssetName, type, NewPortfolio(body))
        {
            Description = details.Description,
            ClonedFrom = details.TemplateKey,
            HasIcon = icon is not null,
            Icon = icon,
        });
    }

    private AssetRevision CreateFromFile(ApiCall call, CreationBody body, byte[] file)
    {
        if (SourceFile.Read(file) is not { } source)
            throw new ProblemException(Cause.BadParameter("The file is no OML or XIF file."));
        if (state.Assets.GetValueOrDefault(source.Key) is not { } asset)
            return Add(call, body, file, new Asset(source.Key, source.Name, source.Type, NewPortfolio(body)) { HasIcon = true });
        return body.PortfolioKey is null || body.PortfolioKey == asset.PortfolioKey
            ? Add(call, body, file, asset)
            : throw new ProblemException(DeliveryCause.PortfolioDiffers);
    }

    private AssetRevision Add(ApiCall call, CreationBody body, byte[]? file, Asset asset)
    {
        var isNew = asset.Revisions.Count == 0;
        if (!call.Client.Has(isNew ? Permission.CreateAssets : Permission.ChangeAssets))
            throw new ProblemException(Cause.PermissionMissing);
        if (body.ReleaseNotes is not null && body.Tag is null)
            throw new ProblemException(DeliveryCause.NotesWithoutTag);
        var tag = body.Tag is null ? null : TagRules.Check(asset, body.Tag, !body.SkipSequentialVersionValidation);

        var revision = new AssetRevision(asset, asset.Revisions.Count + 1, state.Now, call.Client.ClientId)
        {
            Source = file,
            CommitMessage = body.CommitMessage,
            References = isNew ? [] : asset.Latest.References,
        };
        if (tag is { } set)
            revision.SetTag(set, call.Client.ClientId, state.Now);
        revision.ReleaseNotes = body.ReleaseNotes;
        asset.Revisions.Add(revision);
        state.Assets.TryAdd(asset.Key, asset);
        return revision;
    }

    private Guid NewPortfolio(CreationBody body) =>
        body.PortfolioKey is not { } key ? state.Portfolios[0].Key
        : state.Portfolios.Exists(portfolio => portfolio.Key == key) ? key
        : throw new ProblemException(Cause.BadParameter($"There is no portfolio '{key}'."));
}
