namespace OdcPowerShell.Tenants;

/// <summary>Plans an import: compares the files with the tenant, in the scope of the files, and puts the steps in their order.</summary>
internal sealed class TenantPlanner(TenantReader reader, ImportSource source, ImportOptions options)
{
    /// <summary>Reads the tenant and makes the plan.</summary>
    /// <exception cref="OdcException">The tenant can't be read, or it has none of the stages.</exception>
    internal async Task<TenantPlan> PlanAsync()
    {
        var stages = await reader.StagesAsync().ConfigureAwait(false);
        if (stages.Missing is { } missing)
            throw new OdcException(OdcErrorCause.AccessDenied, $"The stages of the tenant can't be read, and nothing is imported: the API client lacks {missing}.", $"Grant the API client this permission in the ODC Portal (API clients, edit permissions): {missing}.");
        var own = stages.Items.Where(s => source.Stages.Contains(s.Name ?? "", StringComparer.OrdinalIgnoreCase)).Select(s => s.StageKey!).ToList();
        if (source.Stages.Count > 0 && own.Count == 0)
            throw new OdcException(OdcErrorCause.NotFound, $"The tenant has none of the stages of the files: {string.Join(", ", source.Stages)}.", "Get-OdcStage lists its stages. Rename the folders of the stages in the files, and the stages in them.");
        var scope = new SnapshotScope(source.Kinds, own, source.WithUsers);
        var now = await new TenantSnapshot(reader, scope).ReadAsync().ConfigureAwait(false);
        var names = await SnapshotNames.ReadAsync(reader, source.Kinds).ConfigureAwait(false);
        var keys = await TenantKeys.ReadAsync(reader, source.Kinds, now, names).ConfigureAwait(false);
        var imports = new KindImports(new ImportContext(reader, source, options, now, names, keys));
        return await imports.PlanAsync().ConfigureAwait(false);
    }
}
