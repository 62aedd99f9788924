namespace OdcPowerShell.Pipeline;

/// <summary>What -WhatIf and -Confirm show of a changing request, beside its method: address and body, without secrets.</summary>
internal static class ChangePreview
{
    internal static string Of(OdcConnection connection, ApiRequest request) =>
        $"{connection.Tenant}{Redactor.Clean(request.Path + request.Query)} {request.Body?.Shown}".TrimEnd();
}
