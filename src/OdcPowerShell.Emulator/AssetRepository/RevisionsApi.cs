using System.Text.Json.Serialization.Metadata;

namespace OdcPowerShell.Emulator;

/// <summary>The asset repository: revisions and their details.</summary>
internal sealed class RevisionsApi(DeliveryState state, RevisionLinks links)
{
    private const string Base = "/api/asset-repository/v1/assets/{assetKey}/revisions";
    private const string One = Base + "/{revisionNumber}";

    public void Map(ApiMap map)
    {
        var json = AssetRepositoryJson.Default;
        map.Get(Base, Access.OneOf(Permission.OpenAssets), ListRevisions);
        map.Get(One, Access.AnyPermission, GetRevision);
        map.Map("PATCH", One, Access.OneOf(Permission.ChangeAssets, Permission.Release), PatchRevision);
        map.Get($"{One}/icon", Access.AnyPermission, call => Detail(call, revision => IconBody.Of(revision, links), json.IconBody));
        map.Get($"{One}/metadata", Access.AnyPermission, call => Detail(
            call, revision => AssetMetadataBody.Of(revision) with { CommitMessage = revision.CommitMessage }, json.AssetMetadataBody));
        map.Get($"{One}/release-notes", Access.AnyPermission, call => Detail(
            call, revision => new ReleaseNoteContentBody(revision.Tag?.ToString(), revision.ReleaseNotes), json.ReleaseNoteContentBody));
        map.Get($"{One}/signature", Access.AnyPermission, call => Detail(
            call, revision => SignatureBody.Of(revision, links), json.SignatureBody));
        map.Get($"{One}/source-code", Access.OneOf(Permission.OpenAssets), call => Detail(
            call, revision => SourceCodeBody.Of(revision, links), json.SourceCodeBody));
    }

    private Task ListRevisions(ApiCall call)
    {
        var key = call.Key("assetKey");
        var limit = call.Query.Number("limit", 100, 1, 1000);
        var offset = call.Query.Number("offset", 0, 0, int.MaxValue);
        var embed = call.Query.Choices<AssetEmbed>("embed");
        var find = RevisionFilter.Read(call.Query);
        var page = state.Use(() =>
            DeliveryCalls.Page(find(state.Asset(key)), limit, offset, revision => AssetRevisionBody.Of(revision, embed, links)));
        return call.JsonAsync(page, AssetRepositoryJson.Default.PagedBodyAssetRevisionBody);
    }

    private Task GetRevision(ApiCall call)
    {
        var embed = call.Query.Choices<AssetEmbed>("embed");
        return Detail(call, revision => AssetRevisionBody.Of(revision, embed, links), AssetRepositoryJson.Default.AssetRevisionBody);
    }

    private async Task PatchRevision(ApiCall call)
    {
        var (key, number) = (call.Key("assetKey"), call.RevisionNumber());
        var body = await call.ReadAsync(AssetRepositoryJson.Default.RevisionPatchBody);
        state.Use(() => body.Apply(state.Revision(key, number), call.Client.ClientId, state.Now));
        await call.NoContent();
    }

    private Task Detail<T>(ApiCall call, Func<AssetRevision, T> body, JsonTypeInfo<T> type)
    {
        var (key, number) = (call.Key("assetKey"), call.RevisionNumber());
        return call.JsonAsync(state.Use(() => body(state.Revision(key, number))), type);
    }
}
