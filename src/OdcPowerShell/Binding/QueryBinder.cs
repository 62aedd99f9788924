using System.Collections;
using System.Globalization;
using System.Reflection;

namespace OdcPowerShell.Binding;

/// <summary>Makes the query from the parameters that the user specified. Parameters that are not bound are left out.</summary>
internal static class QueryBinder
{
    internal static Query Bind(PSCmdlet cmdlet, params string[] except)
    {
        var query = new Query();
        foreach (var property in cmdlet.GetType().GetProperties())
        {
            if (cmdlet.MyInvocation.BoundParameters.ContainsKey(property.Name) && !except.Contains(property.Name, StringComparer.Ordinal) && property.GetCustomAttribute<QueryParameterAttribute>() is { } wire)
                Add(query, wire, property.GetValue(cmdlet));
        }

        return query;
    }

    private static void Add(Query query, QueryParameterAttribute wire, object? value)
    {
        switch (value)
        {
            case null:
            case SwitchParameter { IsPresent: false } when !wire.SendsFalse:
                break;
            case SwitchParameter flag:
                query.Add(wire.Name, flag.IsPresent != wire.IsInverted ? "true" : "false");
                break;
            case IEnumerable several and not string:
                AddAll(query, wire, [.. several.Cast<object>().Select(Text)]);
                break;
            default:
                query.Add(wire.Name, Text(value));
                break;
        }
    }

    private static void AddAll(Query query, QueryParameterAttribute wire, IReadOnlyList<string> values)
    {
        if (!wire.IsJoined)
            query.AddEach(wire.Name, values);
        else if (values.Count > 0)
            query.AddJoined(wire.Name, values);
    }

    private static string Text(object value) => value switch
    {
        ObjectReference reference => reference.Key ?? throw new InvalidOperationException($"'{reference}' was not looked up."),
        DateTimeOffset date => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        DateTime date => date.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}

/// <summary>The name of the query parameter for a cmdlet parameter.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class QueryParameterAttribute(string name) : Attribute
{
    internal string Name { get; } = name;

    /// <summary>Whether a switch with the value false is sent as false, which is a filter too, instead of being left out.</summary>
    public bool SendsFalse { get; set; }

    /// <summary>Whether a switch means the opposite of the query parameter.</summary>
    public bool IsInverted { get; set; }

    /// <summary>Whether several values are joined by commas.</summary>
    public bool IsJoined { get; set; }
}
