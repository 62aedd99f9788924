using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace OdcPowerShell.Emulator;

/// <summary>Reads the forms of a creation: JSON, a file, or both in parts.</summary>
internal sealed class CreationReader(EmulatedStorage storage)
{
    /// <summary>The request and its file, if there is one.</summary>
    public async Task<(CreationBody Body, byte[]? File)> ReadAsync(ApiCall call)
    {
        if (!MediaTypeHeaderValue.TryParse(call.Request.ContentType, out var type))
            throw new ProblemException(new Cause(415, 1, "The request has no content type."));
        var request = call.Request;
        return type.MediaType.Value switch
        {
            "application/octet-stream" => (CreationBody.Empty, await ReadFileAsync(request.Body, request.HttpContext.RequestAborted)),
            "multipart/form-data" => await ReadPartsAsync(call, HeaderUtilities.RemoveQuotes(type.Boundary).Value ?? ""),
            _ when request.HasJsonContentType() => await ReadJsonAsync(call),
            _ => throw new ProblemException(new Cause(415, 1, $"The content type '{type.MediaType}' is not supported.")),
        };
    }

    private async Task<(CreationBody, byte[]?)> ReadJsonAsync(ApiCall call)
    {
        var body = await call.ReadAsync(AssetRepositoryJson.Default.CreationBody);
        return (body, body.FileUri is { } uri ? Stored(uri) : null);
    }

    private byte[] Stored(Uri uri)
    {
        var file = (uri.IsAbsoluteUri ? storage.Find(uri) : null)
            ?? throw new ProblemException(Cause.BadParameter("There is no file at the 'fileUri'."));
        return file.Length <= storage.SourceLimit ? file.Content! : throw new ProblemException(DeliveryCause.SourceTooLarge);
    }

    private async Task<(CreationBody, byte[]?)> ReadPartsAsync(ApiCall call, string boundary)
    {
        var cancellationToken = call.Request.HttpContext.RequestAborted;
        var json = AssetRepositoryJson.Default.CreationBody;
        var (body, file) = (CreationBody.Empty, (byte[]?)null);
        try
        {
            var parts = new MultipartReader(boundary, call.Request.Body);
            while (await parts.ReadNextSectionAsync(cancellationToken) is { } part)
            {
                var name = part.GetContentDispositionHeader()?.Name.Value?.Trim('"');
                if (name == "assetFile")
                    file = await ReadFileAsync(part.Body, cancellationToken);
                else if (name == "creationRequest")
                    body = await JsonSerializer.DeserializeAsync(part.Body, json, cancellationToken) ?? body;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or IOException)
        {
            throw new ProblemException(Cause.BadParameter(e.Message));
        }

        return file is not null && body.FileUri is not null
            ? throw new ProblemException(Cause.ExclusiveParameters("fileUri", "assetFile"))
            : (body, file ?? (body.FileUri is { } uri ? Stored(uri) : null));
    }

    private async Task<byte[]> ReadFileAsync(Stream body, CancellationToken cancellationToken)
    {
        var (content, _) = await LimitedBody.ReadAsync(body, storage.SourceLimit, cancellationToken);
        return content ?? throw new ProblemException(DeliveryCause.SourceTooLarge);
    }
}
