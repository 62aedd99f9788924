using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OdcPowerShell.Tenants.Rules;

/// <summary>Something that may break a rule.</summary>
/// <param name="Subject">The name of the object, for users also the e-mail or the key; <c>*</c> stands for any text, <c>?</c> for a character.</param>
/// <param name="Reason">Why it is accepted.</param>
/// <param name="Stage">The name or the key of the stage where it is accepted; null for all.</param>
internal sealed record RuleException(string Subject, string Reason, string? Stage = null)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>Whether it stands for all that a pattern fits, and not for one object.</summary>
    internal bool IsPattern => Subject.IndexOf('*') >= 0 || Subject.IndexOf('?') >= 0;

    internal bool Fits(RuleFinding found) => IsIn(found) && (Fits(found.Subject) || Identifies(found));

    /// <summary>Whether it has the e-mail or the key of the user that was found, which no other user has.</summary>
    internal bool Identifies(RuleFinding found) => found.User is { } user && (Fits(user.Email ?? "") || Fits(user.UserKey ?? ""));

    public override string ToString() => $"'{Subject}'{(Stage is null ? "" : $" in the stage '{Stage}'")}";

    private bool IsIn(RuleFinding found) => Stage is null || RuleCheck.IsSame(found.Stage?.Name, Stage.Trim()) || RuleCheck.IsSame(found.Stage?.StageKey, Stage.Trim());

    private bool Fits(string subject) => subject.Length > 0 && Regex.IsMatch(
        subject, "^" + Regex.Escape(Subject.Trim()).Replace("\\*", ".*").Replace("\\?", ".") + "$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline, Longest);
}

/// <summary>What the settings file says about a rule.</summary>
internal sealed class RuleSetting
{
    private readonly Dictionary<string, int> _thresholds = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the rule runs; null if the file does not say so.</summary>
    internal bool? IsEnabled { get; set; }

    internal string? Severity { get; set; }

    internal List<RuleException> Exceptions { get; } = [];

    internal int? Threshold(string name) => _thresholds.TryGetValue(name, out var number) ? number : null;

    internal void Set(string name, int number) => _thresholds[name] = number;
}

/// <summary>
/// The settings file of the rules: JSON with comments, <c>{ "rules": { "InactiveMember": { "InactiveDays": 60, "except": [ { "subject": "svc-*", "reason": "…" } ] } } }</c>.
/// What it does not know is an error with its line, because a misspelt name would change nothing.
/// </summary>
internal sealed class RuleSettings
{
    private const string Form = "It has this form: { \"rules\": { \"InactiveMember\": { \"enabled\": true, \"severity\": \"High\", \"InactiveDays\": 60, \"except\": [ { \"subject\": \"svc-*\", \"reason\": \"…\" } ] } } }.";
    private readonly Dictionary<string, RuleSetting> _rules = new(StringComparer.OrdinalIgnoreCase);

    private RuleSettings()
    {
    }

    internal RuleSetting? Of(string rule) => _rules.TryGetValue(rule, out var setting) ? setting : null;

    /// <param name="file">The name of the file, for messages.</param>
    /// <param name="bytes">Its content.</param>
    /// <exception cref="OdcException">It is not JSON, or has something that the rules do not know; the message has the line.</exception>
    internal static RuleSettings Read(string file, byte[] bytes)
    {
        var preamble = Encoding.UTF8.GetPreamble();
        var text = bytes.Length >= preamble.Length && bytes.Take(preamble.Length).SequenceEqual(preamble) ? bytes.Skip(preamble.Length).ToArray() : bytes;
        var settings = new RuleSettings();
        var reader = new SettingsReader(file, text);
        try
        {
            reader.Members("a settings file", (name, at) =>
            {
                if (name != "rules")
                    throw reader.Wrong(at, $"A settings file has no '{name}'.");
                reader.Members("rules", settings.ReadRule(reader));
            });
            reader.End();
        }
        catch (Exception e) when (JsonText.IsBroken(e))
        {
            var broken = e as JsonException;
            throw Error(file, (broken?.LineNumber ?? 0) + 1, (broken?.BytePositionInLine ?? 0) + 1, "It is not JSON.", e);
        }

        return settings;
    }

    internal static OdcException Error(string file, long line, long position, string message, Exception? inner = null) =>
        new(OdcErrorCause.InvalidRequest, FormattableString.Invariant($"{file}, line {line}, position {position}: {message}"), Form, inner);

    private Action<string, long> ReadRule(SettingsReader reader) => (id, at) =>
    {
        var rule = TenantRules.All.FirstOrDefault(r => r.Id == id) ?? throw reader.Wrong(at, $"There is no rule '{id}'. Get-OdcTenantRule lists them.");
        var setting = _rules[id] = new RuleSetting();
        reader.Members($"the rule {id}", (name, where) =>
        {
            switch (name)
            {
                case "enabled":
                    setting.IsEnabled = reader.Flag(name);
                    break;
                case "severity":
                    var severity = reader.Text(name);
                    setting.Severity = RuleWords.Severities.FirstOrDefault(s => s == severity) ?? throw reader.Wrong(where, $"The severity '{severity}' is none of {string.Join(", ", RuleWords.Severities)}.");
                    break;
                case "except":
                    reader.Items(name, () => setting.Exceptions.Add(ReadException(reader)));
                    break;
                default:
                    var threshold = rule.Thresholds.FirstOrDefault(t => t.Name == name)
                        ?? throw reader.Wrong(where, $"The rule {id} has no '{name}'. It has {string.Join(", ", rule.Thresholds.Select(t => t.Name).Concat(["enabled", "severity", "except"]))}.");
                    var number = reader.Number(name);
                    if (number < threshold.Least || number > threshold.Most)
                        throw reader.Wrong(where, FormattableString.Invariant($"{name} is {number}; it must be from {threshold.Least} to {threshold.Most}."));
                    setting.Set(name, number);
                    break;
            }
        });
    };

    private static RuleException ReadException(SettingsReader reader)
    {
        string? subject = null;
        string? reason = null;
        string? stage = null;
        var start = reader.Members("an exception", (name, where) =>
        {
            switch (name)
            {
                case "subject":
                    subject = reader.Text(name);
                    break;
                case "reason":
                    reason = reader.Text(name);
                    break;
                case "stage":
                    stage = reader.Text(name);
                    if (string.IsNullOrWhiteSpace(stage))
                        throw reader.Wrong(where, "The stage of an exception is the name or the key of a stage.");
                    break;
                default:
                    throw reader.Wrong(where, $"An exception has no '{name}'. It has subject, reason and stage.");
            }
        });
        return string.IsNullOrWhiteSpace(subject) || string.IsNullOrWhiteSpace(reason) ? throw reader.Wrong(start, "An exception needs a subject and a reason.") : new RuleException(subject!, reason!, stage);
    }
}
