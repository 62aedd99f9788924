using System.Reflection;

namespace OdcPowerShell.Parameters;

/// <summary>The objects that a command was given by name, key or value: stages and assets first, because other names are looked for within them.</summary>
internal static class GivenReferences
{
    /// <summary>Each of them, and whether it is input, which could also have come through the pipeline: others say what holds for all input.</summary>
    internal static IEnumerable<(ObjectReference Reference, bool IsInput)> Of(PSCmdlet cmdlet) =>
        (from property in Typed.Parameters(cmdlet)
         let value = property.GetValue(cmdlet)
         from reference in value as ObjectReference[] ?? (value is ObjectReference one ? [one] : [])
         orderby reference.Type == ResourceTypes.Stage || reference.Type == ResourceTypes.Asset ? 0 : 1
         select (reference, IsInput(property, cmdlet.ParameterSetName))).ToList();

    // A parameter may take input in one set, and say what holds for all input in another.
    private static bool IsInput(PropertyInfo property, string set)
    {
        var declared = property.GetCustomAttributes<ParameterAttribute>().ToList();
        var here = declared.Where(p => p.ParameterSetName == set || p.ParameterSetName == ParameterAttribute.AllParameterSets).ToList();
        return (here.Count > 0 ? here : declared).Any(p => p.ValueFromPipeline);
    }
}
