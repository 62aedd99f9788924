using System.Security;

namespace OdcPowerShell;

/// <summary>
/// A secret in an object of the module: PowerShell turns it into a SecureString where one is wanted. As a property of its own type it leaves
/// the process with no copy of the object: outside Windows, Export-Clixml, jobs and remoting write a SecureString in the clear.
/// </summary>
public sealed class OdcSecretText
{
    private const string Hidden = "***";
    private readonly SecureString _value;

    internal OdcSecretText(SecureString value) => _value = value;

    /// <summary>What <c>Invoke-RestMethod -Token</c>, <c>ConvertFrom-SecureString</c> and <c>NetworkCredential</c> take.</summary>
    public static implicit operator SecureString?(OdcSecretText? secret) => secret?._value;

    /// <summary>The secret as a SecureString.</summary>
    public SecureString ToSecureString() => _value;

    public override string ToString() => Hidden;
}
