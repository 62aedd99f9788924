namespace OdcPowerShell.Parameters;

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
