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
            OdcErrorCause.FileTooLarge, $"{path} has {Size.Of(file.Length)}; the service takes {Size.Of(limit)} at the most. Nothing was sent.", "Give a smaller file.");
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
