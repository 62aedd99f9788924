using System.Globalization;

namespace OdcPowerShell.Output;

/// <summary>Where a command saves what it is given: in one file, or in a folder in which each thing gets a name of its own.</summary>
internal sealed class SavePlace
{
    private readonly string? _file;
    private readonly string _folder;
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    private SavePlace(string folder, string? file)
    {
        _folder = folder;
        _file = file;
    }

    /// <summary>A folder that exists, or else a file in a folder that exists; without a path, the file system's current location.</summary>
    /// <exception cref="OdcException">There is no such folder.</exception>
    internal static SavePlace Of(PSCmdlet cmdlet, string? path)
    {
        var full = path is null ? cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath : FilePaths.Resolve(cmdlet, path);
        if (Directory.Exists(full))
            return new SavePlace(full, file: null);
        var folder = Path.GetDirectoryName(full);
        var isFolder = path is null || path.EndsWith("/", StringComparison.Ordinal) || path.EndsWith("\\", StringComparison.Ordinal);
        return !isFolder && Directory.Exists(folder) ? new SavePlace(folder!, full) : throw LocalFailure.NotFound(isFolder ? full : folder ?? full, "folder");
    }

    /// <summary>The path for the next thing.</summary>
    /// <exception cref="OdcException">There is one file, and it was given out.</exception>
    internal string Next(string suggested)
    {
        if (_file is not null)
        {
            return _taken.Add(_file) ? _file : throw new OdcException(
                OdcErrorCause.FileExists, $"{_file} can't hold several things.", "Give a folder as -Path: each thing gets a file of its own there.");
        }

        var name = ContentName.Safe(suggested);
        var free = name;
        for (var number = 2; !_taken.Add(free); number++)
            free = Path.GetFileNameWithoutExtension(name) + "-" + number.ToString(CultureInfo.InvariantCulture) + Path.GetExtension(name);
        return Path.Combine(_folder, free);
    }
}

/// <summary>Paths as PowerShell writes them, with its drives and its own current location, as paths of the file system.</summary>
internal static class FilePaths
{
    /// <exception cref="OdcException">The path is of another provider, or of none.</exception>
    internal static string Resolve(PSCmdlet cmdlet, string path)
    {
        try
        {
            var full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == "FileSystem" ? full : throw NoFile(path, inner: null);
        }
        catch (Exception e) when (e is SessionStateException or NotSupportedException)
        {
            throw NoFile(path, e);
        }
    }

    private static OdcException NoFile(string path, Exception? inner) => new(
        OdcErrorCause.FileNotFound, $"'{path}' is no path of the file system.", "Give the path of a file; paths without a drive are meant from the current location.", inner);
}

/// <summary>Finds the URL of a file in what a user gives.</summary>
internal static class ContentLinks
{
    /// <exception cref="OdcException">The object has no URL of a file.</exception>
    internal static IContentLink Of(object item) => PipedObject.Of(item).Resource switch
    {
        IContentLink { ContentUrl: null or "" } link => throw new OdcException(
            OdcErrorCause.NotFound, $"This {link.GetType().Name} has no URL{(link.ToString() is { Length: > 0 } shown ? $" ({shown})" : "")}: there is no such file.", "Nothing has to be saved, or the object was read with too few details."),
        IContentLink link => link,
        _ => throw new OdcException(
            OdcErrorCause.InvalidRequest, $"{(item is PSObject wrapped ? wrapped.BaseObject : item).GetType().Name} has no URL of a file.",
            "Pipe an object that has one, such as Get-OdcAssetSourceCode writes, or specify the URL with -Uri."),
    };
}

/// <summary>A URL that was pasted.</summary>
internal sealed class UriLink(string url) : IContentLink
{
    public string? ContentUrl => url;

    public string SuggestedFileName => ContentName.Of(owner: null, revision: null, "", url, "");
}
