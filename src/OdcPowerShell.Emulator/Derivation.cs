using System.Buffers.Text;

namespace OdcPowerShell.Emulator;

/// <summary>Makes the values of one tenant from the seed: the same name makes the same value.</summary>
internal sealed class Derivation(int seed, string tenant)
{
    public Guid Guid(string name) => Version4(Hash(name).AsSpan(0, 16));
    public string Text(string name) => Base64Url.EncodeToString(Hash(name));
    public ulong Number(string name) => BitConverter.ToUInt64(Hash(name));

    /// <summary>Spreads an index over 64 bits (SplitMix64), cheap enough for a million users.</summary>
    public static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    public static Guid Version4(ReadOnlySpan<byte> random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private byte[] Hash(string name) => SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{tenant}/{name}"));
}
