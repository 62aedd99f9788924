using System.Management.Automation;
using System.Reflection;

namespace OdcPowerShell.Parameters;

/// <summary>Values of closed lists go out as the specification writes them, whatever case was typed; one that is not in the list is warned of.</summary>
internal static class KnownValues
{
    /// <summary>Corrects what was typed.</summary>
    internal static void Apply(PSCmdlet cmdlet, Action<string> warn)
    {
        foreach (var property in Typed.Parameters(cmdlet).Where(p => p.CanWrite))
        {
            if (Of(property) is not { } known)
                continue;
            var value = property.GetValue(cmdlet);
            if (value is string text)
                property.SetValue(cmdlet, Correct(known, text));
            else if (value is string[] several)
                property.SetValue(cmdlet, several.Select(s => Correct(known, s)).ToArray());
            foreach (var unknown in (value as string[] ?? (value is string one ? [one] : [])).Where(v => known.IsClosed && !IsKnown(known, v)))
                warn($"-{property.Name}: '{unknown}' is not a value that this module knows. Known values: {string.Join(", ", known.Shown)}.");
        }
    }

    /// <summary>A value as the specification writes it; one that is not known stays as it is.</summary>
    internal static string Correct(PropertyInfo property, string value) => Of(property) is { } known ? Correct(known, value) : value;

    internal static KnownValueCompleter? Of(PropertyInfo property) =>
        property.GetCustomAttribute<ArgumentCompleterAttribute>()?.Type is { } type && type.IsSubclassOf(typeof(KnownValueCompleter)) ? (KnownValueCompleter)Activator.CreateInstance(type)! : null;

    // A minus sorts from the last to the first, and a permission may be that for one stage: AppDeploy.key.
    private static string Correct(KnownValueCompleter known, string value)
    {
        var (before, word, after) = Parts(value);
        return before + (known.Find(word) ?? word) + after;
    }

    private static bool IsKnown(KnownValueCompleter known, string value) => known.Find(Parts(value).Word) is not null;

    private static (string Before, string Word, string After) Parts(string value)
    {
        var trimmed = value.Trim();
        var start = trimmed.StartsWith("-", StringComparison.Ordinal) ? 1 : 0;
        var end = trimmed.IndexOf('.') is > 0 and var dot ? dot : trimmed.Length;
        return end < start ? ("", trimmed, "") : (trimmed.Substring(0, start), trimmed.Substring(start, end - start), trimmed.Substring(end));
    }
}

/// <summary>Offers the values of a list that the specification has.</summary>
public abstract class KnownValueCompleter : ValueCompleter
{
    private protected KnownValueCompleter(params string[] known) => Known = known;

    internal IReadOnlyList<string> Known { get; }

    internal IReadOnlyList<string> Shown => Offered;

    /// <summary>Whether the list is all that there is.</summary>
    internal virtual bool IsClosed => true;

    /// <summary>The value as the specification writes it; null where it is not in the list.</summary>
    internal virtual string? Find(string value) => Known.FirstOrDefault(k => string.Equals(k, value, StringComparison.OrdinalIgnoreCase));

    /// <summary>What Tab offers: the portal's words, where they are others.</summary>
    private protected virtual IReadOnlyList<string> Offered => Known;

    private protected sealed override IEnumerable<string> Values(System.Collections.IDictionary boundParameters) => Offered;
}
