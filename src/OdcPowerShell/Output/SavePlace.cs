using System.Globalization;

namespace OdcPowerShell.Output;

/// <summary>Where a command saves its files: as one file, or in a folder in which each file gets its own name.</summary>
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

    /// <summary>An existing folder, or a file in an existing folder; without a path, the current location of the file system.</summary>
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

    /// <summary>The path for the next file.</summary>
    /// <exception cref="OdcException">There is only one path, and it was used already.</exception>
    internal string Next(string suggested)
    {
        if (_file is not null)
        {
            return _taken.Add(_file) ? _file : throw new OdcException(
                OdcErrorCause.FileExists, $"{_file} is one file, but there are several files to save.", $"Specify an existing folder with -Path, where each file gets its own name. To create one: New-Item {MessageText.Quoted(_file)} -ItemType Directory.");
        }

        var name = ContentName.Safe(suggested);
        var free = name;
        for (var number = 2; !_taken.Add(free); number++)
            free = Path.GetFileNameWithoutExtension(name) + "-" + number.ToString(CultureInfo.InvariantCulture) + Path.GetExtension(name);
        return Path.Combine(_folder, free);
    }
}

/// <summary>Converts PowerShell paths, with PowerShell's drives and current location, to paths of the file system.</summary>
internal static class FilePaths
{
    /// <exception cref="OdcException">The path is not a path of the file system.</exception>
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

    /// <summary>The paths that a path with wildcards stands for, or the path itself. A file with that very name counts if nothing else matches.</summary>
    /// <exception cref="OdcException">The path is not a path of the file system, or matches nothing.</exception>
    internal static IReadOnlyList<string> Expand(PSCmdlet cmdlet, string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path))
            return [Resolve(cmdlet, WildcardPattern.Unescape(path))];
        try
        {
            var found = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out var provider);
            if (provider.Name != "FileSystem")
                throw NoFile(path, inner: null);
            if (found.Count > 0)
                return [.. found];
        }
        catch (Exception e) when (e is SessionStateException or NotSupportedException or WildcardPatternException)
        {
            throw NoFile(path, e);
        }

        var literal = Resolve(cmdlet, path);
        return System.IO.File.Exists(literal) ? [literal] : throw new OdcException(
            OdcErrorCause.FileNotFound, $"No file matches '{path}'.", "Check the path and its wildcards. Specify a name with brackets with -LiteralPath.");
    }

    private static OdcException NoFile(string path, Exception? inner) => new(
        OdcErrorCause.FileNotFound, $"'{path}' is not a path of the file system.", "Specify the path of a file. A path without a drive is relative to the current location.", inner);
}

/// <summary>Finds the URL of a file in an object.</summary>
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

/// <summary>A URL that the user specified.</summary>
internal sealed class UriLink(string url) : IContentLink
{
    public string? ContentUrl => url;

    public string SuggestedFileName => ContentName.Of(owner: null, revision: null, "", url, "");
}
