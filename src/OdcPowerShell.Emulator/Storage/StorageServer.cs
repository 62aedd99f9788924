using Microsoft.Net.Http.Headers;

namespace OdcPowerShell.Emulator;

/// <summary>Serves the storage's origin: PUT of uploads, GET of everything that has an address.</summary>
internal sealed class StorageServer(Store store, EmulatedStorage storage)
{
    private readonly StorageContent _content = new(store, storage);

    public async Task ServeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Authorization.Count > 0)
        {
            storage.Refuse(request);
            await RefuseAsync(context, 400, "InvalidArgument", "Only one authentication mechanism is allowed.");
            return;
        }

        if (storage.Fault(request) is { } fault)
            await RefuseAsync(context, 403, fault, fault == "AccessDenied" ? "Request has expired." : "The signature does not match.");
        else if (HttpMethods.IsPut(request.Method))
            await PutAsync(context);
        else if (_content.Find(request.Path.Value!) is { } found)
            await GetAsync(context, found);
        else
            await RefuseAsync(context, 404, "NoSuchKey", "The specified key does not exist.");
    }

    private async Task PutAsync(HttpContext context)
    {
        var request = context.Request;
        var (content, length) = await LimitedBody.ReadAsync(request.Body, storage.SourceLimit, context.RequestAborted);
        storage.Keep(new StoredFile(request.Path.Value!, length, request.ContentType) { Content = content });
        if (content is not null)
            context.Response.Headers.ETag = Tag(SHA256.HashData(content));
    }

    private static Task GetAsync(HttpContext context, StorageItem item)
    {
        // Results answers ranges and conditions.
        var tag = new EntityTagHeaderValue(Tag(SHA256.HashData(Encoding.UTF8.GetBytes($"{item.Version}/{item.Content.Length}"))));
        return Results.Stream(item.Content, item.ContentType, entityTag: tag, enableRangeProcessing: true).ExecuteAsync(context);
    }

    private static string Tag(byte[] hash) => $"\"{Convert.ToHexStringLower(hash.AsSpan(0, 16))}\"";

    private static Task RefuseAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync(
            $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>",
            context.RequestAborted);
    }
}

/// <summary>Something to download, and what its entity tag is made from.</summary>
internal sealed record StorageItem(Stream Content, string ContentType, string Version);

/// <summary>Finds what an address of the storage stands for.</summary>
internal sealed class StorageContent(Store store, EmulatedStorage storage)
{
    // A transparent pixel.
    private static readonly byte[] s_pixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public StorageItem? Find(string path) => store.Use(() => path.Split('/') switch
    {
        ["", "assets", var asset, var revision, var file] => OfRevision(asset, revision, file),
        ["", "builds", var build, "generated-code.zip"] => OfBuild(build),
        _ => null,
    });

    private StorageItem? OfRevision(string assetKey, string number, string file)
    {
        if (!Guid.TryParse(assetKey, out var key)
            || store.Assets.Find(key)?.Find(int.Parse(number, CultureInfo.InvariantCulture)) is not { } revision)
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
        Guid.TryParse(build, out var key) && store.Builds.Find(key)?.Package is { HasSucceeded: true }
            ? Generated("PK\u0003\u0004", $"{key}/code", "application/zip")
            : null;

    private StorageItem Generated(string header, string version, string type = "application/octet-stream") =>
        new(new GeneratedContent(header, version, storage.ContentSize), type, version);

    private static byte[] Metamodel(AssetRevision revision) => Encoding.UTF8.GetBytes(
        $$"""{"key":"{{revision.Asset.Key}}","revision":{{revision.Number}},"elements":{{revision.Asset.Elements.Count}}}""");
}
