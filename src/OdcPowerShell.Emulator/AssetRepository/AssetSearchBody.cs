namespace OdcPowerShell.Emulator;

/// <summary>A search: each filter names one revision of an asset, or none when nothing fits.</summary>
internal sealed record AssetSearchBody(IReadOnlyList<AssetVersionFilterBody>? AssetVersionFilters, IReadOnlyList<string>? Embeds)
{
    public IReadOnlyList<AssetEmbed> ReadEmbeds() => [.. (Embeds ?? []).Select(text =>
        Enum.TryParse<AssetEmbed>(text, ignoreCase: true, out var embed) && !char.IsAsciiDigit(text[0])
            ? embed
            : throw new ProblemException(Cause.BadParameter($"'{text}' cannot be embedded.")))];

    public IReadOnlyList<Func<DeliveryState, AssetRevision?>> ReadFilters() => AssetVersionFilters is { Count: > 0 } filters
        ? [.. filters.Select(filter => filter.Read())]
        : throw new ProblemException(DeliveryCause.Missing("assetVersionFilters"));
}

internal sealed record AssetVersionFilterBody(string? Key, string? Digest, int? Revision, bool? IsHighestTag)
{
    public Func<DeliveryState, AssetRevision?> Read()
    {
        var key = DeliveryCalls.ParseKey("key", Key);
        var given = (string.IsNullOrEmpty(Digest) ? 0 : 1) + (Revision is null ? 0 : 1) + (IsHighestTag == true ? 1 : 0);
        if (given != 1)
            throw new ProblemException(Cause.BadParameter("A filter needs exactly one of 'digest', 'revision' and 'isHighestTag'."));
        var digest = string.IsNullOrEmpty(Digest) ? (Guid?)null : QueryReader.ParseGuid("digest", Digest);
        return state => state.Assets.GetValueOrDefault(key) is not { } asset ? null
            : Revision is { } number ? asset.Find(number)
            : digest is { } model ? asset.Revisions.Find(revision => revision.ModelDigest == model)
            : asset.HighestTagged;
    }
}
