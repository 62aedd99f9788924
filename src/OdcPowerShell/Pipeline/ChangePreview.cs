using System.Text;
using OdcPowerShell.Http;
using OdcPowerShell.Sessions;

namespace OdcPowerShell.Pipeline;

/// <summary>What -WhatIf and -Confirm show of a changing request, beside its method: address and body, without secrets.</summary>
internal static class ChangePreview
{
    internal static string Of(OdcConnection connection, ApiRequest request) =>
        $"{connection.Tenant}{Redactor.Clean(request.Path + request.Query)} {Body(request.Body)}".TrimEnd();

    private static string Body(ApiBody? body) => body switch
    {
        null => "",
        _ when Array.IndexOf(body.Bytes, (byte)0) >= 0 => $"({body.Bytes.Length} bytes of {body.MediaType})",
        _ => Redactor.Clean(Encoding.UTF8.GetString(body.Bytes)),
    };
}
