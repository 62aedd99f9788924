using System.Text;

namespace OdcPowerShell.Http;

/// <summary>Whether a window is as its file says, can't be known at the moment, or is this process's alone.</summary>
internal enum LimitAccess
{
    Shared,
    Busy,
    Alone,
}

/// <summary>
/// The file of one limit. It is open, and thereby locked, only for the moment of one decision; the system closes it when the process is killed. It has
/// two slots which are written in turn, so that one is whole whenever a write is broken off: what the broken one was to add was never sent.
/// </summary>
internal sealed class LimitFile(SharedLimits shared, RateLimit limit, TimeSpan length)
{
    internal const int Version = 1;
    private const int Magic = 0x4C43444F;
    private const int SlotSize = 16 * 1024;
    private const int HeadSize = 28;

    // As long as one process may have the file open, and as often as this one must have tried: on a busy machine both are slow.
    private const int LongestBusyMilliseconds = 3000;
    private const int MostBusyTries = 60;

    // As long as the thread waits for it.
    private const int PatienceMilliseconds = 10;
    private string? _path;
    private FileStream? _open;
    private int _slot;
    private long _sequence;
    private int? _busySince;
    private int _busyTries;
    private DateTime _writtenAt;
    private TimeSpan? _aloneSince;

    internal long Process => shared.Process;

    /// <summary>How much of a file is read and written; the files of a budget use it one after the other.</summary>
    internal const int Size = 2 * SlotSize;

    /// <summary>Opens and locks the file, and reads it into the state. To read alone, no file is created.</summary>
    internal LimitAccess Open(WindowState state, TimeSpan now, bool toRead)
    {
        // A folder that can't be used is tried again a window later.
        if (_aloneSince is { } since && now >= since && now - since < length)
            return LimitAccess.Alone;
        try
        {
            _path ??= shared.PathOf(limit);
            if (toRead && !File.Exists(_path))
                return LimitAccess.Alone;
            _open = Lock(_path);
            if (_open is null)
                return IsStuck(_path) ? GoAlone("another process does not close a file", now) : LimitAccess.Busy;
            _busySince = null;
            Read(state, now);
            _aloneSince = null;
            return LimitAccess.Shared;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException or InvalidOperationException or System.Security.SecurityException)
        {
            return GoAlone(e.Message, now);
        }
    }

    /// <summary>Writes the state and closes the file, if it is open.</summary>
    internal void Save(WindowState state, TimeSpan now)
    {
        try
        {
            if (_open is not null)
                Write(state, now);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            GoAlone(e.Message, now);
        }
        finally
        {
            Release();
        }
    }

    /// <summary>Closes the file, if it is open.</summary>
    internal void Release()
    {
        _open?.Dispose();
        _open = null;
    }

    /// <summary>Whether the file has been open for long, and not just by turns.</summary>
    private bool IsStuck(string path)
    {
        var writtenAt = File.GetLastWriteTimeUtc(path);
        if (_busySince is null || writtenAt != _writtenAt)
            (_busySince, _busyTries, _writtenAt) = (Environment.TickCount, 0, writtenAt);
        return ++_busyTries > MostBusyTries && Environment.TickCount - _busySince > LongestBusyMilliseconds;
    }

    private LimitAccess GoAlone(string reason, TimeSpan now)
    {
        Release();
        _busySince = null;
        _aloneSince = now;
        shared.Report(reason);
        return LimitAccess.Alone;
    }

    /// <summary>Null while another process has it.</summary>
    private FileStream? Lock(string path)
    {
        var began = Environment.TickCount;
        for (var tries = 0; ; tries++)
        {
            try
            {
                return OpenOnce(path);
            }
            catch (DirectoryNotFoundException) when (tries == 0)
            {
                shared.Create();
            }
            catch (IOException e) when (IsSharing(e))
            {
                if (Environment.TickCount - began >= PatienceMilliseconds)
                    return null;
                if (tries < 5)
                    Thread.Yield();
                else
                    Thread.Sleep(1);
            }
        }
    }

    private FileStream OpenOnce(string path)
    {
        // It would lead to a file of another folder.
        if (IsLink(path))
            throw new IOException("a link is in the place of a file");
#if NETSTANDARD2_0
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
#else
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var stream = new FileStream(path, options);
#endif
        try
        {
            // A pipe would keep the reader until something is written to it.
            if (!stream.CanSeek)
                throw new IOException("what is in the place of a file is none");
            shared.RequireLocks(path);
#if NETSTANDARD2_0
            LockForMono(stream);
#endif
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static bool IsLink(string path)
    {
        try
        {
            return File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

#if NETSTANDARD2_0
    /// <summary>Mono asks for FileShare in its own process only.</summary>
    private static void LockForMono(FileStream stream)
    {
        try
        {
            stream.Lock(0, 1);
        }
        catch (PlatformNotSupportedException)
        {
            // macOS, where .NET has locked the file as a whole.
        }
    }
#endif

    // A sharing or lock violation of Windows; EAGAIN of Linux and of macOS, EACCES as mono reports it.
    private static bool IsSharing(IOException e) => e.GetType() == typeof(IOException) && (e.HResult & 0xFFFF) is 32 or 33 or 11 or 35;

    private void Read(WindowState state, TimeSpan now)
    {
        var count = Fill();
        (_slot, _sequence) = (1, 0);
        WindowState? newest = null;
        TimeSpan? writtenAt = null;
        for (var slot = 0; slot < 2; slot++)
        {
            if (Parse(slot, count) is { } found && found.Sequence > _sequence)
                ((_slot, _sequence), newest, writtenAt) = ((slot, found.Sequence), found.State, found.At);
        }

        if (newest is not null)
            state.Merge(newest, writtenAt, Process, length, now);
        else if (count >= 4 && Word(0) is not (0 or Magic))
            throw WindowContent.Foreign();
    }

    private int Fill()
    {
        var count = 0;
        while (count < shared.Buffer.Length)
        {
            var read = _open!.Read(shared.Buffer, count, shared.Buffer.Length - count);
            if (read == 0)
                break;
            count += read;
        }

        return count;
    }

    /// <summary>Null for a slot that was never written, or not to its end.</summary>
    /// <exception cref="IOException">It is of another version, or no process has written it.</exception>
    private (long Sequence, TimeSpan At, WindowState State)? Parse(int slot, int count)
    {
        var start = slot * SlotSize;
        if (count < start + HeadSize || Word(start) != Magic)
            return null;
        if (Word(start + 4) != Version)
            throw new IOException("a file there is of another version of the module");
        var size = Word(start + 16);
        if (size is < 0 or > SlotSize - HeadSize || count < start + HeadSize + size || BitConverter.ToInt64(shared.Buffer, start + 20) != Sum(start + HeadSize, size))
            return null;
        using var reader = new BinaryReader(new MemoryStream(shared.Buffer, start + HeadSize, size, writable: false), Encoding.UTF8);
        try
        {
            return (BitConverter.ToInt64(shared.Buffer, start + 8), WindowContent.Moment(reader), WindowContent.Read(reader));
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }

    private void Write(WindowState state, TimeSpan now)
    {
        var start = (1 - _slot) * SlotSize;
        using var content = new MemoryStream(shared.Buffer, start + HeadSize, SlotSize - HeadSize, writable: true);
        using var writer = new BinaryWriter(content, Encoding.UTF8);
        WindowContent.Write(writer, state, now);
        writer.Flush();
        var size = (int)content.Position;
        using var head = new BinaryWriter(new MemoryStream(shared.Buffer, start, HeadSize, writable: true), Encoding.UTF8);
        head.Write(Magic);
        head.Write(Version);
        head.Write(_sequence + 1);
        head.Write(size);
        head.Write(Sum(start + HeadSize, size));
        head.Flush();
        _open!.Position = start;
        _open.Write(shared.Buffer, start, HeadSize + size);
        _open.Flush();
    }

    private int Word(int at) => BitConverter.ToInt32(shared.Buffer, at);

    // FNV-1a: whether the slot was written to its end.
    private long Sum(int start, int count)
    {
        var sum = 14695981039346656037;
        for (var i = start; i < start + count; i++)
            sum = (sum ^ shared.Buffer[i]) * 1099511628211;
        return unchecked((long)sum);
    }
}
