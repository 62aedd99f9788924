namespace OdcPowerShell;

/// <summary>An object that says where a file can be loaded from.</summary>
internal interface IContentLink
{
    /// <summary>The pre-signed URL; null when there is no file.</summary>
    string? ContentUrl { get; }

    /// <summary>A name for the file, not yet fit for every file system.</summary>
    string SuggestedFileName { get; }
}
