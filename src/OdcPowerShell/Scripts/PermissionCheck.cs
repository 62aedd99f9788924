using OdcPowerShell.Authentication;

namespace OdcPowerShell.Scripts;

/// <summary>
/// Finds out which permissions an API client has, with requests that only read. The service documents no operation that lists them. A request that needs
/// one permission, and no other is enough for, proves it; a request that was rejected proves that it is missing.
/// </summary>
internal sealed class PermissionCheck(OdcClient client)
{
    private readonly Dictionary<Operation, OdcException?> _tried = [];
    private IReadOnlyList<OdcStage>? _stages;

    /// <summary>Completes a row.</summary>
    internal async Task<bool> CompareAsync(OdcComparedPermission row, ICaller caller, CancellationToken cancellationToken)
    {
        (row.Granted, row.Reason) = row.Names.Contains(ViewStage, StringComparer.Ordinal)
            ? await StagesAsync(row, caller, cancellationToken)
            : await FindAsync(row, caller, cancellationToken);
        return true;
    }

    private static string ViewStage => PortfoliosApi.ListEnvironments.NeededForRows!;

    private async Task<(string Granted, string Reason)> FindAsync(OdcRequiredPermission row, ICaller caller, CancellationToken cancellationToken)
    {
        string? unknown = null;
        foreach (var operation in TrialsOf(row))
        {
            var isProof = row.Names.Count == 0 || operation.Permission.Rule == PermissionRule.OneOf;
            switch (await TryAsync(operation, caller, cancellationToken))
            {
                case null when isProof:
                    return ("Yes", $"{operation.Method} {operation.Template} is allowed.");
                case null:
                    unknown ??= $"{operation.Method} {operation.Template} is allowed, but the documentation does not say that it needs this permission.";
                    break;
                case { Cause: OdcErrorCause.AccessDenied }:
                    return ("No", $"{operation.Method} {operation.Template} is denied.");
                case { Cause: OdcErrorCause.InvalidRequest }:
                    break;
                case { } failure:
                    unknown ??= $"It was not found out: {failure.Message}";
                    break;
            }
        }

        return ("Unknown", unknown ?? "No request that only reads shows it.");
    }

    // The permission can be granted for some stages and not for others.
    private async Task<(string Granted, string Reason)> StagesAsync(OdcRequiredPermission row, ICaller caller, CancellationToken cancellationToken)
    {
        IReadOnlyList<OdcStage> visible;
        try
        {
            // Not the stages that were read before: the permission may have changed.
            visible = _stages ??= (await client.GetAsync(PortfoliosApi.ListEnvironments, [], query: null, caller, cancellationToken)).Results ?? [];
        }
        catch (OdcException e)
        {
            return e.Cause == OdcErrorCause.AccessDenied ? ("No", "No stage is visible.") : ("Unknown", $"It was not found out: {e.Message}");
        }

        if (visible.Count == 0)
            return ("No", "No stage is visible.");
        var hidden = row.StageNames.Where(name => !visible.Any(s => NameText.IsSame(s.Name, name) || string.Equals(s.StageKey, name, StringComparison.OrdinalIgnoreCase))).ToList();
        return hidden.Count == 0
            ? ("Yes", $"These stages are visible: {string.Join(", ", visible.Select(s => s.Name))}.")
            : ("No", $"These stages are not visible, or there are none with these names: {string.Join(", ", hidden)}.");
    }

    /// <summary>The operations that prove a permission, those of the row first.</summary>
    private static IEnumerable<Operation> TrialsOf(OdcRequiredPermission row)
    {
        if (row.Names.Count == 0)
            return [OrganizationApi.GetOrganization];
        var proofs = OperationCatalogue.All.Where(o => row.Names.Count == 1 && o.Permission is { Rule: PermissionRule.OneOf, LimitsRows: null, Names.Count: 1 } && o.Permission.Names[0] == row.Names[0]);
        // Alternatives: what one of them is enough for shows that there is one.
        var own = row.Called.Where(o => o.Permission.LimitsRows is null && (o.Permission.Rule == PermissionRule.NotStated || row.Names.Count > 1));
        return proofs.OrderBy(o => row.Called.Contains(o) ? 0 : 1).Concat(own).Where(PermissionTrial.CanTry).Distinct();
    }

    private async Task<OdcException?> TryAsync(Operation operation, ICaller caller, CancellationToken cancellationToken)
    {
        if (!_tried.TryGetValue(operation, out var known))
            _tried[operation] = known = await new PermissionTrial(client).TryAsync(operation, caller, cancellationToken);
        return known;
    }
}
