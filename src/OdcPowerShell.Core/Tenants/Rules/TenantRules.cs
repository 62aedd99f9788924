namespace OdcPowerShell.Tenants.Rules;

/// <summary>All rules, and which of them are to run.</summary>
internal static class TenantRules
{
    /// <summary>The rules, the highest severity first.</summary>
    internal static IReadOnlyList<TenantRule> All =>
    [
        .. new TenantRule[]
        {
            new InactiveMember(), new NeverSignedIn(), new DisabledMember(), new ExternalMember(), new DirectRole(), new EmptyGroup(),
            new EverythingRole(), new ManyAdministrators(), new EndlessGrant(), new WeakIdentityProvider(),
            new StageAhead(), new StageBehind(), new DebugBuild(), new FailedDeployment(), new PendingSetting(),
            new UnusedApp(), new UnusedLibrary(), new OutdatedProducer(),
            new CriticalFinding(), new LowScore(), new StaleAnalysis(),
            new OpenIpFilter(), new OpenPortal(), new DomainWithoutCertificate(), new UnhealthyGateway(),
            new StageNotReady(), new EntitlementNearLimit(), new ExpiringSecret(),
        }.OrderBy(rule => RuleWords.Rank(rule.Severity)),
    ];

    /// <summary>The rules that the user chose, each with its settings.</summary>
    /// <param name="settings">The settings file; null without one.</param>
    /// <param name="typed">Returns the number that the user typed for a threshold, if any.</param>
    /// <param name="isWanted">Whether the user chose a rule by its name or a pattern; null if all are chosen.</param>
    /// <param name="isNamed">Whether the user wrote the whole name of a rule.</param>
    /// <param name="least">The lowest severity; null for all.</param>
    internal static IReadOnlyList<ChosenRule> Choose(RuleSettings? settings, Func<string, int?> typed, Func<string, bool>? isWanted, Func<string, bool> isNamed, string? least)
    {
        var chosen = from rule in All
                     let own = settings?.Of(rule.Id)
                     let severity = own?.Severity ?? rule.Severity
                     where isWanted?.Invoke(rule.Id) != false && (isNamed(rule.Id) || own?.IsEnabled != false)
                     where least is null || RuleWords.Rank(severity) <= RuleWords.Rank(least)
                     orderby RuleWords.Rank(severity)
                     select new ChosenRule(rule, severity, threshold => typed(threshold.Name) ?? own?.Threshold(threshold.Name) ?? threshold.Usual, own?.Exceptions ?? [])
                     {
                         IsLeftOut = rule.Costs is not null && !isNamed(rule.Id) && own?.IsEnabled != true,
                     };
        return [.. chosen];
    }
}

/// <summary>A rule with the settings of a run.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Severity">Its severity in this run.</param>
/// <param name="Limit">Its numbers in this run.</param>
/// <param name="Exceptions">What may break it.</param>
internal sealed record ChosenRule(TenantRule Rule, string Severity, Func<RuleThreshold, int> Limit, IReadOnlyList<RuleException> Exceptions)
{
    /// <summary>Whether it takes many requests and was not named, so that it does not run.</summary>
    internal bool IsLeftOut { get; init; }
}

/// <summary>The outcome of a rule.</summary>
/// <param name="Chosen">The rule.</param>
/// <param name="Rows">A row for each finding and each gap; one row for a rule that passed.</param>
/// <param name="Failures">The requests that failed.</param>
internal sealed record RuleOutcome(ChosenRule Chosen, IReadOnlyList<OdcTenantFinding> Rows, IReadOnlyList<OdcException> Failures)
{
    /// <summary>What is wrong with the exceptions of the settings file.</summary>
    internal IReadOnlyList<string> Warnings { get; init; } = [];

    internal TenantRule Rule => Chosen.Rule;

    internal IEnumerable<OdcTenantFinding> Of(string result) => Rows.Where(row => row.Result == result);

    internal bool Has(string result) => Of(result).Any();

    /// <summary>The worst of its rows: Failed, else NotChecked, else Passed.</summary>
    internal string Result => Has(RuleWords.Failed) ? RuleWords.Failed : Has(RuleWords.NotChecked) ? RuleWords.NotChecked : RuleWords.Passed;
}

/// <summary>Runs rules side by side. They share the lists of the tenant.</summary>
internal static class RuleRun
{
    /// <exception cref="OdcException">The session is over: no rule could be checked.</exception>
    internal static async Task<IReadOnlyList<RuleOutcome>> RunAsync(IReadOnlyList<ChosenRule> rules, RuleScope scope) =>
        await Task.WhenAll(rules.Select(chosen => CheckAsync(chosen, scope))).ConfigureAwait(false);

    private static async Task<RuleOutcome> CheckAsync(ChosenRule chosen, RuleScope scope)
    {
        if (chosen.IsLeftOut)
        {
            var command = $"Test-OdcTenant {chosen.Rule.Id}{scope.CommandSuffix}";
            return Outcome([Row(chosen, RuleWords.NotChecked, "", $"It takes {chosen.Rule.Costs}, so that it runs only if you specify its whole name: {command}")], []);
        }

        var check = new RuleCheck(scope, chosen.Limit);
        await chosen.Rule.CheckAsync(check).ConfigureAwait(false);
        var exceptions = await RuleExceptions.OfAsync(chosen, check, scope.Tenant).ConfigureAwait(false);
        var rows = check.Findings.Select(found => Row(chosen, found, exceptions.Of(found))).Concat(check.Gaps.Select(gap => Row(chosen, gap)).GroupBy(row => (row.Subject, row.Message)).Select(same => same.First())).ToList();
        if (!rows.Exists(row => row.Result is RuleWords.Failed or RuleWords.NotChecked))
            rows.Add(Row(chosen, RuleWords.Passed, "", rows.Count == 0 ? "Nothing breaks the rule." : "Nothing but what is excepted breaks the rule."));
        return Outcome(rows, [.. check.Failures.Distinct()]) with { Warnings = exceptions.Warnings };

        RuleOutcome Outcome(IReadOnlyList<OdcTenantFinding> found, IReadOnlyList<OdcException> failures)
        {
            foreach (var row in found)
                row.Tenant = scope.Tenant.Client.Origin.Authority;
            return new RuleOutcome(chosen, found, failures);
        }
    }

    private static OdcTenantFinding Row(ChosenRule chosen, RuleFinding found, RuleException? exception)
    {
        var row = Row(chosen, exception is null ? RuleWords.Failed : RuleWords.Excepted, found.Subject, found.Message);
        (row.Fix, row.StageName, row.StageKey, row.AcceptedBecause) = (found.Fix, found.Stage?.Name, found.Stage?.StageKey, exception?.Reason);
        return row;
    }

    private static OdcTenantFinding Row(ChosenRule chosen, RuleGap gap)
    {
        var row = Row(chosen, RuleWords.NotChecked, gap.Subject, gap.Message);
        (row.Missing, row.StageName, row.StageKey) = (gap.Missing, gap.Stage?.Name, gap.Stage?.StageKey);
        if (gap.Missing is not null)
            row.Advice = $"Grant the API client this permission{(gap.Stage is null ? "" : $" for {gap.Stage}")} in the ODC Portal (API clients, edit permissions): {gap.Missing}.";
        return row;
    }

    private static OdcTenantFinding Row(ChosenRule chosen, string result, string subject, string message) => new()
    {
        Rule = chosen.Rule.Id,
        Severity = chosen.Severity,
        Result = result,
        Category = chosen.Rule.Category,
        Subject = subject,
        Message = message,
        Advice = result is RuleWords.Failed or RuleWords.Excepted ? chosen.Rule.Advice : null,
    };
}
