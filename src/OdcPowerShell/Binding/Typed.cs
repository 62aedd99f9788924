using System.Collections;
using System.Reflection;

namespace OdcPowerShell.Binding;

/// <summary>The parameters that were typed, before any input comes.</summary>
internal static class Typed
{
    /// <summary>The parameters that say from when until when.</summary>
    internal static IReadOnlyList<(string From, string To)> Spans { get; } = [("Since", "Before"), ("LastLoginSince", "LastLoginTo"), ("StartTime", "EndTime")];

    internal static IEnumerable<PropertyInfo> Parameters(PSCmdlet cmdlet) =>
        cmdlet.GetType().GetProperties().Where(p => p.IsDefined(typeof(ParameterAttribute)) && cmdlet.MyInvocation.BoundParameters.ContainsKey(p.Name));

    /// <summary>The error of a parameter that was typed with nothing as its value: what narrows, limits or ends something must not be dropped for that.</summary>
    internal static OdcException? Nothing(PSCmdlet cmdlet) => (
        from property in Parameters(cmdlet)
        where !property.IsDefined(typeof(AllowsNothingAttribute)) && property.GetCustomAttributes().OfType<ReferenceAttribute>().All(r => r.IsOptional) && IsNothing(property.GetValue(cmdlet))
        select NothingIn(property.Name)).FirstOrDefault();

    /// <summary>The error of a time that ends before it begins: nothing could be in it.</summary>
    internal static OdcException? Contradiction(PSCmdlet cmdlet)
    {
        var dates = Parameters(cmdlet).ToDictionary(p => p.Name, p => p.GetValue(cmdlet) as DateTimeOffset?, StringComparer.Ordinal);
        return (from span in Spans
                where dates.TryGetValue(span.From, out var since) && dates.TryGetValue(span.To, out var until) && since > until
                select new OdcException(OdcErrorCause.InvalidRequest, $"-{span.To} is before -{span.From}.", "Exchange them, or leave one out.")).FirstOrDefault();
    }

    internal static OdcException NothingIn(string parameter) => new(
        OdcErrorCause.InvalidRequest, $"-{parameter} has no value: it is null or empty.",
        $"Leave -{parameter} out to do without it, or check the variable or the command that its value comes from.");

    internal static bool IsNothing(object? value) => value switch
    {
        null => true,
        string text => string.IsNullOrWhiteSpace(text),
        _ when ReferenceEquals(value, System.Management.Automation.Internal.AutomationNull.Value) => true,
        PSObject wrapped when !ReferenceEquals(wrapped.BaseObject, wrapped) && wrapped.BaseObject is not PSCustomObject => IsNothing(wrapped.BaseObject),
        IDictionary => false,
        Array { Length: 0 } => true,
        Array list => list.Cast<object?>().Any(IsNothing),
        _ => false,
    };
}

/// <summary>Says of a parameter that nothing is a value of it, as where $null clears what was set.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AllowsNothingAttribute : Attribute;

/// <summary>Refuses nothing as the value of a switch or a number, which PowerShell would make false or 0 of it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ValueRequiredAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData is not null && !Typed.IsNothing(inputData) && !ReferenceEquals(inputData, System.Management.Automation.Internal.AutomationNull.Value)
            ? inputData
            : throw new ArgumentTransformationMetadataException(
                "The value is null or empty. Leave the parameter out to do without it, or check the variable or the command that its value comes from. (OdcInvalidRequest)");
}

/// <summary>The objects that a command was given by name, key or value: stages and assets first, because other names are looked for within them.</summary>
internal static class TypedReferences
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
