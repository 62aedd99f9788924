using System.Collections;
using System.Globalization;
using System.Reflection;

namespace OdcPowerShell.Binding;

/// <summary>Makes the query from the parameters that the user gave: what is not bound is absent.</summary>
internal static class QueryBinder
{
    internal static Query Bind(PSCmdlet cmdlet, params string[] except)
    {
        var query = new Query();
        foreach (var property in cmdlet.GetType().GetProperties())
        {
            if (property.GetCustomAttribute<QueryParameterAttribute>() is { } wire && !except.Contains(property.Name, StringComparer.Ordinal) && cmdlet.MyInvocation.BoundParameters.ContainsKey(property.Name))
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

/// <summary>The query parameter that a cmdlet's parameter becomes, when it is bound.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class QueryParameterAttribute(string name) : Attribute
{
    internal string Name { get; } = name;

    /// <summary>Whether a switch that is given as false is sent as false, which is a filter too, and not left out.</summary>
    public bool SendsFalse { get; set; }

    /// <summary>Whether a switch means the opposite of the query parameter.</summary>
    public bool IsInverted { get; set; }

    /// <summary>Whether several values go in one text, joined by commas.</summary>
    public bool IsJoined { get; set; }
}
