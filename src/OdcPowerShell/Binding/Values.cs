using System.Collections;
using System.Management.Automation.Language;
using System.Reflection;

namespace OdcPowerShell.Binding;

/// <summary>The values of a parameter that the specification lists. Tab offers them; they are sent as the specification writes them, whatever case was typed, and another value is a warning.</summary>
/// <remarks>A value may be two words, as in "EndUserRoles=ApplicationRoles": the portal's word, which Tab offers, and the one that is sent. Several may stand in one text, with commas between them.</remarks>
[AttributeUsage(AttributeTargets.Property)]
internal class ValuesAttribute : ArgumentCompleterAttribute
{
    private readonly (string Shown, string Sent)[] _values;

    public ValuesAttribute(params string[] values)
        : this(typeof(ValuesCompleter), values)
    {
    }

    private protected ValuesAttribute(Type completer, string[] values)
        : base(completer) => _values = [.. values.SelectMany(v => v.Split(',')).Select(Pair)];

    /// <summary>Whether the service has more values than these.</summary>
    public bool IsOpen { get; set; }

    /// <summary>The values as they are sent.</summary>
    internal IReadOnlyList<string> Known => [.. _values.Select(v => v.Sent)];

    /// <summary>The values that Tab offers.</summary>
    internal IReadOnlyList<string> Shown => [.. _values.Select(v => v.Shown)];

    /// <summary>Corrects the case of typed values.</summary>
    internal static void Apply(PSCmdlet cmdlet, Action<string> warn)
    {
        foreach (var property in Typed.Parameters(cmdlet).Where(p => p.CanWrite))
        {
            if (property.GetCustomAttribute<ValuesAttribute>() is not { } known)
                continue;
            var value = property.GetValue(cmdlet);
            if (value is string text)
                property.SetValue(cmdlet, known.Correct(text));
            else if (value is string[] several)
                property.SetValue(cmdlet, several.Select(known.Correct).ToArray());
            foreach (var unknown in (value as string[] ?? (value is string one ? [one] : [])).Where(v => !known.IsOpen && known.Find(Parts(v).Word) is null && !known.IsSeen(cmdlet, v)))
                warn($"-{property.Name}: '{unknown}' is not a value that this module knows. Known values: {string.Join(", ", known.Shown)}.");
        }
    }

    /// <summary>Whether the service has shown the value, which the list lacks.</summary>
    private protected virtual bool IsSeen(PSCmdlet cmdlet, string value) => false;

    /// <summary>A value in the spelling of its parameter's list, if the parameter has one.</summary>
    internal static string Correct(PropertyInfo parameter, string value) => parameter.GetCustomAttribute<ValuesAttribute>()?.Correct(value) ?? value;

    /// <summary>A value in the spelling of the specification; an unknown value stays as it is.</summary>
    internal string Correct(string value)
    {
        var (before, word, after) = Parts(value);
        return before + (Find(word) ?? word) + after;
    }

    private string? Find(string word) =>
        _values.Where(v => string.Equals(v.Shown, word, StringComparison.OrdinalIgnoreCase) || string.Equals(v.Sent, word, StringComparison.OrdinalIgnoreCase)).Select(v => v.Sent).FirstOrDefault();

    private static (string Shown, string Sent) Pair(string value)
    {
        var words = value.Trim().Split('=');
        return (words[0], words[words.Length - 1]);
    }

    // A minus sorts in descending order, a plus in ascending order, and a permission can be for one stage: AppDeploy.key.
    private static (string Before, string Word, string After) Parts(string value)
    {
        var trimmed = value.Trim();
        var start = trimmed.Length > 0 && (trimmed[0] is '-' or '+') ? 1 : 0;
        var end = trimmed.IndexOf('.') is > 0 and var dot ? dot : trimmed.Length;
        return end < start ? ("", trimmed, "") : (trimmed.Substring(0, start), trimmed.Substring(start, end - start), trimmed.Substring(end));
    }
}

/// <summary>Lists of values that several parameters take.</summary>
internal static class KnownLists
{
    internal const string AssetEmbeds = "releaseNote, icon, sourceCode, signature, metadata";
    internal const string DeployableTypes = "WebApplication, MobileApplication, Workflow, Agent";
    /// <summary>The kinds of objects of a tenant that are exported.</summary>
    internal const string TenantKinds = "Organization, SubscriptionConfiguration, PlatformIpFilter, Portfolio, Stage, OrganizationRole, Group, SystemConfiguration, BuiltInDomains, Domain, DefaultDomain, IpFilterGroup, "
        + "PrivateGateway, AssetSettings, DeployedAsset, User";

    internal const string StageOperationSorts = "CreatedAt, UpdatedAt, FinishedAt, AssetName, AssetKey";

    /// <summary>The permissions by which lists are filtered.</summary>
    internal const string Permissions =
        "AppDebug, AppChange, AppDelete, AppUserView, AppDeploy, AppRelease, AppMonitor, AppMonitorUserInfo, AppAccessManage, CfgView, AppCfgChange, ConnConfig, "
        + "AppViewSourceCode, AppGroupManage, CodeQualityView, CodeQualityManage, UpdatesView";
}

/// <summary>Offers values for a parameter; other values may still be specified.</summary>
public abstract class ValueCompleter : IArgumentCompleter
{
    private protected ValueCompleter()
    {
    }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = wordToComplete.Trim('\'', '"');
        return from value in Values(ParameterOf(commandName, parameterName), typed, fakeBoundParameters).Distinct(StringComparer.OrdinalIgnoreCase)
               where value.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
               select new CompletionResult(Quoted(value), value, CompletionResultType.ParameterValue, value);
    }

    private protected abstract IEnumerable<string> Values(PropertyInfo? parameter, string typed, IDictionary boundParameters);

    // A command's class has its name: Get-OdcUser is GetOdcUserCommand.
    private static PropertyInfo? ParameterOf(string commandName, string parameterName)
    {
        var name = commandName.Substring(commandName.IndexOf('\\') + 1).Replace("-", "") + "Command";
        return typeof(ValueCompleter).Assembly.GetTypes().FirstOrDefault(t => string.Equals(t.Name, name, StringComparison.OrdinalIgnoreCase))
            ?.GetProperties().FirstOrDefault(p => string.Equals(p.Name, parameterName, StringComparison.OrdinalIgnoreCase));
    }

    private static string Quoted(string value) =>
        value.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/') ? value : MessageText.Quoted(value);
}

/// <summary>Offers the values that the parameter declares.</summary>
public sealed class ValuesCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(PropertyInfo? parameter, string typed, IDictionary boundParameters) => parameter?.GetCustomAttribute<ValuesAttribute>()?.Shown ?? [];
}

/// <summary>Offers nothing, where Tab would offer the names of files.</summary>
public sealed class NoCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(PropertyInfo? parameter, string typed, IDictionary boundParameters) => [];
}
