using System.Globalization;
using System.Text;

namespace OdcPowerShell.Http;

/// <summary>Names for files that are saved.</summary>
internal static class ContentName
{
    // 255 is the most that file systems take; a number, and what a file is called while it grows, come to it.
    private const int MostBytes = 150;
    private const string Reserved = "<>:\"/\\|?*";

    /// <summary>Owner, revision, kind and the extension of the URL's path; the path's own name where the owner is not known.</summary>
    internal static string Of(string? owner, int? revision, string kind, string? url, string extension)
    {
        var given = StorageAddress.TryParse(url)?.FileName ?? "";
        var end = Path.GetExtension(Safe(given)) is { Length: > 1 and <= 8 } own ? own : extension;
        if (string.IsNullOrEmpty(owner))
            return given.Length > 0 ? given : "content" + end;
        return owner + (revision is { } number ? "-r" + number.ToString(CultureInfo.InvariantCulture) : "") + kind + end;
    }

    /// <summary>A name that every file system takes, and that leads to no other folder.</summary>
    internal static string Safe(string name)
    {
        var safe = new string([.. name.Select(c => c < ' ' || Reserved.IndexOf(c) >= 0 ? '_' : c)]).Trim().TrimEnd('.', ' ');
        if (Encoding.UTF8.GetByteCount(safe) > MostBytes)
        {
            var end = Path.GetExtension(safe) is { Length: < 20 } extension ? extension : "";
            safe = Cut(safe.Substring(0, safe.Length - end.Length), MostBytes - Encoding.UTF8.GetByteCount(end)).TrimEnd('.', ' ') + end;
        }

        return safe.Length == 0 ? "content" : IsDevice(safe) ? "_" + safe : safe;
    }

    /// <summary>The beginning of a text that has so many bytes as UTF-8 at most: file systems count bytes, and a letter may have four.</summary>
    internal static string Cut(string text, int bytes)
    {
        var length = Math.Min(text.Length, bytes);
        while (length > 0 && Encoding.UTF8.GetByteCount(text.Substring(0, length)) > bytes)
            length--;
        return text.Substring(0, length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length);
    }

    private static bool IsDevice(string name)
    {
        var stem = name.Split('.')[0].ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL" || (stem.Length == 4 && stem[3] is >= '0' and <= '9' && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal)));
    }
}

/// <summary>An object that says where a file can be loaded from.</summary>
internal interface IContentLink
{
    /// <summary>The pre-signed URL; null when there is no file.</summary>
    string? ContentUrl { get; }

    /// <summary>A name for the file, not yet fit for every file system.</summary>
    string SuggestedFileName { get; }
}
