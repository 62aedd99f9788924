using System.Globalization;
using System.Text;

namespace OdcPowerShell.Tenants;

/// <summary>
/// Names of files and folders for names of objects. A name that every disk takes is its own file name. Any other has a hash after what is left of it, as do
/// names that a disk could take for the same: those that differ only in case or in their Unicode form. The same set of names always has the same files.
/// </summary>
internal static class TenantFileNames
{
    private const int MostBytes = 80;
    private const int HashLength = 8;
    private const string Marks = " -_.,()+&'@=!";

    /// <summary>The file name, without an ending, for each of the names.</summary>
    internal static IReadOnlyDictionary<string, string> Of(IEnumerable<string> names)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var same in names.Distinct(StringComparer.Ordinal).GroupBy(Folded, StringComparer.Ordinal))
        {
            var isAlone = same.Count() == 1;
            foreach (var name in same)
                files[name] = isAlone && IsPlain(name) ? name : Hashed(name);
        }

        return files;
    }

    /// <summary>Whether a file or folder can be the one of the name, whatever other names there are.</summary>
    internal static bool IsFor(string file, string name) => string.Equals(file, Hashed(name), StringComparison.OrdinalIgnoreCase) || (IsPlain(name) && string.Equals(file, name, StringComparison.OrdinalIgnoreCase));

    private static bool IsPlain(string name) => name.Length > 0 && name.All(IsSafe) && name[0] is not ('.' or ' ') && name[name.Length - 1] is not ('.' or ' ')
        && Encoding.UTF8.GetByteCount(name) <= MostBytes && name.IsNormalized(NormalizationForm.FormC) && !IsDevice(name);

    private static bool IsSafe(char c) => char.IsLetterOrDigit(c) || Marks.IndexOf(c) >= 0
        || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Windows takes these for devices, with any ending.
    private static bool IsDevice(string name)
    {
        var stem = name.Split('.')[0].TrimEnd().ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL"
            || (stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal)) && char.IsDigit(stem[3]));
    }

    private static string Folded(string name) => Whole(name).Normalize(NormalizationForm.FormKC).ToUpperInvariant().Normalize(NormalizationForm.FormKC);

    // Text with half a surrogate pair can't be normalized.
    private static string Whole(string name)
    {
        var text = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsHighSurrogate(name[i]) && i + 1 < name.Length && char.IsLowSurrogate(name[i + 1]))
                text.Append(name[i]).Append(name[++i]);
            else
                text.Append(char.IsSurrogate(name[i]) ? '_' : name[i]);
        }

        return text.ToString();
    }

    private static string Hashed(string name)
    {
        var stem = new StringBuilder();
        var bytes = 0;
        foreach (var c in Whole(name).Normalize(NormalizationForm.FormC))
        {
            var safe = IsSafe(c) ? c : '_';
            bytes += Encoding.UTF8.GetByteCount([safe]);
            if (bytes > MostBytes - HashLength - 1)
                break;
            stem.Append(safe);
        }

        // FNV-1a of UTF-16, in which half a surrogate pair counts too.
        var hash = name.Aggregate(2166136261u, (sum, c) => unchecked((sum ^ c) * 16777619u)).ToString("x8", CultureInfo.InvariantCulture);
        return stem.ToString().Trim(' ', '.') + "~" + hash;
    }
}
