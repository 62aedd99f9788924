using System.Management.Automation;

namespace OdcPowerShell.Parameters;

/// <summary>The objects that a command was given by name, key or value: stages and assets first, because other names are looked for within them.</summary>
internal static class GivenReferences
{
    internal static IEnumerable<ObjectReference> Of(PSCmdlet cmdlet) =>
        (from bound in cmdlet.MyInvocation.BoundParameters.Values
         from reference in bound as ObjectReference[] ?? (bound is ObjectReference one ? [one] : [])
         orderby reference.Kind is Kind.Stage or Kind.Asset ? 0 : 1
         select reference).ToList();
}
