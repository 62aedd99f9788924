using System.Collections;
using System.Globalization;

namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Rules of IP filters as users specify them: objects of New-OdcIpFilterRule or of a group, hashtables, or rows.</summary>
internal static class IpFilterRuleReader
{
    private const string Forms = "Specify rules of New-OdcIpFilterRule, the property Rules of a group, or hashtables with Name, Ranges and IsActive: @{ Name = 'Office'; Ranges = '203.0.113.0/24' }.";

    /// <exception cref="OdcException">A value is not a rule, or its addresses are not valid.</exception>
    internal static IReadOnlyList<OdcIpFilterRule> Read(object?[] values, Action<string> warn) => [.. values.SelectMany(Flat).Select(value => One(value, warn))];

    /// <summary>The body members of rules. Members that this module does not know go back to the service.</summary>
    internal static RequestBody[] ToBodies(IEnumerable<OdcIpFilterRule> rules) => [.. rules.Select(rule =>
    {
        var body = new RequestBody().Add("name", rule.Name).Add("ranges", rule.Ranges ?? []);
        if (rule.IsActive is not null)
            body.Add("isActive", rule.IsActive);
        foreach (var member in rule.Unknown ?? [])
            body.Add(member.Key, JsonValues.ToPowerShell(member.Value));
        return body;
    })];

    private static OdcIpFilterRule One(object? value, Action<string> warn)
    {
        if (value is IDictionary table)
        {
            foreach (var name in table.Keys.Cast<object>().Select(key => key.ToString()!).Where(name => !IsMember(name)))
                throw Wrong($"A rule of an IP filter has no '{name}'.");
            return Of(name => table.Keys.Cast<object>().Where(key => string.Equals(key.ToString(), name, StringComparison.OrdinalIgnoreCase)).Select(key => table[key]).FirstOrDefault(), warn);
        }

        var piped = value is null or string ? null : PipedObject.Of(value);
        if (piped?.Resource is OdcIpFilterRule rule)
        {
            var read = IpFilterRules.Checked(rule.Name, rule.Ranges, rule.IsActive ?? true, warn);
            read.Unknown = rule.Unknown;
            return read;
        }

        if (piped?.Resource is OdcIpFilterGroup group)
            throw new OdcException(OdcErrorCause.InvalidRequest, $"A rule is expected here, not the IP filter group {group}.", "Use the rules of the group: its property Rules.");
        if (piped is { IsRow: true } && piped.Columns.Any(IsMember))
            return Of(name => piped.Columns.Any(c => string.Equals(c, name, StringComparison.OrdinalIgnoreCase)) ? piped.Value(name) : null, warn);
        throw Wrong(value is string text ? $"A rule of an IP filter has a name and addresses: '{Redactor.Excerpt(text)}' is a text." : $"A rule of an IP filter is expected here, not {(piped is null ? "nothing" : $"{ResourceType.ArticleOf(piped.TypeName).ToLowerInvariant()} {piped.TypeName}")}.");
    }

    private static OdcIpFilterRule Of(Func<string, object?> member, Action<string> warn)
    {
        var name = Bare(member("Name"))?.ToString();
        return IpFilterRules.Checked(name, Flat(member("Ranges") ?? member("Range")).Select(range => range?.ToString()), IsActive(name, Bare(member("IsActive"))), warn);
    }

    /// <summary>Whether a rule counts, from a member or a cell; without a value, it does.</summary>
    /// <exception cref="OdcException">It is neither yes nor no.</exception>
    internal static bool IsActive(string? rule, object? value) => value switch
    {
        null => true,
        bool flag => flag,
        SwitchParameter flag => flag.IsPresent,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!.Trim().ToUpperInvariant() switch
        {
            "" or "TRUE" or "YES" or "1" => true,
            "FALSE" or "NO" or "0" => false,
            _ => throw Wrong($"The rule {rule}: IsActive is '{value}', which is neither yes nor no."),
        },
    };

    private static bool IsMember(string name) => name.ToUpperInvariant() is "NAME" or "RANGES" or "RANGE" or "ISACTIVE";

    private static IEnumerable<object?> Flat(object? value) =>
        Bare(value) is IEnumerable list and not (string or IDictionary) ? list.Cast<object?>().SelectMany(Flat) : [Bare(value) is PSCustomObject ? value : Bare(value)];

    internal static object? Bare(object? value) => ReferenceEquals(value, System.Management.Automation.Internal.AutomationNull.Value) ? null
        : value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    private static OdcException Wrong(string message) => new(OdcErrorCause.InvalidRequest, message, Forms);
}
