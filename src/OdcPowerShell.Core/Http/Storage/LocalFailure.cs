using System.Security;

namespace OdcPowerShell.Http;

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
        OdcErrorCause.FileNotFound, $"There is no {what} {path}.", "Check the path; it is meant from the current location of the file system.");

    private static bool IsLocal(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException or SecurityException;

    private static OdcException From(string path, Exception e) => e is FileNotFoundException or DirectoryNotFoundException
        ? NotFound(path, "file or folder")
        : new OdcException(OdcErrorCause.FileFailed, $"{path}: {e.Message}", "Check that the path is right, may be read or written, and has room.", e);
}
