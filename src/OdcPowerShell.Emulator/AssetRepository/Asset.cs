namespace OdcPowerShell.Emulator;

/// <summary>An asset with its revisions. Guarded by <see cref="Store"/>.</summary>
internal sealed class Asset(Guid key, string name, string type, Guid portfolioKey)
{
    private readonly AssetType _type = AssetTypes.Find(type) ?? throw new ArgumentException($"There is no asset type '{type}'.", nameof(type));

    public Guid Key => key;
    public string Name => name;
    public string Type => type;
    public Guid PortfolioKey => portfolioKey;
    public string? Description { get; init; }
    /// <summary>ApplicationTemplate or ScreenTemplateBundle when it is a template.</summary>
    public string? TemplateType { get; init; }
    public Guid? ClonedFrom { get; init; }
    public bool IsBuiltIn { get; init; }
    public bool HasIcon { get; init; }
    /// <summary>The icon it was created with; null: a pixel.</summary>
    public byte[]? Icon { get; init; }
    public bool IsExternal => _type.IsExternal;
    public bool IsDeployable => TemplateType is null && _type.IsDeployable;
    public bool IsLibrary => TemplateType is null && _type.IsLibrary;
    public string? TypeInCreationAnswer => _type.IsInCreationAnswer ? type : null;
    public string? UrlPath => IsDeployable ? name.Replace(" ", "", StringComparison.Ordinal) : null;

    // Connections and external libraries are not made in an IDE.
    public string? ToolVersion => IsExternal ? null : "1.6.24.0";
    public string? Runtime => type == AssetTypes.ExternalLibrary ? "dotnet8" : null;
    public IReadOnlyList<PublicElement> Elements { get; set; } = [];
    /// <summary>By number, from 1.</summary>
    public List<AssetRevision> Revisions { get; } = [];
    public AssetRevision Latest => Revisions[^1];
    public AssetRevision? HighestTagged => Revisions.Where(revision => revision.Tag is not null).MaxBy(revision => revision.Tag);
    public AssetRevision? Find(int revision) => Revisions.ElementAtOrDefault(revision - 1);

    /// <summary>A tag for a new revision, in the form Major.Minor.Patch; 1.10.0 is higher than 1.9.0.</summary>
    public Version NewTag(string text, bool mustBeHigher)
    {
        // TryParse also takes spaces, signs, and two or four numbers.
        if (!Version.TryParse(text, out var tag) || tag is not { Build: >= 0, Revision: < 0 } || tag.ToString() != text)
            throw new ProblemException(400, 20, "The tag must have the form Major.Minor.Patch.");
        if (Revisions.Exists(revision => revision.Tag == tag))
            throw new ProblemException(400, 21, "The tag is already in use.");
        return mustBeHigher && tag < HighestTagged?.Tag
            ? throw new ProblemException(400, 22, "The tag must be higher than the highest tag of the asset.")
            : tag;
    }
}

/// <summary>A revision of an asset; its tag, notes and commit message can change.</summary>
internal sealed class AssetRevision(Asset asset, int number, DateTimeOffset createdAt, string createdBy)
{
    // A breaking change is rarer than a change.
    private const int RevisionsPerBreak = 4;

    public Asset Asset => asset;
    public int Number => number;
    public DateTimeOffset CreatedAt => createdAt;
    public string CreatedBy => createdBy;
    public string? CommitMessage { get; set; }
    public Version? Tag { get; private set; }
    public string? TaggedBy { get; private set; }
    public DateTimeOffset? TaggedAt { get; private set; }
    public string? ReleaseNotes { get; set; }
    public IReadOnlyList<AssetReference> References { get; set; } = [];
    /// <summary>The source file it was made from; null: a generated one.</summary>
    public byte[]? Source { get; init; }
    public Guid ModelDigest => Digest("model", number);
    public Guid SourceDigest => Digest("source", number);
    public Guid SignatureDigest => Digest("signature", number / 2);
    public Guid CompatibilityDigest => Digest("compatibility", number / RevisionsPerBreak);
    public Guid IconDigest => Digest("icon", 0);
    public void SetTag(Version tag, string by, DateTimeOffset at) => (Tag, TaggedBy, TaggedAt) = (tag, by, at);

    /// <summary>Removes the tag, and with it its release notes.</summary>
    public void ClearTag() => (Tag, TaggedBy, TaggedAt, ReleaseNotes) = (null, null, null, null);

    private Guid Digest(string of, int version) => Derivation.Version4(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{asset.Key}/{of}/{version}"))).AsSpan(0, 16));
}

/// <summary>A producer of a revision, the producer's own revision, and the elements of it that are used.</summary>
internal sealed record AssetReference(Asset Producer, AssetRevision Revision, IReadOnlyList<PublicElement> Elements);

/// <summary>An element that an asset shares; a hidden one is shared because another uses it.</summary>
internal sealed record PublicElement(Guid Key, string Name, string Type, string Description, bool IsHidden);

internal sealed record DeployedRevision(
    AssetRevision Revision, EmulatedStage Stage, Guid BuildKey, Guid OperationKey, DateTimeOffset At, string By)
{
    public Asset Asset => Revision.Asset;
}

/// <summary>
/// A type of assets: deployable ones run in stages, libraries are part of their consumers, external ones come from no IDE, creatable ones can be
/// made empty or from a template, and the answer to a creation can name some.
/// </summary>
internal sealed record AssetType(
    string Name, bool IsDeployable, bool IsLibrary, bool IsExternal, bool IsCreatable, bool IsInCreationAnswer, string Elements = "other");

internal static class AssetTypes
{
    public const string WebApplication = "WebApplication";
    public const string ExternalLibrary = "ExternalLibrary";
    private static readonly SeededTypes s_seed = Json.Seed<SeededTypes>("asset-types");

    public static ImmutableArray<AssetType> All => s_seed.Types;
    public static AssetType? Find(string? name) => All.FirstOrDefault(type => type.Name == name);

    public static IEnumerable<PublicElement> ElementsOf(string type, string asset, Derivation derive)
    {
        var word = asset.Replace(" ", "", StringComparison.Ordinal);
        return from element in s_seed.Elements[Find(type)!.Elements]
               let name = element.Name.Replace("*", word, StringComparison.Ordinal)
               select new PublicElement(derive.Guid($"element/{asset}/{name}"), name, element.Type, $"{element.Type} of {asset}.", element.IsHidden);
    }

    /// <summary>The assets of some types, among those that a list has.</summary>
    public static ListEndpoint<T> OfTypes<T>(
        this ListEndpoint<T> list, string name, Func<T, Asset> asset, Func<AssetType, bool> known, Func<string, Exception> error) => list.Where(call =>
    {
        List<string> types = [.. call.Query.Texts(name).Select(text =>
            All.Where(known).FirstOrDefault(type => string.Equals(type.Name, text, StringComparison.OrdinalIgnoreCase))?.Name
            ?? throw error($"There is no asset type '{text}' in this list."))];
        return types.Count == 0 ? null : item => types.Contains(asset(item).Type);
    });
}

/// <summary>The types, and what assets share by the "elements" of their type; * is the asset's name.</summary>
internal sealed record SeededTypes(ImmutableArray<AssetType> Types, Dictionary<string, ImmutableArray<SeededElement>> Elements);

internal sealed record SeededElement(string Name, string Type, bool IsHidden);
