using System.Text.Json.Nodes;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Tenants;

/// <summary>Plans an import: compares the files with the tenant, in the scope of the files, and puts the steps in their order.</summary>
internal sealed class TenantPlanner(TenantReader reader, ImportSource source, ImportOptions options)
{
    /// <summary>Reads the tenant and makes the plan.</summary>
    /// <exception cref="OdcException">The tenant can't be read, or it has none of the stages.</exception>
    internal async Task<TenantPlan> PlanAsync()
    {
        var stages = await reader.NamedStagesAsync().ConfigureAwait(false);
        if (stages.Reason is { } reason)
        {
            throw new OdcException(
                OdcErrorCause.AccessDenied, $"The stages of the tenant can't be read, and nothing is imported: {reason}.",
                stages.MissingPermission is { } missing ? $"Grant the API client this permission in the ODC Portal (API clients, edit permissions): {missing}." : "Run the command again.");
        }

        await RequireNamesAsync(stages.Items).ConfigureAwait(false);
        var own = stages.Items.Where(s => source.Stages.Contains(s.Name ?? "", StringComparer.OrdinalIgnoreCase)).Select(s => s.StageKey!).ToList();
        if (source.Stages.Count > 0 && own.Count == 0)
            throw new OdcException(OdcErrorCause.NotFound, $"The tenant has none of the stages of the files: {string.Join(", ", source.Stages)}.", "Get-OdcStage lists its stages. Rename the folders of the stages in the files, and the stages in them.");
        var scope = new SnapshotScope(source.Kinds, own, source.WithUsers);
        var now = await new TenantSnapshot(reader, scope).ReadAsync().ConfigureAwait(false);
        var names = await SnapshotNames.ReadAsync(reader, source.Kinds).ConfigureAwait(false);
        var keys = await TenantKeys.ReadAsync(reader, source, now, names).ConfigureAwait(false);
        var imports = new KindImports(new ImportContext(reader, source, options, now, names, keys, await IsSameTenantAsync(now).ConfigureAwait(false)));
        return await imports.PlanAsync().ConfigureAwait(false);
    }

    // A tenant can be reached under several hosts. Built-in domains are those of one tenant.
    private async Task<bool> IsSameTenantAsync(TenantContent now)
    {
        if (source.All.Tenant is { } tenant && ImportContext.IsSame(tenant, now.Tenant))
            return true;
        var stages = (await reader.NamedStagesAsync().ConfigureAwait(false)).Items;
        foreach (var domains in source.All.Documents.Where(d => d.Kind == TenantKinds.BuiltInDomains))
        {
            var stage = stages.FirstOrDefault(s => ImportContext.IsSame(s.Name, domains.Stage));
            if (domains.Stage is not null && stage is null)
                continue;
            var present = (await reader.BuiltInDomainsAsync(stage).ConfigureAwait(false)).Items.Select(d => d.Prefix);
            if ((domains.Content["domains"] as JsonArray ?? []).Select(d => TenantDelta.Text(d?["prefix"])).OfType<string>().Intersect(present, StringComparer.OrdinalIgnoreCase).Any())
                return true;
        }

        return false;
    }

    // Files name stages: of two with one name, the wrong one would be changed.
    private async Task RequireNamesAsync(IReadOnlyList<OdcStage> stages)
    {
        var named = new HashSet<string>(source.Stages.Concat(source.Content.Documents.Select(d => d.Stage).OfType<string>()), StringComparer.OrdinalIgnoreCase);
        var shared = Shared(stages, named) ?? Shared((await reader.StagesAsync().ConfigureAwait(false)).Items, named);
        if (shared is null)
            return;
        var names = stages.Where(s => shared.Any(same => same.StageKey == s.StageKey)).Select(s => s.Name).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        throw new OdcException(
            OdcErrorCause.AmbiguousName, FormattableString.Invariant($"{shared.Count} stages of the tenant are named '{shared[0].Name}', and the files don't show which one they mean. Nothing is imported."),
            names.Count == shared.Count ? $"Export again, or rename the stage in the files, and its folder, to one of: {string.Join(", ", names)}." : "Rename one of the stages with Set-OdcStage, then export and import again.");
    }

    private static List<OdcStage>? Shared(IReadOnlyList<OdcStage> stages, HashSet<string> named) =>
        stages.GroupBy(s => s.Name ?? "", StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1 && named.Contains(same.Key)).Select(same => same.ToList()).FirstOrDefault();
}
