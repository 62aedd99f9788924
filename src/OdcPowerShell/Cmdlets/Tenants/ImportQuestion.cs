using OdcPowerShell.Secrets;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Cmdlets.Tenants;

/// <summary>What an import asks and reports in words: what is removed, what can lock people out, and what is wrong.</summary>
internal static class ImportQuestion
{
    private const int MostNamed = 20;
    private const int MostSecrets = 5;

    internal static IEnumerable<string> Lines(TenantPlan plan)
    {
        var removed = plan.Sent.Where(s => s.Action == TenantAction.Remove).Select(s => s.Object).ToList();
        if (removed.Count > 0)
            yield return $"It removes {Names(removed)}.";
        var items = plan.Sent.Where(s => s.Action != TenantAction.Remove).SelectMany(s => s.Changes.Where(c => c.IsRemoval).Select(c => $"{c.Property} of {s.Object}")).ToList();
        if (items.Count > 0)
            yield return $"It takes away {Names(items)}.";
        foreach (var wider in plan.Sent.SelectMany(s => s.Changes.Where(c => c.Widens is not null).Select(c => (Item: $"{c.Property} of {s.Object}", c.Widens))).GroupBy(c => c.Widens!, StringComparer.Ordinal))
            yield return $"It removes a limit, so that this is for {wider.Key}: {Names([.. wider.Select(c => c.Item)])}.";
        foreach (var step in plan.Sent.Where(s => s.Kind == TenantKinds.IpFilterGroup && s.Action != TenantAction.Remove).Take(MostNamed))
            yield return $"{MessageText.Capital(step.Object)}: {step.Effect}.";
        foreach (var step in plan.Sent.Where(s => s.Kind == TenantKinds.Subscription))
            yield return $"Whose users are internal changes: {string.Join(", ", step.Changes)}.";
    }

    /// <summary>How many steps there are.</summary>
    internal static string Steps(TenantPlan plan)
    {
        var (sent, skipped) = (plan.Sent.Count(), plan.Steps.Count - plan.Sent.Count());
        return FormattableString.Invariant($"{sent} {(sent == 1 ? "step" : "steps")}{(skipped == 0 ? "" : $", and {skipped} that can't be done")}");
    }

    /// <summary>The error for files that this tenant would not take.</summary>
    internal static OdcException Faulty(TenantPlan plan) => new(
        OdcErrorCause.NotFound,
        $"{(plan.Faults.Count == 1 ? "One fault" : FormattableString.Invariant($"{plan.Faults.Count} faults"))} in the files for this tenant, and nothing was sent:\n{string.Join("\n", plan.Faults.Select(f => f.ToString()))}",
        "Correct the files, or create what is missing. -SkipMissing leaves out names that the tenant does not have.");

    internal static OdcException Incomplete(TenantPlan plan, int failed, int left, string resume) => new(
        OdcErrorCause.OperationFailed, FormattableString.Invariant($"The import is not complete: of {plan.Sent.Count()} steps, {failed} failed and {left} were not done."),
        $"See the property Reason of the rows. When the causes are corrected, this line does the rest: {resume}");

    /// <summary>The errors for secrets that could not be read: one for all with the same cause.</summary>
    internal static IEnumerable<OdcException> Unread(IReadOnlyDictionary<string, OdcException> secrets, string? vaultName, string resume)
    {
        var vault = vaultName is null ? "the default vault" : $"the vault {vaultName}";
        var parameter = vaultName is null ? "" : $" -Vault {MessageText.Quoted(vaultName)}";
        foreach (var same in secrets.GroupBy(s => s.Value.Cause))
        {
            var (names, first) = (same.Select(s => s.Key).OrderBy(n => n, StringComparer.Ordinal).ToList(), same.First().Value);
            if (same.Key == OdcErrorCause.SecretNotFound)
            {
                yield return new OdcException(
                    same.Key, $"{MessageText.Capital(vault)} lacks {Names(names, "secret")} of the files. They were not set.",
                    $"Store them, for example: Set-Secret {MessageText.Quoted(names[0])} (Read-Host -AsSecureString){parameter}; or write the names of entries that exist into the files. Then this line sets them: {resume}", first);
                continue;
            }

            yield return new OdcException(
                same.Key, $"{MessageText.Capital(Names(names, "secret"))} could not be read from {vault}, and were not set: {first.Message}",
                same.Key == OdcErrorCause.VaultModuleMissing
                    ? "To have a vault: Install-Module Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore; then Register-SecretVault. Without -IncludeSecret, the import sets no secrets."
                    : $"{first.RecommendedAction} Then this line sets them: {resume}", first);
        }
    }

    private static string Names(List<string> names, string noun) => FormattableString.Invariant($"{names.Count} {noun}{(names.Count == 1 ? "" : "s")} ({string.Join(", ", names.Take(MostSecrets))}{(names.Count > MostSecrets ? $" and {names.Count - MostSecrets} more" : "")})");

    private static string Names(List<string> names) =>
        FormattableString.Invariant($"{names.Count}: {string.Join(", ", names.Take(MostNamed))}{(names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "")}");
}

/// <summary>The parameters of an import in a line that continues it.</summary>
internal static class ImportOptionText
{
    internal static string Of(ImportOptions options) => string.Concat(
        Texts("Kind", options.Part.Kinds), Texts("Name", options.Part.Names), Texts("Stage", options.Part.Stages), options.Prunes ? " -Prune" : "", options.SkipsMissing ? " -SkipMissing" : "",
        options.OverwritesSecrets ? " -OverwriteSecret" : options.IncludesSecrets ? " -IncludeSecret" : "", options.IncludesTenantSpecific ? " -IncludeTenantSpecific" : "");

    private static string Texts(string parameter, IReadOnlyList<string> texts) => texts.Count == 0 ? "" : $" -{parameter} {string.Join(", ", texts.Select(MessageText.Quoted))}";
}
