using System.Text.Json;

namespace OdcPowerShell.Emulator;

/// <summary>Changes to a revision: what is absent stays, null takes away.</summary>
internal sealed record RevisionPatchBody
{
    public JsonElement Tag { get; init; }

    public JsonElement ReleaseNotes { get; init; }

    public JsonElement CommitMessage { get; init; }

    /// <summary>Changes all or, when something is wrong, nothing.</summary>
    public void Apply(AssetRevision revision, string by, DateTimeOffset at)
    {
        var isTagGiven = IsGiven(Tag);
        var tag = isTagGiven ? Text(Tag) : null;
        var notes = Text(ReleaseNotes);
        var message = Text(CommitMessage);
        var version = tag is null ? null : TagRules.Check(revision.Asset, tag, mustBeHigher: true);
        if (notes is not null && (isTagGiven ? tag is null : revision.Tag is null))
            throw new ProblemException(DeliveryCause.NotesWithoutTag);

        if (version is { } set)
            revision.SetTag(set, by, at);
        else if (isTagGiven)
            revision.ClearTag();
        if (IsGiven(ReleaseNotes))
            revision.ReleaseNotes = notes;
        if (IsGiven(CommitMessage))
            revision.CommitMessage = message;
    }

    private static bool IsGiven(JsonElement value) => value.ValueKind != JsonValueKind.Undefined;

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => throw new ProblemException(Cause.BadParameter($"'{value}' is no text.")),
    };
}
