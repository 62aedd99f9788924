using System.Globalization;

namespace OdcPowerShell.Http;

/// <summary>Numbers of bytes as people read them.</summary>
internal static class Size
{
    private const double Mega = 1024 * 1024;

    internal static string Of(long bytes) => bytes < Mega
        ? string.Format(CultureInfo.InvariantCulture, "{0:N0} bytes", bytes)
        : string.Format(CultureInfo.InvariantCulture, "{0:N1} MB", bytes / Mega);
}
