using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OdcPowerShell.Emulator;

/// <summary>A revision of an asset; its tag, notes and commit message can change.</summary>
internal sealed class AssetRevision(Asset asset, int number, DateTimeOffset createdAt, string createdBy)
{
    // Breaking changes are rarer than changes.
    private const int RevisionsPerBreak = 4;

    public Asset Asset => asset;

    public int Number => number;

    public DateTimeOffset CreatedAt => createdAt;

    public string CreatedBy => createdBy;

    public string? CommitMessage { get; set; }

    public VersionTag? Tag { get; private set; }

    public string? TaggedBy { get; private set; }

    public DateTimeOffset? TaggedAt { get; private set; }

    public string? ReleaseNotes { get; set; }

    public IReadOnlyList<AssetReference> References { get; set; } = [];

    /// <summary>The source file it was made from; null stands for a generated one.</summary>
    public byte[]? Source { get; init; }

    public Guid ModelDigest => Digest("model", number);

    public Guid SourceDigest => Digest("source", number);

    public Guid SignatureDigest => Digest("signature", number / 2);

    public Guid CompatibilityDigest => Digest("compatibility", number / RevisionsPerBreak);

    public Guid IconDigest => Digest("icon", 0);

    public void SetTag(VersionTag tag, string by, DateTimeOffset at) => (Tag, TaggedBy, TaggedAt) = (tag, by, at);

    /// <summary>Takes the tag off, and with it the notes that tell of it.</summary>
    public void ClearTag() => (Tag, TaggedBy, TaggedAt, ReleaseNotes) = (null, null, null, null);

    private Guid Digest(string of, int version) => Derivation.Version4(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{asset.Key}/{of}/{version}"))).AsSpan(0, 16));
}

/// <summary>A producer of a revision, at its own revision, and the elements that are used of it.</summary>
internal sealed record AssetReference(Asset Producer, AssetRevision Revision, IReadOnlyList<PublicElement> Elements);

/// <summary>Something that an asset shares; a hidden one only because another uses it.</summary>
internal sealed record PublicElement(Guid Key, string Name, string Type, string Description, bool IsHidden);
