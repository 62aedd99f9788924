using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using OdcPowerShell.Binding;
using OdcPowerShell.Resources;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>An object of each type that the module writes, in each form in which it may come back, and what a parameter makes of it.</summary>
internal static class PipedSamples
{
    internal static IReadOnlyList<Type> Types { get; } =
        [.. Module.Core.GetExportedTypes().Where(t => t.IsSubclassOf(typeof(OdcResource)) && !t.IsAbstract).OrderBy(t => t.Name, StringComparer.Ordinal)];

    internal static IReadOnlyList<string> Forms { get; } = ["live", "CliXml", "job", "CSV", "selected"];

    /// <summary>The parameters of all commands that take objects from the pipeline.</summary>
    internal static IEnumerable<(Type Cmdlet, PropertyInfo Parameter, ReferenceAttribute Reference)> Inputs =>
        from cmdlet in Module.CmdletTypes
        from parameter in cmdlet.Parameters()
        where parameter.GetCustomAttributes<ParameterAttribute>().Any(p => p.ValueFromPipeline)
        from reference in parameter.GetCustomAttributes(inherit: false).OfType<ReferenceAttribute>()
        select (cmdlet, parameter, reference);

    internal static OdcResource Of(Type type)
    {
        var sample = (OdcResource)LongSamples.Of(type);
        GiveKeys(sample);
        return sample;
    }

    internal static object In(string form, OdcResource sample) => form switch
    {
        "live" => sample,
        "CliXml" => PSSerializer.Deserialize(PSSerializer.Serialize(sample, 2)),
        "job" => PSSerializer.Deserialize(PSSerializer.Serialize(sample, 1)),
        "selected" => Selected(sample, property: null),
        _ => Row(sample),
    };

    internal static string KeyOf(string name) => new Guid(MD5.HashData(Encoding.UTF8.GetBytes(name))).ToString("D");

    /// <summary>The key that the parameter takes; "left" where it leaves the object to another one, or the message with which it refuses it.</summary>
    internal static string Bind(ReferenceAttribute reference, object value)
    {
        try
        {
            var bound = reference.Transform(null!, value);
            var one = bound as ObjectReference ?? (bound is ObjectReference[] { Length: > 0 } several ? several[0] : null);
            return one is null ? "none" : one.Failure?.Message ?? one.Key ?? one.Text;
        }
        catch (ArgumentTransformationMetadataException e) when (e.InnerException is PSInvalidCastException)
        {
            return "left";
        }
    }

    /// <summary>As Select-Object leaves it: all properties, or one.</summary>
    internal static PSObject Selected(OdcResource sample, string? property)
    {
        var row = new PSObject();
        foreach (var shown in PSObject.AsPSObject(sample).Properties.Where(p => property is null || p.Name == property))
            row.Properties.Add(new PSNoteProperty(shown.Name, shown.Value));
        row.TypeNames.Insert(0, "Selected." + sample.GetType().FullName);
        return row;
    }

    // As Export-Csv and Import-Csv leave it: every property as text.
    private static PSObject Row(OdcResource sample)
    {
        var row = new PSObject();
        foreach (var property in PSObject.AsPSObject(sample).Properties)
            row.Properties.Add(new PSNoteProperty(property.Name, Convert.ToString(property.Value is IEnumerable and not string ? "a list" : property.Value, CultureInfo.InvariantCulture) ?? ""));
        return row;
    }

    private static void GiveKeys(OdcResource sample)
    {
        foreach (var property in sample.GetType().GetProperties().Where(p => p.CanWrite))
        {
            if (property.PropertyType == typeof(string) && (property.Name.EndsWith("Key", StringComparison.Ordinal) || ResourceTypes.All.Any(t => t.HasTextKey && t.KeyProperty == property.Name)))
                property.SetValue(sample, KeyOf(property.Name));
            else if (property.GetValue(sample) is OdcResource part)
                GiveKeys(part);
        }
    }
}
