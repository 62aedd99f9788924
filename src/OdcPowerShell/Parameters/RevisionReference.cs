using System.Globalization;

namespace OdcPowerShell.Parameters;

/// <summary>A revision of an asset whose key is known.</summary>
internal sealed record RevisionReference(ObjectReference Asset, int Number)
{
    /// <summary>The keys as the path of an operation wants them.</summary>
    internal string[] Keys => [Asset.Key!, Number.ToString(CultureInfo.InvariantCulture)];

    internal object Target => Asset.Target;

    internal string? AssetName => Asset.Name;

    /// <summary>The revision that an object stands for; null for one that stands for the whole asset, even if it carries the number of a revision.</summary>
    internal static int? Meant(object? given) => given switch
    {
        OdcAssetRevision revision => revision.Revision,
        OdcDeployedRevision deployed => deployed.Revision,
        OdcDependentAsset dependent => dependent.Revision,
        _ => null,
    };
}
