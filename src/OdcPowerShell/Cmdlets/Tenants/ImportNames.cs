using OdcPowerShell.Resources;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Cmdlets.Tenants;

/// <summary>The names of -Name: each selects the object that has it, or if the files have none, those that match it as a pattern.</summary>
internal sealed class ImportNames(IReadOnlyList<string> typed, TenantContent files)
{
    private readonly IReadOnlyList<(string Text, WildcardPattern? Pattern)> _names =
        [.. typed.Select(text => (text, files.Documents.Any(d => Is(d, text)) ? null : WildcardPattern.Get(text, WildcardOptions.IgnoreCase)))];

    /// <summary>Whether one of the names is that of an object.</summary>
    internal bool Has(string name) => _names.Any(n => Has(n, name));

    /// <summary>A warning for each name that selects nothing: it is misspelled, or of an object that is outside of what is imported.</summary>
    internal IEnumerable<string> Unused(ImportSource source, TenantPlan plan, ImportOptions options)
    {
        var selected = source.Content.Documents.Concat(options.Prunes ? plan.Now.Documents.Where(source.Includes) : []).Select(d => d.Name).Distinct(StringComparer.Ordinal).ToList();
        var known = files.Documents.Where(d => source.Kinds.Contains(d.Kind) && (options.Part.Stages.Count == 0 || options.Part.Stages.Contains(d.Stage, StringComparer.OrdinalIgnoreCase))).Select(d => d.Name).ToList();
        foreach (var name in _names.Where(n => !selected.Exists(s => Has(n, s))))
        {
            var near = WildcardPattern.ContainsWildcardCharacters(name.Text) ? [] : NearNames.Of(name.Text, known);
            yield return $"-Name '{name.Text}' selects nothing of what is imported.{(near.Count > 0 ? $" Did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}?" : "")}";
        }
    }

    private static bool Has((string Text, WildcardPattern? Pattern) typed, string name) => string.Equals(name, typed.Text, StringComparison.OrdinalIgnoreCase) || typed.Pattern?.IsMatch(name) == true;

    private static bool Is(TenantDocument document, string name) => string.Equals(document.Name, name, StringComparison.OrdinalIgnoreCase);
}
