using OdcPowerShell.Tenants;
using OdcPowerShell.Tenants.Rules;

namespace OdcPowerShell.Cmdlets.Tenants;

/// <summary>Lists the rules of Test-OdcTenant: what each checks, how severe it is, and which numbers can be changed.</summary>
/// <remarks>
/// <para>Needs no connection, and sends no request. Thresholds shows the numbers of a rule with their usual values; change them with the parameters of Test-OdcTenant, or in its settings file. A rule whose RunsAlways is False takes many requests, and runs only if you name it.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcTenantRule</code>
/// <para>Lists all rules, the highest severity first.</para>
/// </example>
/// <example>
/// <code>Get-OdcTenantRule *Member* | Format-List</code>
/// <para>Shows why the rules about members matter, and what to do.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcTenantRule")]
[OutputType(typeof(OdcTenantRule))]
public sealed class GetOdcTenantRuleCommand : OdcCmdlet
{
    /// <summary>Only rules with these names; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string[] Rule { get; set; } = ["*"];

    /// <summary>Only rules of these categories: Access, Delivery, Assets, Quality, Network or Platform.</summary>
    [Parameter]
    [ValidateSet(RuleWords.Access, RuleWords.Delivery, RuleWords.Assets, RuleWords.Quality, RuleWords.Network, RuleWords.Platform)]
    public string[]? Category { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var names = new RuleNames(Rule);
        foreach (var unknown in names.Unknown)
            WriteError(ErrorRecords.From(RuleNames.NotFound(unknown), unknown));
        foreach (var rule in TenantRules.All.Where(rule => names.Fits(rule.Id) && Category?.Contains(rule.Category, StringComparer.OrdinalIgnoreCase) != false))
            WriteObject(Of(rule));
    }

    private static OdcTenantRule Of(TenantRule rule) => new()
    {
        Rule = rule.Id,
        Severity = rule.Severity,
        Category = rule.Category,
        Title = rule.Title,
        Reason = rule.Reason,
        Advice = rule.Advice,
        Thresholds = rule.Thresholds.ToDictionary(t => t.Name, t => (string?)FormattableString.Invariant($"{t.Usual}"), StringComparer.Ordinal),
        RunsAlways = rule.Costs is null,
        Costs = rule.Costs,
    };
}

/// <summary>Names and patterns of rules that a user typed.</summary>
internal sealed class RuleNames(IReadOnlyList<string> typed)
{
    private readonly IReadOnlyList<(string Text, WildcardPattern Pattern)> _patterns = [.. typed.Select(text => (text, WildcardPattern.Get(text.Trim(), WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant)))];

    /// <summary>Those that fit no rule: nothing would be checked.</summary>
    internal IEnumerable<string> Unknown => _patterns.Where(p => !TenantRules.All.Any(rule => p.Pattern.IsMatch(rule.Id))).Select(p => p.Text);

    internal bool Fits(string id) => _patterns.Any(p => p.Pattern.IsMatch(id));

    /// <summary>Whether the whole name was typed.</summary>
    internal bool IsNamed(string id) => _patterns.Any(p => string.Equals(p.Text.Trim(), id, StringComparison.OrdinalIgnoreCase));

    internal static OdcException NotFound(string name) => new(OdcErrorCause.NotFound, $"There is no rule '{name}'.", "Get-OdcTenantRule lists the rules.");
}

/// <summary>Completes names of rules.</summary>
public sealed class RuleCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(System.Reflection.PropertyInfo? parameter, string typed, System.Collections.IDictionary boundParameters) =>
        TenantRules.All.Select(rule => rule.Id).OrderBy(id => id, StringComparer.Ordinal);
}
