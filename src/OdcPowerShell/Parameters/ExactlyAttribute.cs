namespace OdcPowerShell.Parameters;

/// <summary>
/// Takes objects of a type, live or as a file or a job gives them back, and nothing that could be turned into one: PowerShell would make a
/// build of any row that has a build's columns.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ExactlyAttribute(Type type) : ArgumentTransformationAttribute
{
    // The binder goes on to other parameters only where a cast failed.
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData is not null && PipedObject.Of(inputData).Resource is { } resource && type.IsInstanceOfType(resource)
            ? resource
            : throw new ArgumentTransformationMetadataException($"An object of the type {type.Name} is expected here.", new PSInvalidCastException());
}

/// <summary>Takes objects of this module, live or as a file or a job gives them back.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ResourcesAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
    {
        null or string => inputData,
        System.Collections.IEnumerable several and not System.Collections.IDictionary => several.Cast<object>().Select(One).ToArray(),
        _ => One(inputData!),
    };

    private static object One(object value) => value is null ? null! : (object?)PipedObject.Of(value).Resource ?? value;
}
