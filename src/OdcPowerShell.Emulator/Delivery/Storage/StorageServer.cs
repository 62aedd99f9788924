using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace OdcPowerShell.Emulator;

/// <summary>Serves the storage's origin: PUT of uploads, GET of everything that has an address.</summary>
internal sealed class StorageServer(EmulatedDelivery delivery)
{
    private readonly EmulatedStorage _storage = delivery.Storage;
    private readonly StorageContent _content = new(delivery);

    public async Task ServeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Authorization.Count > 0)
        {
            _storage.Refuse(request);
            await RefuseAsync(context, 400, "InvalidArgument", "Only one authentication mechanism is allowed.");
            return;
        }

        if (_storage.Signer.Fault(request) is { } fault)
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
        var (content, length) = await LimitedBody.ReadAsync(request.Body, _storage.SourceLimit, context.RequestAborted);
        _storage.Keep(new StoredFile(request.Path.Value!, length, request.ContentType) { Content = content });
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
