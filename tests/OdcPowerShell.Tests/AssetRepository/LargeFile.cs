namespace OdcPowerShell.Tests.AssetRepository;

/// <summary>A file one byte above the limit, of which the disk holds nothing.</summary>
internal static class LargeFile
{
    internal static void Write(string path)
    {
        using var file = File.Create(path);
        file.SetLength((100 * 1024 * 1024) + 1);
    }
}
