using System.Globalization;
using System.Runtime.InteropServices;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace OdcPowerShell.Authentication;

/// <summary>A value that must never be printed: a client secret or a token. Nothing but <see cref="Reveal"/> shows it.</summary>
internal sealed class Secret : IEquatable<Secret>
{
    private readonly string _value;

    internal Secret(string value) => _value = value;

    internal bool IsEmpty => _value.Length == 0;

    internal static Secret From(SecureString value)
    {
        var pointer = Marshal.SecureStringToGlobalAllocUnicode(value);
        try
        {
            return new Secret(Marshal.PtrToStringUni(pointer, value.Length));
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(pointer);
        }
    }

    /// <summary>The value itself, for the wire only.</summary>
    internal string Reveal() => _value;

    internal SecureString ToSecureString()
    {
        var secure = new SecureString();
        foreach (var c in _value)
            secure.AppendChar(c);
        secure.MakeReadOnly();
        return secure;
    }

    /// <summary>Whether it can stand in a header: visible ASCII alone.</summary>
    internal bool FitsHeader => !IsEmpty && _value.All(c => c is > ' ' and < '\x7F');

    /// <summary>The same without what copying and reading from files puts around it.</summary>
    internal Secret Trimmed() => new(_value.Trim());

    /// <summary>The same without line ends at its end, which no secret has and every text file does.</summary>
    internal Secret WithoutLineEnd() => new(_value.TrimEnd('\r', '\n'));

    /// <summary>Takes the value out of a text that a server sent, in whatever way it is escaped there.</summary>
    internal string RemoveFrom(string text) => IsEmpty || text.Length < _value.Length ? text : EscapedText.Remove(text, _value);

    /// <summary>Takes the longest start of the value out of a text, as a server shows it when it shortens what it was sent.</summary>
    internal string RemoveStartFrom(string text)
    {
        const int shortest = 4;
        for (var length = Math.Min(_value.Length - 1, text.Length); length >= shortest; length--)
        {
            if (text.IndexOf(_value.Substring(0, length), StringComparison.Ordinal) >= 0)
                return text.Replace(_value.Substring(0, length), Http.Redactor.Hidden);
        }

        return text;
    }

    public bool Equals(Secret? other) => other is not null && string.Equals(_value, other._value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => 0;

    public override string ToString() => "***";
}

/// <summary>Finds a value in a text in every shape in which servers repeat it: plain, form-encoded, in JSON and in HTML, each with all its escapes.</summary>
internal static class EscapedText
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    internal static string Remove(string text, string value)
    {
        try
        {
            var coded = Convert.ToBase64String(Encoding.UTF8.GetBytes(value));
            return Regex.Replace(text.Replace(coded, Http.Redactor.Hidden), Pattern(value), Http.Redactor.Hidden, RegexOptions.CultureInvariant, Limit);
        }
        catch (RegexMatchTimeoutException)
        {
            return Http.Redactor.Hidden;
        }
    }

    /// <summary>Each character in any of its shapes: no shape is the beginning of another one's rest, so the match takes linear time.</summary>
    private static string Pattern(string value)
    {
        var pattern = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            var isPair = char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]);
            pattern.Append("(?:").Append(string.Join("|", Shapes(isPair ? value.Substring(i, 2) : value.Substring(i, 1)).Distinct(StringComparer.Ordinal))).Append(')');
            i += isPair ? 1 : 0;
        }

        return pattern.ToString();
    }

    private static IEnumerable<string> Shapes(string character)
    {
        var code = char.IsSurrogate(character[0]) && character.Length == 1 ? character[0] : char.ConvertToUtf32(character, 0);
        yield return @"\\u" + string.Join(@"\\u", character.Select(c => Hex(c, 4)));
        // Encoded twice, before once, which is its beginning.
        yield return string.Concat(Encoding.UTF8.GetBytes(character).Select(b => "%25" + Hex(b, 2)));
        yield return string.Concat(Encoding.UTF8.GetBytes(character).Select(b => "%" + Hex(b, 2)));
        yield return $"&#0*{code.ToString(CultureInfo.InvariantCulture)};";
        yield return $"&#[xX]0*{Hex(code, 1)};";
        foreach (var shape in Named(character))
            yield return shape;
        yield return Regex.Escape(character);
    }

    private static IEnumerable<string> Named(string character) => character switch
    {
        "\"" => [@"\\""", "&quot;"],
        @"\" => [@"\\\\"],
        "/" => [@"\\/"],
        "&" => ["&amp;"],
        "<" => ["&lt;"],
        ">" => ["&gt;"],
        "'" => ["&apos;", @"\\'"],
        " " => [@"\+"],
        "\t" => [@"\\t"],
        "\n" => [@"\\n"],
        "\r" => [@"\\r"],
        _ => [],
    };

    // In capitals or not.
    private static string Hex(int value, int digits) =>
        string.Concat(value.ToString("x" + digits, CultureInfo.InvariantCulture).Select(c => c >= 'a' ? $"[{c}{char.ToUpperInvariant(c)}]" : c.ToString()));
}
