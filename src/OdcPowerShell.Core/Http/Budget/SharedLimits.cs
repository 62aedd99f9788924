#if NETSTANDARD2_0
using System.Runtime.InteropServices;
#endif
using System.Security.Cryptography;
using System.Text;

namespace OdcPowerShell.Http;

/// <summary>
/// The folder in which the processes of this user and machine share a tenant's rate limits: a small file for each limit, whose name is a hash.
/// Neither names nor contents show a tenant, a client or a secret. When the folder can't be used, the process counts its requests alone.
/// </summary>
internal sealed class SharedLimits(string folder, Uri origin, TimeSpan length)
{
    /// <summary>Names another folder, or with <see cref="Off"/> none.</summary>
    internal const string Variable = "ODC_RATE_LIMIT_FOLDER";

    internal const string Off = "none";
    private string? _notice;
    private bool _isNoticed;
    private bool _isProven;

    /// <summary>Stands for this process in the files.</summary>
    internal long Process { get; } = BitConverter.ToInt64(Guid.NewGuid().ToByteArray(), 0);

    /// <summary>
    /// The user's own folder; null where nothing is shared. Only the system's clock is the same in all processes, and a tenant on loopback is an
    /// emulator, whose limits begin anew with each start.
    /// </summary>
    internal static SharedLimits? Of(Uri origin, TimeProvider time, TimeSpan length, string? specified)
    {
        if (time != TimeProvider.System || string.Equals(specified?.Trim(), Off, StringComparison.OrdinalIgnoreCase))
            return null;
        if (!string.IsNullOrWhiteSpace(specified))
            return new SharedLimits(specified!.Trim(), origin, length);
        return origin.IsLoopback ? null : new SharedLimits(Usual(), origin, length);
    }

    /// <summary>Only under the budget's gate.</summary>
    internal byte[] Buffer { get; } = new byte[LimitFile.Size];

    internal LimitFile File(RateLimit limit) => new(this, limit, length);

    /// <exception cref="IOException">The folder is relative to something, or there is none.</exception>
    internal string PathOf(RateLimit limit) => Path.IsPathRooted(folder) ? Path.Combine(folder, NameOf(limit)) : throw new IOException("it is not a full path");

    /// <summary>Creates the folder, for this user alone.</summary>
    internal void Create()
    {
        if (Directory.Exists(folder))
            return;
#if NETSTANDARD2_0
        Directory.CreateDirectory(folder);
        if (!IsWindows && NativeMethods.ChangeMode(folder, NativeMethods.OwnerOnly) != 0)
            throw new IOException("its permissions can't be set");
#else
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#endif
    }

    /// <summary>Tries once whether a file that is open can be opened again, which no other process may do.</summary>
    /// <exception cref="IOException">It can.</exception>
    internal void RequireLocks(string path)
    {
        if (_isProven)
            return;
        try
        {
            new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1).Dispose();
        }
        catch (IOException)
        {
            _isProven = true;
            return;
        }

        throw new IOException("files can't be locked there");
    }

    /// <summary>Remembers why the folder can't be used, for the one message about it.</summary>
    internal void Report(string reason)
    {
        if (_isNoticed)
            return;
        _isNoticed = true;
        Volatile.Write(ref _notice, $"This process counts its requests without those of other processes, because {folder} can't be used: {reason.TrimEnd('.')}.");
    }

    internal string? TakeNotice() => Interlocked.Exchange(ref _notice, null);

#if NETSTANDARD2_0
    private static bool IsWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
#else
    private static bool IsWindows => OperatingSystem.IsWindows();
#endif

    private static string Usual()
    {
        var state = IsWindows ? null : Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        var home = string.IsNullOrEmpty(state) ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) : state!;
        return Path.Combine(home, "OdcPowerShell", "RateLimits");
    }

    /// <summary>Machines that share a home have clocks of their own, and so they have files of their own.</summary>
    private string NameOf(RateLimit limit)
    {
        var key = FormattableString.Invariant($"{LimitFile.Version} {Environment.MachineName} {origin.AbsoluteUri} {limit.Name} {limit.PerMinute} {length.Ticks}");
#if NETSTANDARD2_0
        using var hash = SHA256.Create();
        return BitConverter.ToString(hash.ComputeHash(Encoding.UTF8.GetBytes(key)), 0, 12).Replace("-", "") + ".limit";
#else
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)), 0, 12) + ".limit";
#endif
    }

#if NETSTANDARD2_0
    private static class NativeMethods
    {
        // rwx------
        internal const uint OwnerOnly = 0x1C0;

        [DllImport("libc", EntryPoint = "chmod", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern int ChangeMode([MarshalAs(UnmanagedType.LPStr)] string path, uint mode);
    }
#endif
}
