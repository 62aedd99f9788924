using System.Management.Automation;

namespace OdcPowerShell.Parameters;

/// <summary>Takes objects of a type and nothing that could be turned into one: PowerShell would make a build of any row that has a build's columns.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ExactlyAttribute(Type type) : ArgumentTransformationAttribute
{
    // The binder goes on to other parameters only where a cast failed.
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        type.IsInstanceOfType(inputData is PSObject wrapped ? wrapped.BaseObject : inputData)
            ? inputData
            : throw new ArgumentTransformationMetadataException($"An object of the type {type.Name} is expected here.", new PSInvalidCastException());
}
