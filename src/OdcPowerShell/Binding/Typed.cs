using System.Collections;
using System.Reflection;

namespace OdcPowerShell.Binding;

/// <summary>The parameters that the user typed, which are known before any input comes.</summary>
internal static class Typed
{
    /// <summary>Pairs of parameters for the start and the end of a period.</summary>
    internal static IReadOnlyList<(string From, string To)> Spans { get; } = [("Since", "Before"), ("Since", "To"), ("LastLoginSince", "LastLoginTo"), ("StartTime", "EndTime")];

    internal static IEnumerable<PropertyInfo> Parameters(PSCmdlet cmdlet) =>
        cmdlet.GetType().GetProperties().Where(p => cmdlet.MyInvocation.BoundParameters.ContainsKey(p.Name) && p.IsDefined(typeof(ParameterAttribute)));

    /// <summary>The error for a typed parameter with an empty value. Ignoring it would drop a filter or a limit.</summary>
    internal static OdcException? Nothing(PSCmdlet cmdlet) => (
        from property in Parameters(cmdlet)
        where !property.IsDefined(typeof(AllowsNothingAttribute)) && property.GetCustomAttributes().OfType<ReferenceAttribute>().All(r => r.IsOptional) && IsNothing(property.GetValue(cmdlet))
        select NothingIn(property.Name)).FirstOrDefault();

    /// <summary>The error for a period that ends before it begins.</summary>
    internal static OdcException? Contradiction(PSCmdlet cmdlet)
    {
        var dates = Parameters(cmdlet).ToDictionary(p => p.Name, p => p.GetValue(cmdlet), StringComparer.Ordinal);
        foreach (var (from, to) in Spans)
        {
            if (dates.TryGetValue(from, out var since) && dates.TryGetValue(to, out var until) && (since as DateTimeOffset?) > (until as DateTimeOffset?))
                return new OdcException(OdcErrorCause.InvalidRequest, $"-{to} is before -{from}.", "Exchange them, or leave one out.");
        }

        return null;
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

/// <summary>Allows $null and empty values for a parameter, where they clear a setting.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AllowsNothingAttribute : Attribute;

/// <summary>Rejects $null and empty values of a switch or a number, which PowerShell would turn into false or 0.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ValueRequiredAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData is not null && !Typed.IsNothing(inputData)
            ? inputData
            : throw new ArgumentTransformationMetadataException(
                "The value is null or empty. Leave the parameter out to do without it, or check the variable or the command that its value comes from. (OdcInvalidRequest)");
}

/// <summary>An object in a typed parameter, and whether it is input that could also be piped. The other objects apply to all input.</summary>
internal sealed record TypedReference(ObjectReference Reference, bool IsInput);

/// <summary>The objects in the typed parameters: stages and assets first, because other names are looked up within them.</summary>
internal static class TypedReferences
{
    internal static IEnumerable<TypedReference> Of(PSCmdlet cmdlet) =>
        (from property in Typed.Parameters(cmdlet)
         let value = property.GetValue(cmdlet)
         from reference in value as ObjectReference[] ?? (value is ObjectReference one ? [one] : [])
         orderby reference.Type == ResourceTypes.Stage || reference.Type == ResourceTypes.Asset ? 0 : 1
         select new TypedReference(reference, IsInput(property, cmdlet.ParameterSetName))).ToList();

    // A parameter may take input in one set, and apply to all input in another.
    private static bool IsInput(PropertyInfo property, string set)
    {
        var declared = property.GetCustomAttributes<ParameterAttribute>().ToList();
        var here = declared.Where(p => p.ParameterSetName == set || p.ParameterSetName == ParameterAttribute.AllParameterSets).ToList();
        return (here.Count > 0 ? here : declared).Any(p => p.ValueFromPipeline);
    }
}
