using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OdcPowerShell.Emulator;

/// <summary>An asset with its revisions. Guarded by <see cref="Store"/>.</summary>
internal sealed class Asset(Guid key, string name, string type, Guid portfolioKey)
{
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
    /// <summary>The icon it was created with; null stands for a drawn one.</summary>
    public byte[]? Icon { get; init; }
    public bool IsExternal => type is AssetTypes.ExternalConnection or AssetTypes.ExternalLibrary;
    public bool IsDeployable => TemplateType is null && AssetTypes.Deployable.Contains(type, StringComparer.Ordinal);
    public bool IsLibrary => TemplateType is null && AssetTypes.Libraries.Contains(type, StringComparer.Ordinal);
    public string? UrlPath => IsDeployable ? name.Replace(" ", "", StringComparison.Ordinal) : null;

    // Connections and external libraries are not made in an IDE.
    public string? ToolVersion => IsExternal ? null : "1.6.24.0";
    public string? Runtime => type == AssetTypes.ExternalLibrary ? "dotnet8" : null;
    public IReadOnlyList<PublicElement> Elements { get; init; } = [];
    /// <summary>By number, from 1.</summary>
    public List<AssetRevision> Revisions { get; } = [];
    public AssetRevision Latest => Revisions[^1];
    public AssetRevision? HighestTagged => Revisions.Where(revision => revision.Tag is not null).MaxBy(revision => revision.Tag!.Order);

    public AssetRevision? Find(int revision) => revision >= 1 && revision <= Revisions.Count ? Revisions[revision - 1] : null;
}

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

/// <summary>A tag in the form Major.Minor.Patch; 1.10.0 is higher than 1.9.0.</summary>
internal sealed record VersionTag(int Major, int Minor, int Patch)
{
    public static VersionTag? Parse(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 3 && Number(parts[0]) is { } major && Number(parts[1]) is { } minor && Number(parts[2]) is { } patch
            ? new VersionTag(major, minor, patch)
            : null;
    }

    /// <summary>Checks a new tag of an asset.</summary>
    public static VersionTag Check(Asset asset, string text, bool mustBeHigher)
    {
        var tag = Parse(text) ?? throw new ProblemException(400, 20, "The tag must have the form Major.Minor.Patch.");
        if (asset.Revisions.Exists(revision => revision.Tag == tag))
            throw new ProblemException(400, 21, "The tag is already in use.");
        return mustBeHigher && asset.HighestTagged?.Tag is { } highest && tag.Order.CompareTo(highest.Order) < 0
            ? throw new ProblemException(400, 22, "The tag must be higher than the highest tag of the asset.")
            : tag;
    }

    public (int Major, int Minor, int Patch) Order => (Major, Minor, Patch);
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>What runs of an asset in a stage, and the operation that brought it there.</summary>
internal sealed record DeployedRevision(
    AssetRevision Revision, EmulatedStage Stage, Guid BuildKey, Guid OperationKey, DateTimeOffset At, string By)
{
    public Asset Asset => Revision.Asset;
}

/// <summary>The types of assets and what can be done with each.</summary>
internal static class AssetTypes
{
    public const string WebApplication = "WebApplication";
    public const string MobileApplication = "MobileApplication";
    public const string LowCodeLibrary = "LowCodeLibrary";
    public const string ExtensionLibrary = "ExtensionLibrary";
    public const string ExternalLibrary = "ExternalLibrary";
    public const string WidgetLibrary = "WidgetLibrary";
    public const string MobileLibrary = "MobileLibrary";
    public const string Workflow = "Workflow";
    public const string Agent = "Agent";
    public const string ExternalConnection = "ExternalConnection";
    public const string AIModelConnection = "AIModelConnection";

    /// <summary>Those that run in stages, as the list of deployed assets filters them.</summary>
    public static ImmutableArray<string> Deployable { get; } = [WebApplication, MobileApplication, Workflow, Agent];

    /// <summary>Those that travel inside their consumers.</summary>
    public static ImmutableArray<string> Libraries { get; } =
        [LowCodeLibrary, ExtensionLibrary, ExternalLibrary, WidgetLibrary, MobileLibrary];

    /// <summary>Those that can be made from a template or empty.</summary>
    public static ImmutableArray<string> Creatable { get; } =
        [WebApplication, MobileApplication, MobileLibrary, LowCodeLibrary, Agent, Workflow];

    /// <summary>Those that the answer to a creation can name.</summary>
    public static ImmutableArray<string> InCreationAnswer { get; } =
        [WebApplication, MobileApplication, LowCodeLibrary, ExtensionLibrary, ExternalConnection, ExternalLibrary];

    public static ImmutableArray<string> All { get; } =
    [
        WebApplication, MobileApplication, LowCodeLibrary, ExtensionLibrary, ExternalConnection, ExternalLibrary, Workflow, WidgetLibrary,
        MobileLibrary, AIModelConnection, "SearchServiceConnection", Agent, "MCPConnection", "A2AConnection", "KnowledgeBase",
    ];

    /// <summary>The types asked for, among those that a list of the portfolios API has; null when none is.</summary>
    public static Predicate<string>? Filter(QueryReader query, ImmutableArray<string> known)
    {
        List<string> types = [.. query.Texts("type").Select(type => known.FirstOrDefault(one => string.Equals(one, type, StringComparison.OrdinalIgnoreCase))
            ?? throw ProblemException.Unprocessable($"There is no asset type '{type}' in this list."))];
        return types.Count == 0 ? null : type => types.Contains(type, StringComparer.Ordinal);
    }
}
