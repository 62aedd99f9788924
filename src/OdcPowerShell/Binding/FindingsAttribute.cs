namespace OdcPowerShell.Binding;

/// <summary>
/// Accepts what a check found, which can be nothing: an empty list, and null, which PowerShell passes for the empty result of a command. Null is also what a
/// variable has that was never set, so that the command warns of it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FindingsAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData switch
    {
        null => null,
        _ when ReferenceEquals(inputData, System.Management.Automation.Internal.AutomationNull.Value) => null,
        Array { Length: 0 } or PSObject { BaseObject: Array { Length: 0 } } => Array.Empty<PSObject>(),
        _ when Typed.IsNothing(inputData) => throw new ArgumentTransformationMetadataException(
            "A value is null or empty. For a check that found nothing, pass an empty list: @(). Otherwise check the variable or the command that the findings come from. (OdcInvalidRequest)"),
        _ => inputData,
    };
}
