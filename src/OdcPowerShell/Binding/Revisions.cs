using System.Globalization;

namespace OdcPowerShell.Binding;

/// <summary>A revision of an asset whose key is known.</summary>
internal sealed record RevisionReference(ObjectReference Asset, int Number)
{
    /// <summary>The keys for the path of an operation.</summary>
    internal string[] Keys => [Asset.Key!, Number.ToString(CultureInfo.InvariantCulture)];

    internal object Target => Asset.Target;

    internal string? AssetName => Asset.Name;

    /// <summary>The revision that an object is; null for an object that is the whole asset, even if it has the number of its latest revision.</summary>
    internal static int? Meant(object? resource) => resource switch
    {
        OdcAssetRevision revision => revision.Revision,
        OdcDeployedRevision deployed => deployed.Revision,
        OdcDependentAsset dependent => dependent.Revision,
        _ => null,
    };
}

/// <summary>Finds the latest revision of an asset, or the one with a tag.</summary>
internal static class RevisionLookup
{
    /// <exception cref="OdcException">No revision has the tag, or the answer has no number.</exception>
    internal static async Task<OdcAssetRevision> FindAsync(OdcClient client, ObjectReference asset, string key, string? tag, ICaller caller, CancellationToken cancellationToken)
    {
        if (tag is null)
        {
            var latest = await client.GetAsync(AssetRepositoryApi.GetLatestRevision, [key], query: null, caller, cancellationToken);
            return latest.Revision is not null ? latest : throw new OdcException(
                OdcErrorCause.UnexpectedResponse, $"The service does not say which revision of {asset.Label} is the latest.", "Specify -Revision.");
        }

        var tagged = await client.GetAsync(AssetRepositoryApi.ListRevisions, [key], new Query().Add("tag", tag), caller, cancellationToken);
        return tagged.Results?.FirstOrDefault(r => r.Revision is not null && string.Equals(r.Tag, tag, StringComparison.OrdinalIgnoreCase)) ?? throw new OdcException(
            OdcErrorCause.NotFound, $"{asset.Label} has no revision with the tag {tag} that this API client can see.", "Get-OdcAssetRevision -Tagged lists the tagged revisions of an asset.");
    }
}
