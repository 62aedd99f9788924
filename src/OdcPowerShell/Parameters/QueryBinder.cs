using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using OdcPowerShell.Http;

namespace OdcPowerShell.Parameters;

/// <summary>Makes the query from the parameters that the user gave: what is not bound is absent.</summary>
internal static class QueryBinder
{
    internal static Query Bind(PSCmdlet cmdlet)
    {
        var query = new Query();
        foreach (var property in cmdlet.GetType().GetProperties())
        {
            if (property.GetCustomAttribute<QueryParameterAttribute>() is { } wire && cmdlet.MyInvocation.BoundParameters.ContainsKey(property.Name))
                Add(query, wire.Name, property.GetValue(cmdlet));
        }

        return query;
    }

    private static void Add(Query query, string name, object? value)
    {
        if (value is IEnumerable and not string)
            query.AddEach(name, ((IEnumerable)value).Cast<object>().Select(Text));
        else if (value is not SwitchParameter { IsPresent: false } and not null)
            query.Add(name, Text(value));
    }

    private static string Text(object value) => value switch
    {
        SwitchParameter => "true",
        ObjectReference reference => reference.Key ?? throw new InvalidOperationException($"'{reference}' was not looked up."),
        DateTime date => date.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
