using System.Text;

namespace OdcPowerShell.Tests.MobileBuilds;

/// <summary>Files that look like those with which mobile apps are signed.</summary>
internal static class SigningSamples
{
    internal static byte[] Keystore { get; } = [0xFE, 0xED, 0xFE, 0xED, 0, 0, 0, 2, .. "a keystore that nobody may see"u8];

    /// <summary>A sequence with the version of PKCS#12.</summary>
    internal static byte[] Certificate { get; } = [0x30, 0x82, 0x00, 0x21, 0x02, 0x01, 0x03, .. "a certificate that nobody may see"u8];

    /// <summary>A signed message with a property list.</summary>
    internal static byte[] Profile { get; } =
        [0x30, 0x80, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02, .. Encoding.ASCII.GetBytes("<?xml version=\"1.0\"?><plist>a profile that nobody may see</plist>")];
}
