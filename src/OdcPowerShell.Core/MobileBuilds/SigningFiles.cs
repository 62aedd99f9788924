using System.Text;
using OdcPowerShell.Authentication;

namespace OdcPowerShell.MobileBuilds;

/// <summary>What a file is with which packages are signed.</summary>
internal enum SigningFileKind
{
    /// <summary>A Java keystore, or one in the form PKCS#12.</summary>
    Keystore,

    /// <summary>A certificate with its private key in the form PKCS#12.</summary>
    Certificate,

    /// <summary>A provisioning profile of Apple: a property list in a signed message.</summary>
    ProvisioningProfile,
}

/// <summary>A file with which packages are signed. Its content is a secret.</summary>
internal sealed record SigningFile(string Name, Secret Content)
{
    // Real ones have some kilobytes.
    private const long Largest = 10 * 1024 * 1024;
    private static ReadOnlySpan<byte> JavaKeystore => [0xFE, 0xED, 0xFE, 0xED];
    private static ReadOnlySpan<byte> JceKeystore => [0xCE, 0xCE, 0xCE, 0xCE];

    // In BER: the integer 3, which is the version of PKCS#12.
    private static ReadOnlySpan<byte> Version3 => [0x02, 0x01, 0x03];

    // In BER: the object identifier 1.2.840.113549.1.7.2 of a signed message.
    private static ReadOnlySpan<byte> SignedData => [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];

    /// <summary>Reads a file, and makes sure that it can be one of its kind.</summary>
    /// <exception cref="OdcException">There is no such file, it is empty, or it is something else.</exception>
    internal static SigningFile Read(string path, SigningFileKind kind)
    {
        var file = LocalFile.Of(path, long.MaxValue);
        if (file.Length == 0)
            throw Wrong(path, "is empty", kind);
        if (file.Length > Largest)
            throw Wrong(path, $"has {Size.Of(file.Length)}, too much for {Noun(kind)}", kind);
        var bytes = file.Read();
        if (!Fits(bytes, kind))
            throw Wrong(path, $"is not {Noun(kind)}{(IsText(bytes) ? ": it is a text" : "")}", kind);
        return new SigningFile(file.Name, new Secret(Convert.ToBase64String(bytes)));
    }

    private static bool Fits(byte[] bytes, SigningFileKind kind) => kind switch
    {
        SigningFileKind.Keystore => bytes.AsSpan().StartsWith(JavaKeystore) || bytes.AsSpan().StartsWith(JceKeystore) || InSequence(bytes).StartsWith(Version3),
        SigningFileKind.Certificate => InSequence(bytes).StartsWith(Version3),
        _ => InSequence(bytes).StartsWith(SignedData) && Encoding.ASCII.GetString(bytes).Contains("<plist"),
    };

    // What stands in the sequence that such a file is; empty when it is none.
    private static ReadOnlySpan<byte> InSequence(ReadOnlySpan<byte> bytes)
    {
        const byte sequence = 0x30;
        const byte lengthOfLength = 0x80;
        if (bytes.Length < 2 || bytes[0] != sequence)
            return [];
        var header = bytes[1] > lengthOfLength ? 2 + (bytes[1] - lengthOfLength) : 2;
        return header < bytes.Length ? bytes.Slice(header) : [];
    }

    private static bool IsText(byte[] bytes) => bytes.Take(200).All(b => b is >= (byte)' ' and < 0x7F or (byte)'\r' or (byte)'\n' or (byte)'\t');

    private static string Noun(SigningFileKind kind) => kind switch
    {
        SigningFileKind.Keystore => "an Android keystore",
        SigningFileKind.Certificate => "a certificate in the form PKCS#12",
        _ => "a provisioning profile",
    };

    private static OdcException Wrong(string path, string what, SigningFileKind kind) => new(
        OdcErrorCause.InvalidRequest,
        $"{path} {what}.",
        kind switch
        {
            SigningFileKind.Keystore => "Specify the keystore, usually a .jks, .keystore or .p12 file.",
            SigningFileKind.Certificate => "Specify the certificate with its private key, as Keychain Access exports it: a .p12 or .pfx file.",
            _ => "Specify the profile as Apple's developer site has it: a .mobileprovision file.",
        });
}
