using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace OdcPowerShell.Emulator;

/// <summary>Serves the storage's origin: PUT of uploads, GET of everything that has a URL.</summary>
internal sealed class StorageServer(Store store, EmulatedStorage storage)
{
    // A transparent pixel.
    private static readonly byte[] s_pixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public async Task ServeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Authorization.Count > 0)
        {
            storage.Refuse(context.Features.GetRequiredFeature<RecordedRequest>());
            await RefuseAsync(context, 400, "InvalidArgument", "Only one authentication mechanism is allowed.");
        }
        else if (storage.Fault(request) is { } fault)
            await RefuseAsync(context, 403, fault, fault == "AccessDenied" ? "Request has expired." : "The signature does not match.");
        else if (HttpMethods.IsPut(request.Method))
            await PutAsync(context);
        else if (store.Use(() => Find(request.Path.Value!)) is { } result)
            await result.ExecuteAsync(context);
        else
            await RefuseAsync(context, 404, "NoSuchKey", "The specified key does not exist.");
    }

    private async Task PutAsync(HttpContext context)
    {
        var request = context.Request;
        var (content, length) = await SourceFile.ReadAsync(request.Body, storage.SourceLimit, context.RequestAborted);
        storage.Keep(new StoredFile(request.Path.Value!, length, request.ContentType) { Content = content });
        if (content is not null)
            context.Response.Headers.ETag = Tag(content);
    }

    private static string Tag(byte[] content) => $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"";

    private static Task RefuseAsync(HttpContext context, int status, string code, string message)
    {
        var body = $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>";
        return new CannedAnswer(status, "application/xml", body).WriteAsync(context);
    }

    private IResult? Find(string path)
    {
        switch (path.Split('/'))
        {
            case ["", "assets", var asset, var number, var file]
                when Guid.TryParse(asset, out var key)
                && store.Assets.Find(key)?.Find(int.Parse(number, CultureInfo.InvariantCulture)) is { } revision:
                return OfRevision(revision, file, $"{key}/{number}/{file}");
            case ["", "builds", var build, "generated-code.zip"]
                when Guid.TryParse(build, out var key) && store.Builds.Find(key)?.Package is { HasSucceeded: true }:
                return Generated("PK\u0003\u0004", $"{key}/code", "application/zip");
            case ["", "libraries", var asset, var number, "source.zip"]
                when Guid.TryParse(asset, out var key) && store.Assets.Find(key)?.Find(int.Parse(number, CultureInfo.InvariantCulture)) is { } revision:
                return revision.Source is { } source ? Answer(source, "application/zip", $"{key}/{number}/library") : Generated("PK\u0003\u0004", $"{key}/{number}/library", "application/zip");
            case ["", "uploads", _] when storage.Find(path)?.Content is { } uploaded:
                return Answer(uploaded, "application/octet-stream", path);
            case ["", "mobile", var mobile, var file] when Guid.TryParse(mobile, out var key) && store.MobileBuilds.Find(key) is { } build && build.Has(file):
                return file == MobileBuild.LogFile
                    ? Answer(Encoding.UTF8.GetBytes(string.Join('\n', build.MessagesAt(store.Now).Select(line => line.Text))), "text/plain; charset=utf-8", path)
                    : Generated("PK\u0003\u0004", path);
            default:
                return null;
        }
    }

    private IResult? OfRevision(AssetRevision revision, string file, string version) => file switch
    {
        "source.oml" when revision.Source is { } source => Answer(source, "application/octet-stream", version),
        "source.oml" => Generated(SourceFile.Line(revision.Asset.Key, revision.Asset.Type, revision.Asset.Name), version),
        "signature.bin" => Generated("SIG\n", version),
        "icon.png" => Answer(revision.Asset.Icon ?? s_pixel, "image/png", version),
        "release-notes.txt" => Answer(Encoding.UTF8.GetBytes(revision.ReleaseNotes ?? ""), "text/plain; charset=utf-8", version),
        "metamodel.json" => Answer(
            JsonSerializer.SerializeToUtf8Bytes(
                new { revision.Asset.Key, Revision = revision.Number, Elements = revision.Asset.Elements.Count }, Json.Wire),
            "application/json",
            version),
        _ => null,
    };

    private IResult Generated(string header, string version, string type = "application/octet-stream") =>
        Answer(SourceFile.Generate(header, version, storage.ContentSize), type, version);

    // Results answers ranges and conditions.
    private static IResult Answer(byte[] content, string type, string version) => Results.Bytes(
        content,
        type,
        enableRangeProcessing: true,
        entityTag: new EntityTagHeaderValue(Tag(Encoding.UTF8.GetBytes($"{version}/{content.Length}"))));
}
