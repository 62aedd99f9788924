using OdcPowerShell.Identity;

namespace OdcPowerShell.Tenants.Rules;

/// <summary>The exceptions of a rule that apply in a run. One that could be for the wrong user applies to none, and one that fits nothing is reported: it may be misspelt.</summary>
internal sealed class RuleExceptions
{
    private readonly List<RuleException> _valid = [];
    private readonly List<string> _warnings = [];

    private RuleExceptions()
    {
    }

    internal IReadOnlyList<string> Warnings => _warnings;

    internal static async Task<RuleExceptions> OfAsync(ChosenRule chosen, RuleCheck check, TenantReader tenant)
    {
        var exceptions = new RuleExceptions();
        foreach (var exception in chosen.Exceptions)
        {
            var fitting = check.Findings.Where(exception.Fits).ToList();
            // What was not checked may be what it is for.
            if (fitting.Count == 0 && check.Gaps.Count == 0)
                exceptions.Warn(chosen, exception, "fits nothing that breaks the rule. Correct its subject or stage, or remove it.");
            else if (await NamesakesAsync(exception, fitting, tenant).ConfigureAwait(false) is { Count: > 1 } several)
                exceptions.Warn(chosen, exception, $"is not used, because several users have this name: {RuleText.Few(several)}. Use the e-mail as its subject.");
            else
                exceptions._valid.Add(exception);
        }

        return exceptions;
    }

    /// <summary>The exception that accepts a finding; null if none does.</summary>
    internal RuleException? Of(RuleFinding found) => _valid.Find(e => e.Fits(found));

    // A user who does not break the rule today can have the name too, and may be the one who is meant.
    private static async Task<IReadOnlyList<string?>> NamesakesAsync(RuleException exception, IReadOnlyList<RuleFinding> fitting, TenantReader tenant)
    {
        var named = fitting.Where(found => found.User is not null && !exception.IsPattern && !exception.Identifies(found)).Select(found => found.User!).ToList();
        if (named.Count == 0)
            return [];
        var others = await RuleCheck.TryReadAsync(tenant.UsersAsync).ConfigureAwait(false) ?? [];
        return [.. named.Concat(others.Where(user => named.Exists(n => NameText.IsSame(n.Name, user.Name)))).Select(Identity).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static string? Identity(OdcUser user) => user.Email ?? user.UserKey;

    private void Warn(ChosenRule chosen, RuleException exception, string why) => _warnings.Add($"The exception {exception} of the rule {chosen.Rule.Id} {why}");
}
