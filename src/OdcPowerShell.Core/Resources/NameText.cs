using System.Text;

namespace OdcPowerShell.Resources;

/// <summary>Names as text. The same name can be written in two ways in Unicode, with accents as letters of their own or not, which look alike: they are one name.</summary>
internal static class NameText
{
    internal static bool IsSame(string? name, string? other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase)
        || (name is not null && other is not null && string.Equals(Composed(name), Composed(other), StringComparison.OrdinalIgnoreCase));

    /// <summary>The usual form, with accents in their letters. Text that is no Unicode stays as it is.</summary>
    internal static string Composed(string text) => In(text, NormalizationForm.FormC);

    /// <summary>The forms in which the service may have a name: as it was typed, and the other one where it differs.</summary>
    internal static IEnumerable<string> Forms(string text) => new[] { text, Composed(text), In(text, NormalizationForm.FormD) }.Distinct(StringComparer.Ordinal);

    private static string In(string text, NormalizationForm form)
    {
        try
        {
            return text.Normalize(form);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }
}
