using System.Globalization;

namespace OdcPowerShell.Parameters;

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
