namespace OdcPowerShell.Emulator;

/// <summary>Reads files to the end, but keeps none above a limit.</summary>
internal static class LimitedBody
{
    /// <summary>The content, null when it is larger than the limit, and its length.</summary>
    public static async Task<(byte[]? Content, long Length)> ReadAsync(Stream body, long limit, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[81920];
        var length = 0L;
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            length += read;
            if (length <= limit)
                kept.Write(buffer, 0, read);
        }

        return (length <= limit ? kept.ToArray() : null, length);
    }
}
