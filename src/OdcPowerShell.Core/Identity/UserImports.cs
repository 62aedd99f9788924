using OdcPowerShell.Http;

namespace OdcPowerShell.Identity;

/// <summary>Imports of users as operations that are waited for.</summary>
internal static class UserImports
{
    internal static OperationKind<OdcUserImport> Kind(OdcClient client) => new(
        "user import",
        "Get-OdcUserImport shows what became of it.",
        OperationKind<OdcUserImport>.OneByOne((import, caller, cancellationToken) => client.GetAsync(IdentityApi.GetBulkOperation, [import.OperationKey!], query: null, caller, cancellationToken)),
        (import, _, _) => Task.FromResult<IReadOnlyList<string>>([import.ErrorMessage ?? $"{(import.Results ?? []).Count(r => !r.IsSuccess)} users were not created."]));
}
