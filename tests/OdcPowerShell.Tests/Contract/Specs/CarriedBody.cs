using System.Net.Http.Headers;
using System.Text;

namespace OdcPowerShell.Tests.Contract.Specs;

/// <summary>What a request's body holds, whatever it is wrapped in.</summary>
internal static class CarriedBody
{
    /// <summary>The JSON, and the file as text; each null where there is none.</summary>
    internal static (string? Json, string? File) Carried(this WireRequest request)
    {
        if (request.Body is not { } body)
            return (null, null);
        var type = MediaTypeHeaderValue.Parse(request.ContentType!);
        if (type.MediaType == "application/octet-stream")
            return (null, Encoding.UTF8.GetString(body));
        if (type.MediaType != "multipart/form-data")
            return (Encoding.UTF8.GetString(body), null);
        var parts = FormJudge.Read(body, type.Parameters.First(p => p.Name == "boundary").Value!.Trim('"')).ToLookup(p => p.Type == "application/json", p => Encoding.UTF8.GetString(p.Content));
        return (parts[true].SingleOrDefault(), parts[false].SingleOrDefault());
    }
}
