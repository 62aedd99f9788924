namespace OdcPowerShell.Emulator;

/// <summary>What a new tag must be.</summary>
internal static class TagRules
{
    public static VersionTag Check(Asset? asset, string text, bool mustBeHigher)
    {
        if (VersionTag.Parse(text) is not { } tag)
            throw new ProblemException(DeliveryCause.TagFormat);
        if (asset?.Revisions.Exists(revision => revision.Tag == tag) == true)
            throw new ProblemException(DeliveryCause.TagTaken);
        if (mustBeHigher && asset?.HighestTagged?.Tag is { } highest && tag.Order.CompareTo(highest.Order) < 0)
            throw new ProblemException(DeliveryCause.TagNotHigher);
        return tag;
    }
}
