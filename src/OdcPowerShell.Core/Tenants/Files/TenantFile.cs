using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OdcPowerShell.Resources;

namespace OdcPowerShell.Tenants;

/// <summary>Checks a file against the shape of its kind, and makes its document.</summary>
internal sealed class TenantFile(string file, TenantShape shape, Action<TenantFault> report)
{
    internal const string SchemaProperty = "$schema";
    internal const string StageProperty = "stage";
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    /// <summary>The lines of properties and items, by their path.</summary>
    internal IReadOnlyDictionary<string, int> Lines => _lines;

    /// <summary>The content of the file. What has a fault is left out.</summary>
    internal JsonObject Read(TenantNode node, params string[] besides) => Object(node, shape, path: "", besides);

    private JsonObject Object(TenantNode node, TenantShape of, string path, IReadOnlyCollection<string> besides)
    {
        var content = new JsonObject();
        if (node.Type != JsonTokenType.StartObject)
        {
            Fault(node, "An object is needed here: { }.");
            return content;
        }

        foreach (var (name, line, _) in node.Members.Where(m => of.Find(m.Name) is null && !besides.Contains(m.Name, StringComparer.Ordinal)))
            report(new TenantFault(file, line, Unknown(name, [.. of.Properties.Select(p => p.Name), .. besides])));
        foreach (var property in of.Properties)
        {
            var (name, line, value) = node.Members.Find(m => m.Name == property.Name);
            var at = path.Length == 0 ? property.Name : path + "." + property.Name;
            if (name is not null)
            {
                _lines[at] = line;
                Add(content, property, value, at);
            }

            if (property.IsRequired && !content.ContainsKey(property.Name) && (name is null || (value.IsText && value.Text.Length == 0) || (value.Type == JsonTokenType.StartArray && value.Items.Count == 0)))
                Fault(node, $"\"{property.Name}\" is missing: {property.Description}");
        }

        return content;
    }

    private void Add(JsonObject content, TenantProperty property, TenantNode node, string path)
    {
        switch (property.Type)
        {
            case TenantValue.Text when node.IsText:
                Check(property, node);
                content.With(property.Name, node.Text);
                break;
            case TenantValue.Number when node.Type == JsonTokenType.Number && int.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number):
                content.With(property.Name, number);
                break;
            case TenantValue.Flag when node.Type is JsonTokenType.True or JsonTokenType.False:
                content.With(property.Name, node.Type == JsonTokenType.True);
                break;
            case TenantValue.Texts when node.Type == JsonTokenType.StartArray:
                if (property.EmptyMeans is { } all && node.Items.Count == 0)
                    Fault(node, $"\"{property.Name}\" is empty. Leave it out for {all}, or name those that are meant.");
                content.With(property.Name, Texts(property, node, path));
                break;
            case TenantValue.Objects when node.Type == JsonTokenType.StartArray:
                content.With(property.Name, Objects(property.Of!, node, path));
                break;
            case TenantValue.Settings when node.Type == JsonTokenType.StartObject:
                content.With(property.Name, Settings(node, path));
                break;
            default:
                Fault(node, $"\"{property.Name}\" must be {Noun(property)}.");
                break;
        }
    }

    private void Check(TenantProperty property, TenantNode node)
    {
        if (property.IsMoment && node.Text.Length > 0 && !IsMoment(node.Text))
            Fault(node, $"\"{property.Name}\" can't be \"{Redactor.Excerpt(node.Text)}\". Write a date such as 2027-12-31, which begins at 00:00 UTC, or a date and a time such as 2027-12-31T18:00:00Z.");
        if (property.Values is not { } values || values.Contains(node.Text, StringComparer.Ordinal))
            return;
        Fault(node, $"\"{property.Name}\" can't be \"{node.Text}\". It is one of: {string.Join(", ", values)}.");
    }

    // Only the form of ISO 8601: in any other one, day and month can be mistaken.
    private static bool IsMoment(string text) => DateTimeOffset.TryParseExact(
        text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    private SortedDictionary<string, int>.KeyCollection Texts(TenantProperty property, TenantNode node, string path)
    {
        var (texts, lines) = (new SortedDictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase));
        foreach (var item in node.Items)
        {
            if (!item.IsText || item.Text.Length == 0)
                Fault(item, $"\"{property.Name}\" must have only texts in quotes.");
            else if (lines.TryGetValue(item.Text, out var first))
                Fault(item, FormattableString.Invariant($"\"{item.Text}\" is in the list twice; the first is in line {first}."));
            else
                texts[item.Text] = lines[item.Text] = _lines[$"{path}[{item.Text}]"] = item.Line;
        }

        return texts.Keys;
    }

    private List<JsonObject> Objects(TenantShape of, TenantNode node, string path)
    {
        var (objects, lines) = (new List<JsonObject>(), new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase));
        foreach (var item in node.Items)
        {
            var identity = IdentityOf(of, item);
            var at = $"{path}[{identity}]";
            var content = Object(item, of, at, []);
            if (lines.TryGetValue(identity, out var first))
            {
                Fault(item, FormattableString.Invariant($"\"{identity}\" is in the list twice; the first is in line {first}."));
                continue;
            }

            lines[identity] = _lines[at] = item.Line;
            objects.Add(content);
        }

        return objects;
    }

    private JsonObject Settings(TenantNode node, string path)
    {
        var settings = new JsonObject();
        foreach (var (name, line, value) in node.Members.OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            _lines[$"{path}[{name}]"] = line;
            if (value.IsText || value.Type == JsonTokenType.Null)
                settings[name] = value.IsText ? value.Text : null;
            else if (value is { Type: JsonTokenType.StartObject, Members.Count: 1 } && value.Members[0] is { Name: "secret", Value: { IsText: true, Text.Length: > 0 } secret })
                settings[name] = new JsonObject { ["secret"] = secret.Text };
            else
                Fault(value, value.Type is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False ? $"The value of \"{name}\" must be a text: put it in quotes." : $"The value of \"{name}\" must be a text, null, or {{ \"secret\": \"name of a vault entry\" }}.");
        }

        return settings;
    }

    private static string IdentityOf(TenantShape of, TenantNode item) => TenantComparison.IdentityOf(of, name => item.Members.Find(m => m.Name == name).Value is { } value
        ? value.Type switch { JsonTokenType.True => "true", JsonTokenType.False => "false", _ => value.Text.Length == 0 ? null : value.Text }
        : null);

    private static string Unknown(string name, IReadOnlyList<string> known)
    {
        if (known.FirstOrDefault(k => string.Equals(k, name, StringComparison.OrdinalIgnoreCase)) is { } written)
            return $"\"{name}\" must be written \"{written}\".";
        var near = NearNames.Of(name, known);
        return $"There is no property \"{name}\" here.{(near.Count > 0 ? $" Did you mean \"{near[0]}\"?" : "")}";
    }

    private static string Noun(TenantProperty property) => property.Type switch
    {
        TenantValue.Text => "a text in quotes",
        TenantValue.Number => "a whole number",
        TenantValue.Flag => "true or false",
        TenantValue.Texts => "a list of texts: [ ]",
        TenantValue.Objects => "a list of objects: [ { } ]",
        _ => "an object: { }",
    };

    private void Fault(TenantNode node, string text) => report(new TenantFault(file, node.Line, text));
}
