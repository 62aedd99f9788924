namespace OdcPowerShell.Emulator;

/// <summary>The signed addresses of a revision's files.</summary>
internal sealed class RevisionLinks(EmulatedStorage storage)
{
    public string Source(AssetRevision revision) => Sign(revision, "source.oml");

    public string Signature(AssetRevision revision) => Sign(revision, "signature.bin");

    public string Metamodel(AssetRevision revision) => Sign(revision, "metamodel.json");

    public string? Icon(AssetRevision revision) => revision.Asset.HasIcon ? Sign(revision, "icon.png") : null;

    public string? ReleaseNotes(AssetRevision revision) => revision.ReleaseNotes is null ? null : Sign(revision, "release-notes.txt");

    private string Sign(AssetRevision revision, string file) =>
        storage.Signer.Sign("GET", $"/assets/{revision.Asset.Key}/{revision.Number}/{file}");
}
