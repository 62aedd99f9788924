namespace OdcPowerShell.Emulator;

/// <summary>The generation of a library. Its effect is a new revision, unless the package is that of the latest one.</summary>
internal sealed class LibraryGeneration(Guid key, string requestedBy, string fileName, Guid? library)
    : TimedOperation(EmulatedOperation.LibraryGeneration, key, requestedBy, library)
{
    public string FileName => fileName;
    public byte[]? Package { get; init; }
    public LibraryContents? Contents { get; init; }
    /// <summary>The published contents when it began; null for a new library.</summary>
    public LibraryContents? Before { get; init; }
    public bool IsNew { get; init; }
    /// <summary>Whether a person published the library after a review.</summary>
    public bool IsApproved { get; set; }

    public string StateAt(DateTimeOffset now) => IsApproved ? "Completed" : StatusAt(now);

    /// <summary>Whether the library and its contents are shown yet.</summary>
    public bool IsKnownAt(DateTimeOffset now) => Contents is not null && StateAt(now) is "ReadyForReview" or "Downloading" or "Completed" or "DownloadError";
}

/// <summary>The packing of the source code of a revision.</summary>
internal sealed class LibrarySourceDownload(Guid key, string requestedBy, AssetRevision revision)
    : TimedOperation(EmulatedOperation.SourceDownload, key, requestedBy, revision.Asset.Key)
{
    public AssetRevision Revision => revision;
}

/// <summary>Generates external libraries from uploaded packages, and packs their source code.</summary>
internal sealed class ExternalLibrariesApi(Store store, EmulatedStorage storage)
{
    private const string Base = "/api/external-libraries/v1";
    private const string Generations = Base + "/generation-operations";
    private const string One = Generations + "/{operationKey}";
    private const string Downloads = Base + "/assets/{assetKey}/revisions/{revisionNumber}/source-code-download";

    public void Map(ApiMap map)
    {
        var access = Access.OneOf(Permission.CreateAssets, Permission.ChangeAssets);
        var change = Access.OneOf(Permission.ChangeAssets);
        map.Get($"{Base}/uploads", Access.OneOf(Permission.CreateAssets), _ => storage.NewLibraryUpload());
        map.List(Generations, Access.AnyPermission, Paging.Whole, _ => store.Generations.All.Reverse()).As(Body);
        map.Post<StartBody>(Generations, access, Start);
        map.Get(One, Access.AnyPermission, call => Body(store.Generations[call.Key("operationKey")]));
        map.Delete(One, access, Remove);
        map.Get($"{One}/contents", access, call => Find(call) is { Contents: { } contents } generation && generation.IsKnownAt(store.Now)
            ? contents.BodySince(generation.Before)
            : new LibraryContents("", []).BodySince(null));
        map.Get($"{One}/log-messages", access, call => Log(Find(call)));
        map.Post(Downloads, change, StartDownload);
        map.Get(Downloads + "/{operationKey}", change, GetDownload);
    }

    /// <summary>Publishes the libraries that were reviewed, as a person does in the portal.</summary>
    public static void Approve(Store store)
    {
        foreach (var generation in store.Generations.All.Where(generation => generation.StateAt(store.Now) == "ReadyForReview"))
        {
            generation.IsApproved = true;
            generation.Effect?.Invoke();
        }
    }

    // Which permission is needed depends on whether the library is new.
    private LibraryGeneration Find(ApiCall call)
    {
        var generation = store.Generations[call.Key("operationKey")];
        return generation.Contents is null || call.Client.Has(generation.IsNew ? Permission.CreateAssets : Permission.ChangeAssets)
            ? generation
            : throw new ProblemException(Cause.PermissionMissing);
    }

    private object Start(ApiCall call, StartBody body)
    {
        var fileName = body.FileName is { Length: > 0 } name ? name : throw ProblemException.Missing("fileName");
        var uri = body.HighCodeBinaryUri is { Length: > 0 } text && Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : throw ProblemException.Missing("highCodeBinaryUri");
        var package = storage.Open(uri)?.Content;
        var (contents, fault) = LibraryFile.Read(package);
        var asset = contents is null ? null : Published(contents.Name);
        if (contents is not null && !call.Client.Has(asset is null ? Permission.CreateAssets : Permission.ChangeAssets))
            throw new ProblemException(Cause.PermissionMissing);
        var generation = new LibraryGeneration(store.NewKey("library-generation"), call.By, fileName, contents is null ? null : asset?.Key ?? KeyOf(contents.Name))
        {
            Package = package,
            Contents = contents,
            Before = asset is null ? null : ContentsOf(asset),
            IsNew = asset is null,
        };
        generation.Effect = () => Publish(generation);
        if (fault is null)
            store.Start(generation);
        else
            store.Start(generation, OperationPlan.Failing(fault));
        store.Generations.Set(generation);
        return new { OperationKey = generation.Key };
    }

    private Asset? Published(string name) => store.Assets.All.FirstOrDefault(asset => asset.Type == AssetTypes.ExternalLibrary && asset.Name == name);

    // A library that is being generated for the first time has its key already.
    private Guid KeyOf(string name) => store.Generations.All.LastOrDefault(generation => generation.Contents?.Name == name)?.AssetKey ?? store.NewKey("library");

    private LibraryContents ContentsOf(Asset asset) => store.Libraries.GetValueOrDefault(asset.Key) ?? LibraryContents.Of(asset);

    private void Publish(LibraryGeneration generation)
    {
        var contents = generation.Contents!;
        var asset = store.Assets.Find(generation.AssetKey) ?? new Asset(generation.AssetKey!.Value, contents.Name, AssetTypes.ExternalLibrary, store.Portfolios.All[0].Key)
        {
            Description = $"The library {contents.Name}.",
            HasIcon = true,
        };
        var latest = asset.Revisions.LastOrDefault();
        if (latest?.Source is { } source && source.AsSpan().SequenceEqual(generation.Package))
            return;
        var at = generation.IsApproved ? store.Now : generation.EndsAt ?? store.Now;
        asset.Revisions.Add(new AssetRevision(asset, asset.Revisions.Count + 1, at, generation.RequestedBy) { Source = generation.Package, References = latest?.References ?? [] });
        asset.Elements = [.. contents.Elements.Select(element => new PublicElement(
            store.Derive.Guid($"element/{contents.Name}/{element.Name}"), element.Name, element.IsAction ? "ServerAction" : "Structure", $"{element.Name} of {contents.Name}.", IsHidden: false))];
        store.Libraries[asset.Key] = contents;
        store.Assets.Set(asset);
    }

    private void Remove(ApiCall call)
    {
        var generation = Find(call);
        switch (generation.StateAt(store.Now))
        {
            case "Generating":
                throw new ProblemException(405, 1, "A generation that is running can't be deleted.");
            case "Downloading":
                throw new ProblemException(409, 1, "The library is being published.");
            default:
                store.Generations.Remove(generation.Key);
                break;
        }
    }

    private object Log(LibraryGeneration generation) => new
    {
        ValidationMessages = generation.MessagesAt(store.Now).Select(line => new
        {
            ErrorCode = line.Severity == "Error" ? "OS-ELG-MODL-05001" : null, Message = line.Text, Type = line.Severity == "Info" ? "Information" : line.Severity,
        }).ToArray(),
        FinishedAt = generation.FinishedAt?.UtcDateTime ?? default,
    };

    private object StartDownload(ApiCall call)
    {
        var revision = store.Revision(call.Key("assetKey"), call.RevisionNumber);
        if (revision.Asset.Type != AssetTypes.ExternalLibrary)
            throw ProblemException.NotFound("external library", revision.Asset.Key);
        var download = store.SourceDownloads.Set(new LibrarySourceDownload(store.NewKey("source-download"), call.By, revision));
        store.Start(download);
        return new { OperationKey = download.Key };
    }

    private object GetDownload(ApiCall call)
    {
        var download = store.SourceDownloads[call.Key("operationKey")];
        var revision = store.Revision(call.Key("assetKey"), call.RevisionNumber);
        if (download.Revision != revision)
            throw ProblemException.NotFound("source code download", download.Key);
        return new
        {
            download.Key, FileUri = download.HasSucceeded ? storage.Sign("GET", $"/libraries/{revision.Asset.Key}/{revision.Number}/source.zip") : null,
            LibraryKey = revision.Asset.Key, LibraryName = revision.Asset.Name, LibraryDescription = revision.Asset.Description, Status = download.StatusAt(store.Now),
        };
    }

    private object Body(LibraryGeneration generation)
    {
        var isKnown = generation.IsKnownAt(store.Now);
        var published = isKnown && generation.StateAt(store.Now) == "Completed" ? store.Assets.Find(generation.AssetKey)?.Latest : null;
        return new
        {
            generation.Key, Filename = generation.FileName, CreatedAt = generation.StartedAt.UtcDateTime,
            LibraryKey = isKnown ? generation.AssetKey : null, LibraryName = isKnown ? generation.Contents!.Name : null,
            LibraryDescription = isKnown ? $"The library {generation.Contents!.Name}." : null,
            LibraryIconUri = published is null ? null : storage.Sign("GET", $"/assets/{published.Asset.Key}/{published.Number}/icon.png"),
            LibraryUri = published is null ? null : storage.Sign("GET", $"/assets/{published.Asset.Key}/{published.Number}/source.oml"),
            IsNewLibrary = isKnown ? generation.IsNew : (bool?)null, Status = generation.StateAt(store.Now),
        };
    }

    private sealed record StartBody(string? FileName, string? HighCodeBinaryUri);
}
