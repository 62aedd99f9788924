using System.Security;

namespace OdcPowerShell.Http;

/// <summary>A file of this machine that is to be sent, as it was when it was looked at.</summary>
internal sealed class LocalFile
{
    private readonly DateTime _changedAt;

    private LocalFile(FileInfo file)
    {
        FullName = file.FullName;
        Name = file.Name;
        Length = file.Length;
        _changedAt = file.LastWriteTimeUtc;
    }

    internal string FullName { get; }

    internal string Name { get; }

    internal long Length { get; }

    /// <param name="path">Full path.</param>
    /// <param name="limit">The largest size, in bytes.</param>
    /// <exception cref="OdcException">No file, or one that is too large.</exception>
    internal static LocalFile Of(string path, long limit)
    {
        if (!File.Exists(path))
            throw LocalFailure.NotFound(path, "file");
        var file = LocalFailure.Explain(path, () => new LocalFile(new FileInfo(path)));
        return file.Length <= limit ? file : throw new OdcException(
            OdcErrorCause.FileTooLarge, $"{path} has {Size.Of(file.Length)}; the service takes {Size.Of(limit)} at the most. Nothing was sent.", "Use a smaller file.");
    }

    internal FileStream Open()
    {
        var stream = LocalFailure.Explain(FullName, () => new FileStream(FullName, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, useAsync: true));
        if (stream.Length == Length && File.GetLastWriteTimeUtc(FullName) == _changedAt)
            return stream;
        stream.Dispose();
        throw Changed();
    }

    /// <summary>The whole content, for small files.</summary>
    internal byte[] Read() => LocalFailure.Explain(FullName, () => File.ReadAllBytes(FullName));

    internal OdcException Changed() => new(
        OdcErrorCause.FileFailed, $"{FullName} was changed while it was being sent.", "Send it again when nothing writes to it.");

    public override string ToString() => FullName;
}

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

    /// <summary>Renames the file to its final name. Another that came there meanwhile is replaced only where that was asked for.</summary>
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
        OdcErrorCause.FileExists, $"{path} exists and is not overwritten.", "Use another -Path, or replace the file with -Force.");
}

/// <summary>Says what a failure of this machine's file system means.</summary>
internal static class LocalFailure
{
    internal static T Explain<T>(string path, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception e) when (IsLocal(e))
        {
            throw From(path, e);
        }
    }

    internal static async Task ExplainAsync(string path, Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
        catch (Exception e) when (IsLocal(e))
        {
            throw From(path, e);
        }
    }

    internal static OdcException NotFound(string path, string what) => new(
        OdcErrorCause.FileNotFound, $"There is no {what} {path}.", "Check the path; it is relative to the current location of the file system.");

    private static bool IsLocal(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException or SecurityException;

    private static OdcException From(string path, Exception e) => e is FileNotFoundException or DirectoryNotFoundException
        ? NotFound(path, "file or folder")
        : new OdcException(OdcErrorCause.FileFailed, $"{path}: {e.Message}", "Check that the path is right, may be read or written, and has room.", e);
}
