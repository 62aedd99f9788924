namespace OdcPowerShell.Emulator;

internal sealed class AssetsApi(Store store, AssetBodies bodies)
{
    private const string Assets = "/api/asset-repository/v1/assets";
    private const string One = Assets + "/{assetKey}";
    private const string Revisions = One + "/revisions";
    private const string Revision = Revisions + "/{revisionNumber}";

    public void Map(ApiMap map)
    {
        var open = Access.OneOf(Permission.OpenAssets);
        map.List(Assets, open, Paging.LargeTotals, _ => store.Assets.All.Select(asset => asset.Latest))
            .Contains("nameContains", item => item.Asset.Name)
            .Contains("nameOrDescriptionContains", item => item.Asset.Name, item => item.Asset.Description)
            .OfTypes("assetTypes", item => item.Asset, _ => true, ProblemException.BadParameter)
            .Keys("assetKeys", item => item.Asset.Key)
            .Keys("portfolioKeys", item => item.Asset.PortfolioKey)
            .Flag("isExternal", item => item.Asset.IsExternal)
            .Contains("metadata.urlPathContains", item => item.Asset.UrlPath)
            .Choice("metadata.templateType", item => item.Asset.TemplateType, "ApplicationTemplate", "ScreenTemplateBundle")
            .Flag("metadata.isDeployable", item => item.Asset.IsDeployable)
            .Flag("metadata.isBuiltInAsset", item => item.Asset.IsBuiltIn)
            .Where(call => PermissionFilter.Allows(call, isPerStage: false) ? null : _ => false)
            .Sorted(("name", item => item.Asset.Name), ("createdAt", item => item.CreatedAt))
            .AsFor(bodies.Revision);
        map.Get(One, Access.AnyPermission, call => bodies.Revision(call)(store.Assets[call.Key("assetKey")].Latest));
        map.Get($"{One}/latest-revision", Access.AnyPermission, call => bodies.Revision(call)(store.Assets[call.Key("assetKey")].Latest));
        map.Get($"{One}/highest-tag-revision", Access.AnyPermission, call => bodies.Revision(call)(
            store.Assets[call.Key("assetKey")].HighestTagged
            ?? throw new ProblemException(404, 4, $"The asset '{call.Key("assetKey")}' has no tagged revision.")));
        map.Delete(One, Access.OneOf(Permission.DeleteAssets), Remove);
        map.Post<SearchBody>($"{Assets}/search", Access.AnyPermission, (_, body) => Search(body), status: 200);

        map.List(Revisions, open, Paging.LargeTotals, call => store.Assets[call.Key("assetKey")].Revisions)
            .Key("modelDigest", revision => revision.ModelDigest)
            .Dates("revisionDateTimeSince", "revisionDateTimeTo", revision => revision.CreatedAt)
            .Flag("isTagged", revision => revision.Tag is not null)
            .Text("tag", revision => revision.Tag?.ToString())
            .Contains("commitMessage", revision => revision.CommitMessage)
            .Sorted(("revision", revision => revision.Number), ("tag", revision => (revision.Tag, revision.Number)))
            .AsFor(bodies.Revision);
        map.Get(Revision, Access.AnyPermission, call => bodies.Revision(call)(Find(call)));
        map.Patch<JsonObject>(Revision, Access.OneOf(Permission.ChangeAssets, Permission.Release), (call, body) => Patch(Find(call), body, call.By));
        map.Get($"{Revision}/icon", Access.AnyPermission, call => bodies.Detail(Find(call), "icon"));
        map.Get($"{Revision}/metadata", Access.AnyPermission, call => AssetBodies.Metadata(Find(call).Asset, Find(call).CommitMessage));
        map.Get($"{Revision}/release-notes", Access.AnyPermission, call => new { Tag = Find(call).Tag?.ToString(), Content = Find(call).ReleaseNotes });
        map.Get($"{Revision}/signature", Access.AnyPermission, call => bodies.Detail(Find(call), "signature"));
        map.Get($"{Revision}/source-code", open, call => bodies.Detail(Find(call), "sourceCode"));
    }

    private AssetRevision Find(ApiCall call) => store.Revision(call.Key("assetKey"), call.RevisionNumber);

    // An operation that the API does not show removes it from its stages.
    private void Remove(ApiCall call)
    {
        var asset = store.Assets[call.Key("assetKey")];
        if (asset.IsBuiltIn)
            throw new ProblemException(400, 24, "Built-in assets are protected and cannot be deleted.");
        store.Assets.Remove(asset.Key);
        store.Start(new TimedOperation(EmulatedOperation.Deletion, store.NewKey("removal"), call.By, asset.Key)
        {
            Effect = () =>
            {
                foreach (var stage in store.Stages.All)
                    store.Deployed.Remove((asset.Key, stage.Key));
            },
        });
    }

    private object Search(SearchBody body)
    {
        string[] embed = [.. (body.Embeds ?? []).Select(text =>
            Array.Find(AssetBodies.Details, known => string.Equals(known, text, StringComparison.OrdinalIgnoreCase))
            ?? throw ProblemException.BadParameter($"'{text}' cannot be embedded."))];
        Func<AssetRevision?>[] filters = body.AssetVersionFilters is { Count: > 0 } given
            ? [.. given.Select(filter => filter.Read(store, isExact: true))]
            : throw ProblemException.Missing("assetVersionFilters");
        return new { Results = filters.Select(find => find()).OfType<AssetRevision>().Distinct().Select(bodies.Revision(embed)).ToArray() };
    }

    public static Guid RequiredKey(string member, string? value) => value is { Length: > 0 }
        ? QueryReader.ParseGuid(member, value)
        : throw ProblemException.Missing(member);

    // An absent member stays, null removes it; all is changed or, when one is wrong, nothing.
    private void Patch(AssetRevision revision, JsonObject body, string by)
    {
        var hasTag = body.ContainsKey("tag");
        var (tag, notes, message) = (Text(body, "tag"), Text(body, "releaseNotes"), Text(body, "commitMessage"));
        var version = tag is null ? null : revision.Asset.NewTag(tag, mustBeHigher: true);
        if (notes is not null && (hasTag ? tag is null : revision.Tag is null))
            throw NotesWithoutTag();

        if (version is not null)
            revision.SetTag(version, by, store.Now);
        else if (hasTag)
            revision.ClearTag();
        if (body.ContainsKey("releaseNotes"))
            revision.ReleaseNotes = notes;
        if (body.ContainsKey("commitMessage"))
            revision.CommitMessage = message;
    }

    public static ProblemException NotesWithoutTag() => new(400, 23, "Release notes need a tag.");

    private static string? Text(JsonObject body, string member) => body[member] is not { } value ? null
        : value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>()
        : throw ProblemException.BadParameter($"'{value}' is no text.");

    private sealed record SearchBody(IReadOnlyList<RevisionFilter>? AssetVersionFilters, IReadOnlyList<string>? Embeds);
}

/// <summary>A filter in a body: one revision of an asset, without further members the latest, or none when nothing fits.</summary>
internal sealed record RevisionFilter(string? Key, string? Digest, int? Revision, bool? IsHighestTag)
{
    public Func<AssetRevision?> Read(Store store, bool isExact)
    {
        if (isExact && new[] { !string.IsNullOrEmpty(Digest), Revision is not null, IsHighestTag == true }.Count(isGiven => isGiven) != 1)
            throw ProblemException.BadParameter("A filter needs exactly one of 'digest', 'revision' and 'isHighestTag'.");
        var key = AssetsApi.RequiredKey("key", Key);
        var digest = string.IsNullOrEmpty(Digest) ? (Guid?)null : QueryReader.ParseGuid("digest", Digest);
        return () => store.Assets.Find(key) is not { } asset ? null
            : Revision is { } number ? asset.Find(number)
            : digest is { } model ? asset.Revisions.Find(revision => revision.ModelDigest == model)
            : IsHighestTag == true ? asset.HighestTagged : asset.Latest;
    }
}
