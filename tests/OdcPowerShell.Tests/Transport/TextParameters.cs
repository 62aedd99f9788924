using System.Collections;
using System.Management.Automation;
using System.Reflection;
using System.Security;
using OdcPowerShell.Binding;
using OdcPowerShell.Tests.Conventions;

namespace OdcPowerShell.Tests.Transport;

/// <summary>The parameters of a cmdlet that can hold a text, in each of their sets, and a call of the cmdlet with one of them.</summary>
internal static class TextParameters
{
    private const string AnyKey = "11111111-1111-1111-1111-111111111111";

    // Enough for an answer from loopback; a command that waits for more has sent what it sends.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    internal static IEnumerable<(PropertyInfo Parameter, string Set)> Of(Type cmdlet) =>
        from parameter in cmdlet.Parameters()
        where Value(parameter, "") is not null
        from set in Sets(parameter).SelectMany(s => s == ParameterAttribute.AllParameterSets ? AllSets(cmdlet) : [s])
        select (parameter, set);

    /// <summary>Calls the cmdlet with a good value for all that the set demands, and the ending behind a good value of the parameter; returns its first error.</summary>
    internal static Exception? Run(Shell shell, Type cmdlet, PropertyInfo parameter, string set, Uri tenant, string ending)
    {
        var arguments = cmdlet.Parameters().Where(p => p.Name != parameter.Name && IsMandatory(p, set)).ToDictionary(p => p.Name, p => Good(p, tenant));
        // A body's type is looked at only where there is a body.
        if (cmdlet.GetProperty("Body") is not null)
            arguments["Body"] = "{}";
        arguments[parameter.Name] = Value(parameter, GoodText(parameter, tenant) + ending);
        shell.Set("arguments", new Hashtable(arguments));
        var confirm = cmdlet.Declaration().SupportsShouldProcess ? "-Confirm:$false" : "";
        var (running, result) = shell.Start($"try {{ {cmdlet.CmdletName()} @arguments {confirm} -ErrorAction Stop }} catch {{ , $_ }}");
        using (running)
        {
            if (!result.Wait(Patience))
            {
                running.Stop();
                return null;
            }

            return result.GetAwaiter().GetResult().Select(o => o.BaseObject).OfType<ErrorRecord>().FirstOrDefault()?.Exception;
        }
    }

    private static IEnumerable<string> Sets(PropertyInfo parameter) => parameter.GetCustomAttributes<ParameterAttribute>().Select(a => a.ParameterSetName);

    private static IEnumerable<string> AllSets(Type cmdlet)
    {
        var named = cmdlet.Parameters().SelectMany(Sets).Where(s => s != ParameterAttribute.AllParameterSets).Distinct().ToList();
        return named.Count == 0 ? [ParameterAttribute.AllParameterSets] : named;
    }

    private static bool IsMandatory(PropertyInfo parameter, string set) => parameter.GetCustomAttributes<ParameterAttribute>()
        .Any(a => a.Mandatory && (a.ParameterSetName == set || a.ParameterSetName == ParameterAttribute.AllParameterSets));

    /// <summary>A value of the parameter's type that holds the text; null when none can.</summary>
    private static object? Value(PropertyInfo parameter, string text)
    {
        var type = parameter.PropertyType;
        var element = type.IsArray ? type.GetElementType()! : type;
        return element switch
        {
            _ when element == typeof(string) || element == typeof(ObjectReference) => type.IsArray ? new[] { text } : text,
            // As a member of a body: a whole text may be sent as a body, which it can't leave.
            _ when element == typeof(object) => new Hashtable { ["name"] = text },
            _ when element == typeof(SecureString) => Shell.Secure(text),
            _ when element == typeof(PSCredential) => new PSCredential(text.Length == 0 ? "x" : text, Shell.Secure(text)),
            _ when typeof(IDictionary).IsAssignableFrom(element) => new Hashtable { [text] = text },
            _ when element.GetConstructor([typeof(string)]) is not null && !element.IsEnum => text,
            _ => null,
        };
    }

    private static object? Good(PropertyInfo parameter, Uri tenant) => parameter.PropertyType switch
    {
        var type when type == typeof(SwitchParameter) || type == typeof(bool) => true,
        var type when type == typeof(ScriptBlock) => ScriptBlock.Create("$credential"),
        var type when type == typeof(Guid) || type == typeof(Guid[]) => Guid.Parse(AnyKey),
        var type when type.IsEnum => Enum.GetValues(type).GetValue(0),
        var type when type == typeof(DateTime) || type == typeof(DateTimeOffset) => new DateTime(2026, 1, 1),
        _ => Value(parameter, GoodText(parameter, tenant)) ?? 1,
    };

    private static string GoodText(PropertyInfo parameter, Uri tenant) => parameter.Name switch
    {
        _ when parameter.GetCustomAttribute<ValidateSetAttribute>() is { } valid => valid.ValidValues[0],
        _ when parameter.IsDefined(typeof(ReferenceAttribute), inherit: true) => AnyKey,
        "Tenant" or "Proxy" => tenant.ToString(),
        "Path" when parameter.DeclaringType == typeof(OdcPowerShell.Cmdlets.Session.InvokeOdcRestMethodCommand) => "/api/identity/v1/users",
        // Some write files there.
        "Path" => Path.Combine(Surroundings.Home, "injection"),
        "ContentType" => "application/json",
        "SecretName" => "odc",
        _ => "x",
    };
}
