using System.Management.Automation;

namespace OdcPowerShell.Sessions;

/// <summary>Says why the copy of a connection is none: it came out of another process, which has the sign-in.</summary>
public sealed class ConnectionConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) =>
        sourceValue is not null && PSObject.AsPSObject(sourceValue).TypeNames.Any(t => t == "Deserialized." + typeof(OdcConnection).FullName);

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException("A connection can't enter another process or come back from a file: it has no sign-in there. Run Connect-Odc in the job or process that uses it. ForEach-Object -Parallel and thread jobs can be handed one.");

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) => throw new PSInvalidCastException();
}
