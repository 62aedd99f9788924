using System.Net;
using System.Runtime.InteropServices;
using System.Security;
using System.Text.Json;

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

    /// <summary>Takes the value out of a text that a server sent, in plain, form-encoded, JSON and HTML shape.</summary>
    internal string RemoveFrom(string text)
    {
        if (IsEmpty)
            return text;
        return text
            .Replace(_value, "***")
            .Replace(JsonEncodedText.Encode(_value).ToString(), "***")
            .Replace(WebUtility.HtmlEncode(_value), "***")
            .Replace(Uri.EscapeDataString(_value), "***")
            .Replace(Uri.EscapeDataString(_value).Replace("%20", "+"), "***");
    }

    public bool Equals(Secret? other) => other is not null && string.Equals(_value, other._value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => 0;

    public override string ToString() => "***";
}
