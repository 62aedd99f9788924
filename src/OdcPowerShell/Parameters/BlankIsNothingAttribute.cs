namespace OdcPowerShell.Parameters;

/// <summary>An empty text, as the empty cells of a CSV file give it, says nothing; without this it would become 0.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BlankIsNothingAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string text && string.IsNullOrWhiteSpace(text) ? null : inputData;
}
