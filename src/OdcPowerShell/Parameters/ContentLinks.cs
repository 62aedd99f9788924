namespace OdcPowerShell.Parameters;

/// <summary>Finds the URL of a file in what a user gives.</summary>
internal static class ContentLinks
{
    /// <exception cref="OdcException">The object has no URL of a file.</exception>
    internal static IContentLink Of(object given) => PipedObject.Of(given).Resource switch
    {
        IContentLink { ContentUrl: null or "" } link => throw new OdcException(
            OdcErrorCause.NotFound, $"This {link.GetType().Name} has no URL{(link.ToString() is { Length: > 0 } shown ? $" ({shown})" : "")}: there is no such file.", "Nothing has to be saved, or the object was read with too few details."),
        IContentLink link => link,
        _ => throw new OdcException(
            OdcErrorCause.InvalidRequest, $"{(given is PSObject wrapped ? wrapped.BaseObject : given).GetType().Name} has no URL of a file.",
            "Pipe an object that has one, such as Get-OdcAssetSourceCode writes, or specify the URL with -Uri."),
    };
}

/// <summary>A URL that was pasted.</summary>
internal sealed class GivenLink(string url) : IContentLink
{
    public string? ContentUrl => url;

    public string SuggestedFileName => ContentName.Of(owner: null, revision: null, "", url, "");
}
