using System.Globalization;
using System.Text;

namespace OdcPowerShell.Emulator;

/// <summary>Something to download, and what its entity tag is made from.</summary>
internal sealed record StorageItem(Stream Content, string ContentType, string Version);

/// <summary>Finds what an address of the storage stands for.</summary>
internal sealed class StorageContent(EmulatedDelivery delivery)
{
    // A transparent pixel.
    private static readonly byte[] s_pixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public StorageItem? Find(string path) => delivery.State.Use(() => path.Split('/') switch
    {
        ["", "assets", var asset, var revision, var file] => OfRevision(asset, revision, file),
        ["", "builds", var build, "generated-code.zip"] => OfBuild(build),
        _ => null,
    });

    private StorageItem? OfRevision(string assetKey, string number, string file)
    {
        if (!Guid.TryParse(assetKey, out var key)
            || delivery.State.Assets.GetValueOrDefault(key)?.Find(int.Parse(number, CultureInfo.InvariantCulture)) is not { } revision)
            return null;
        var version = $"{key}/{number}/{file}";
        StorageItem Bytes(byte[] content, string type) => new(new MemoryStream(content, writable: false), type, version);
        return file switch
        {
            "source.oml" when revision.Source is { } source => Bytes(source, "application/octet-stream"),
            "source.oml" => Generated(SourceFile.Header(revision.Asset), version),
            "signature.bin" => Generated("SIG\n", version),
            "icon.png" => Bytes(revision.Asset.Icon ?? s_pixel, "image/png"),
            "release-notes.txt" => Bytes(Encoding.UTF8.GetBytes(revision.ReleaseNotes ?? ""), "text/plain; charset=utf-8"),
            "metamodel.json" => Bytes(Metamodel(revision), "application/json"),
            _ => null,
        };
    }

    private StorageItem? OfBuild(string build) =>
        Guid.TryParse(build, out var key) && delivery.State.Builds.GetValueOrDefault(key)?.Package is { HasSucceeded: true }
            ? Generated("PK\u0003\u0004", $"{key}/code", "application/zip")
            : null;

    private StorageItem Generated(string header, string version, string type = "application/octet-stream") =>
        new(new GeneratedContent(header, version, delivery.Storage.ContentSize), type, version);

    private static byte[] Metamodel(AssetRevision revision) => Encoding.UTF8.GetBytes(
        $$"""{"key":"{{revision.Asset.Key}}","revision":{{revision.Number}},"elements":{{revision.Asset.Elements.Count}}}""");
}
