namespace OdcPowerShell.Emulator;

/// <summary>An asset with its revisions. Guarded by <see cref="DeliveryState"/>.</summary>
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

    public IReadOnlyList<PublicElement> Elements { get; init; } = [];

    /// <summary>By number, from 1.</summary>
    public List<AssetRevision> Revisions { get; } = [];

    public AssetRevision Latest => Revisions[^1];

    public AssetRevision? HighestTagged => Revisions.Where(revision => revision.Tag is not null).MaxBy(revision => revision.Tag!.Order);

    public AssetRevision? Find(int revision) => revision >= 1 && revision <= Revisions.Count ? Revisions[revision - 1] : null;
}
