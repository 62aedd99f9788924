using System.Globalization;

namespace OdcPowerShell.Emulator;

/// <summary>A tag in the form Major.Minor.Patch; 1.10.0 is higher than 1.9.0.</summary>
internal sealed record VersionTag(int Major, int Minor, int Patch)
{
    public static VersionTag? Parse(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 3 && Number(parts[0]) is { } major && Number(parts[1]) is { } minor && Number(parts[2]) is { } patch
            ? new VersionTag(major, minor, patch)
            : null;
    }

    public (int Major, int Minor, int Patch) Order => (Major, Minor, Patch);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
