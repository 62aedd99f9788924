namespace OdcPowerShell.Binding;

/// <summary>
/// Accepts what a check found, which can be nothing: the empty result of a command, also out of a variable, and an empty list. $null is what a variable has
/// that was never set; it would stand for a check that was not run, so that it is an error.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FindingsAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData switch
    {
        _ when ReferenceEquals(inputData, System.Management.Automation.Internal.AutomationNull.Value) => Array.Empty<PSObject>(),
        Array { Length: 0 } or PSObject { BaseObject: Array { Length: 0 } } => Array.Empty<PSObject>(),
        _ when Typed.IsNothing(inputData) => throw new ArgumentTransformationMetadataException(
            "The value is null or empty. For a check that found nothing, pass an empty list: @(). Otherwise check the variable or the command that the findings come from. (OdcInvalidRequest)"),
        _ => inputData,
    };
}
