using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;

namespace OdcPowerShell.EnvironmentConfigurations;

/// <summary>Addresses that follow each other: one address, a CIDR block, or a range from one address to another. All are IPv4, or all are IPv6.</summary>
internal sealed class IpRange
{
    private const int BitsOfV4 = 32;
    private const int BitsOfV6 = 128;
    private const int Longest = 200;
    private const string Forms = "Specify IPv4 or IPv6 addresses such as 203.0.113.7, 203.0.113.0/24, 203.0.113.1-203.0.113.9 or 2001:db8::/48.";

    private IpRange(string text, bool isV6, BigInteger first, BigInteger last) => (Text, IsV6, First, Last) = (text, isV6, first, last);

    /// <summary>The range as it is sent: without spaces, IPv6 in its short form, and a block of one address as the address.</summary>
    internal string Text { get; }

    internal bool IsV6 { get; }

    internal BigInteger First { get; }

    internal BigInteger Last { get; }

    /// <summary>Whether it is a single address.</summary>
    internal bool IsSingle => First == Last;

    /// <summary>The range of a single address.</summary>
    internal static IpRange Of(IPAddress address)
    {
        var bare = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());
        var number = Number(bare);
        return new IpRange(bare.ToString(), bare.AddressFamily == AddressFamily.InterNetworkV6, number, number);
    }

    /// <summary>Reads a range, strictly: what one system could read in another way than the next is rejected.</summary>
    /// <exception cref="OdcException">It is not a range; the action has the range that was probably meant.</exception>
    internal static IpRange Parse(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
            throw Wrong("An address is empty.", Forms);
        if (trimmed.Length > Longest)
            throw Wrong($"'{trimmed.Substring(0, Longest)}…' is not an address or a range of addresses.", Forms);
        var parts = trimmed.Split('/');
        if (parts.Length == 2 && parts.Any(part => part.Trim().IndexOf('-') > 0))
            throw Wrong($"'{trimmed}' mixes a block and a range.", "Specify a block such as 203.0.113.0/24, or a range of two addresses such as 203.0.113.1-203.0.113.9.");
        if (parts.Length == 2)
            return Block(trimmed, parts[0].Trim(), parts[1].Trim());
        var ends = trimmed.Split('-');
        return parts.Length == 1 && ends.Length == 2 ? Between(trimmed, ends[0].Trim(), ends[1].Trim()) : Of(Address(trimmed, trimmed));
    }

    /// <summary>A range that the service has; null if it has a form that this module does not know.</summary>
    internal static IpRange? Find(string? text)
    {
        try
        {
            return text is null ? null : Parse(text);
        }
        catch (OdcException)
        {
            return null;
        }
    }

    internal bool Contains(IpRange other) => IsV6 == other.IsV6 && First <= other.First && other.Last <= Last;

    internal bool Overlaps(IpRange other) => IsV6 == other.IsV6 && First <= other.Last && other.First <= Last;

    internal bool IsSame(IpRange other) => IsV6 == other.IsV6 && First == other.First && Last == other.Last;

    /// <summary>Whether the ranges together are all addresses of a family.</summary>
    internal static bool AreAll(IEnumerable<IpRange> ranges, bool isV6)
    {
        var next = BigInteger.Zero;
        foreach (var range in ranges.Where(r => r.IsV6 == isV6).OrderBy(r => r.First))
        {
            if (range.First > next)
                return false;
            next = BigInteger.Max(next, range.Last + 1);
        }

        return next == BigInteger.Pow(2, isV6 ? BitsOfV6 : BitsOfV4);
    }

    public override string ToString() => Text;

    private static IpRange Block(string whole, string start, string length)
    {
        var address = Address(start, whole);
        var isV6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        var most = isV6 ? BitsOfV6 : BitsOfV4;
        if (!isV6 && length.Contains('.'))
            throw Wrong($"'{whole}' has a mask after the slash.", PrefixOf(length) is { } meant ? $"Specify the number of its bits: {Masked(address, meant)}/{meant.ToString(CultureInfo.InvariantCulture)}." : Forms);
        if (!IsNumber(length, digits: 3) || int.Parse(length, CultureInfo.InvariantCulture) > most)
            throw Wrong($"'{whole}': after the slash, {(isV6 ? "an IPv6" : "an IPv4")} block has the number of its fixed bits, from 0 to {most}.", $"Specify for example {start}/{(isV6 ? 64 : 24)}, or {start} alone for the one address.");
        var bits = int.Parse(length, CultureInfo.InvariantCulture);
        var (first, size) = (Number(address), BigInteger.Pow(2, most - bits));
        var begin = first - (first % size);
        if (begin != first)
        {
            throw Wrong(
                $"'{whole}' is not the beginning of a block of {bits} fixed bits.",
                $"Specify {Masked(address, bits)}/{bits.ToString(CultureInfo.InvariantCulture)} for the whole block, or {address} for the one address.");
        }

        return new IpRange(bits == most ? address.ToString() : FormattableString.Invariant($"{address}/{bits}"), isV6, first, first + size - 1);
    }

    private static IpRange Between(string whole, string start, string end)
    {
        var from = Address(start, whole);
        if (IsNumber(end, digits: 3) && from.AddressFamily == AddressFamily.InterNetwork)
            throw Wrong($"'{whole}' has only the last number of its second address.", $"Specify the whole address: {start}-{start.Substring(0, start.LastIndexOf('.') + 1)}{end}.");
        var to = Address(end, whole);
        if (from.AddressFamily != to.AddressFamily)
            throw Wrong($"'{whole}' is from an {Family(from)} to an {Family(to)} address.", "Specify a range for each family.");
        var (first, last) = (Number(from), Number(to));
        if (last < first)
            throw Wrong($"'{whole}' ends before it begins.", $"Specify {to}-{from}.");
        return new IpRange(first == last ? from.ToString() : $"{from}-{to}", from.AddressFamily == AddressFamily.InterNetworkV6, first, last);
    }

    private static IPAddress Address(string text, string whole)
    {
        if (text.Contains('*'))
            throw Wrong($"'{whole}' has wildcards.", Wildcards(text) is { } block ? $"Specify the block as CIDR: {block}." : Forms);
        if (text.Contains('%'))
            throw Wrong($"'{whole}' has a zone (after the %), which means something on one machine only.", "Specify the public address.");
        return text.Contains(':') ? V6(text, whole) : V4(text, whole);
    }

    private static IPAddress V4(string text, string whole)
    {
        var numbers = text.Split('.');
        if (numbers.Length != 4 || !numbers.All(n => n.Length > 0 && n.All(c => c is >= '0' and <= '9')))
            throw Wrong($"'{whole}' is not an address or a range of addresses.", Forms);
        if (numbers.Any(n => n.Length > 1 && n[0] == '0'))
        {
            throw Wrong(
                $"'{whole}' has a number with a leading zero, which some systems read as octal.",
                $"Write the numbers without it: {string.Join(".", numbers.Select(n => n.TrimStart('0') is { Length: > 0 } rest ? rest : "0"))}.");
        }

        return numbers.All(n => n.Length <= 3 && int.Parse(n, CultureInfo.InvariantCulture) <= byte.MaxValue)
            ? new IPAddress([.. numbers.Select(n => byte.Parse(n, CultureInfo.InvariantCulture))])
            : throw Wrong($"'{whole}' has a number over 255.", Forms);
    }

    // .NET also reads brackets, ports and prefixes.
    private static IPAddress V6(string text, string whole)
    {
        if (!text.All(c => Uri.IsHexDigit(c) || c is ':' or '.') || !IPAddress.TryParse(text, out var address) || address.AddressFamily != AddressFamily.InterNetworkV6)
            throw Wrong($"'{whole}' is not an address or a range of addresses.", text.Contains('[') ? "Specify the address without brackets and port." : Forms);
        return address.IsIPv4MappedToIPv6
            ? throw Wrong($"'{whole}' has an IPv4 address in the form of IPv6, under which no request arrives.", Unmapped(address.MapToIPv4(), whole) is { } meant ? $"Specify {meant}." : Forms)
            : address;
    }

    // The first 96 bits of a block say that it is one of IPv4.
    private static string? Unmapped(IPAddress address, string whole)
    {
        var parts = whole.Split('/');
        if (parts.Length == 1)
            return address.ToString();
        const int BitsBefore = BitsOfV6 - BitsOfV4;
        var length = parts[1].Trim();
        return IsNumber(length, digits: 3) && int.Parse(length, CultureInfo.InvariantCulture) is >= BitsBefore and <= BitsOfV6 and var bits
            ? FormattableString.Invariant($"{Masked(address, bits - BitsBefore)}/{bits - BitsBefore}") : null;
    }

    private static string? Wildcards(string text)
    {
        var numbers = text.Split('.');
        var known = numbers.TakeWhile(n => IsNumber(n, digits: 3) && int.Parse(n, CultureInfo.InvariantCulture) <= byte.MaxValue).ToList();
        return numbers.Length == 4 && numbers.Skip(known.Count).All(n => n == "*")
            ? FormattableString.Invariant($"{string.Join(".", known.Concat(Enumerable.Repeat("0", 4 - known.Count)))}/{known.Count * 8}") : null;
    }

    private static int? PrefixOf(string mask)
    {
        if (Find(mask) is not { IsV6: false, IsSingle: true } range)
            return null;
        var bits = Enumerable.Range(0, BitsOfV4 + 1).Where(b => BigInteger.Pow(2, BitsOfV4) - BigInteger.Pow(2, BitsOfV4 - b) == range.First).ToList();
        return bits.Count == 1 ? bits[0] : null;
    }

    private static IPAddress Masked(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Min(Math.Max(bits - (i * 8), 0), 8);
            bytes[i] &= (byte)(byte.MaxValue << (8 - kept));
        }

        return new IPAddress(bytes);
    }

    private static BigInteger Number(IPAddress address) => address.GetAddressBytes().Aggregate(BigInteger.Zero, (number, b) => (number << 8) + b);

    private static bool IsNumber(string text, int digits) => text.Length > 0 && text.Length <= digits && text.All(c => c is >= '0' and <= '9') && (text.Length == 1 || text[0] != '0');

    private static string Family(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4";

    private static OdcException Wrong(string message, string action) => new(OdcErrorCause.InvalidRequest, message, action);
}
