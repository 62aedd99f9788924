namespace OdcPowerShell.Http;

/// <summary>A file that is not whole yet: it grows under another name beside its place, and is gone when it is not completed.</summary>
internal sealed class PartialFile : IDisposable
{
    private const int MostBytes = 200;
    private readonly FileStream _content;
    private readonly string _partial;
    private readonly string _path;
    private readonly bool _replaces;

    private PartialFile(string path, bool replaces)
    {
        _path = path;
        _replaces = replaces;
        _partial = Path.Combine(Path.GetDirectoryName(path)!, $".{ContentName.Cut(Path.GetFileName(path), MostBytes)}.{Guid.NewGuid():N}.partial");
        _content = new FileStream(_partial, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 1, useAsync: true);
    }

    internal long Length => _content.Length;

    /// <exception cref="OdcException">There is such a file and it is not to be replaced, or none can be written there.</exception>
    internal static PartialFile Create(string path, bool replaces) =>
        !replaces && File.Exists(path) ? throw Exists(path) : LocalFailure.Explain(path, () => new PartialFile(path, replaces));

    internal Task WriteAsync(byte[] bytes, int count, CancellationToken cancellationToken) =>
        LocalFailure.ExplainAsync(_path, () => _content.WriteAsync(bytes, 0, count, cancellationToken));

    internal void Clear() => LocalFailure.Explain(_path, () =>
    {
        _content.SetLength(0);
        return _content.Seek(0, SeekOrigin.Begin);
    });

    /// <summary>Gives the file its name. Another that came there meanwhile is replaced only where that was asked for.</summary>
    internal FileInfo Complete()
    {
        LocalFailure.Explain(_path, () =>
        {
            _content.Dispose();
            Move();
            return true;
        });
        return new FileInfo(_path);
    }

    private void Move()
    {
        if (!_replaces && File.Exists(_path))
            throw Exists(_path);
        if (_replaces && File.Exists(_path))
            File.Replace(_partial, _path, destinationBackupFileName: null);
        else
            File.Move(_partial, _path);
    }

    public void Dispose()
    {
        _content.Dispose();
        try
        {
            File.Delete(_partial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is left has a name that says so; the failure that led here is worth more than this one.
        }
    }

    private static OdcException Exists(string path) => new(
        OdcErrorCause.FileExists, $"{path} exists and is not overwritten.", "Give another -Path, or replace the file with -Force.");
}
