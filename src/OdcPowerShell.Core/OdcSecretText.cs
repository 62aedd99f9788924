using System.Security;

namespace OdcPowerShell;

/// <summary>
/// A secret in an object of the module. PowerShell converts it to a SecureString when one is needed. Because it has its own type, no copy of
/// the object outside the process contains it. Outside Windows, Export-Clixml, jobs and remoting would write a SecureString as plain text.
/// </summary>
public sealed class OdcSecretText
{
    private const string Hidden = "***";
    private readonly SecureString _value;

    internal OdcSecretText(SecureString value) => _value = value;

    /// <summary>The conversion for <c>Invoke-RestMethod -Token</c>, <c>ConvertFrom-SecureString</c> and <c>NetworkCredential</c>.</summary>
    public static implicit operator SecureString?(OdcSecretText? secret) => secret?._value;

    /// <summary>The secret as a SecureString.</summary>
    public SecureString ToSecureString() => _value;

    public override string ToString() => Hidden;
}
