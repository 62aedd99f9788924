using System.Runtime.InteropServices;
using System.Security;

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
    internal string RemoveFrom(string text) => IsEmpty ? text : EscapedText.Remove(text, _value);

    public bool Equals(Secret? other) => other is not null && string.Equals(_value, other._value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => 0;

    public override string ToString() => "***";
}
