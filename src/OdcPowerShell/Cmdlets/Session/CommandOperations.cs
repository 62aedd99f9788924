using System.Reflection;

namespace OdcPowerShell.Cmdlets.Session;

/// <summary>The operations that a command of the module calls.</summary>
internal static class CommandOperations
{
    internal static IEnumerable<(string Command, Operation Operation)> Of(string command) =>
        from type in typeof(CommandOperations).Assembly.GetTypes()
        let cmdlet = type.GetCustomAttribute<CmdletAttribute>()
        where cmdlet is not null && string.Equals($"{cmdlet.VerbName}-{cmdlet.NounName}", command, StringComparison.OrdinalIgnoreCase)
        from called in type.GetCustomAttributes<ApiOperationAttribute>()
        where !called.IsOptional
        select ($"{cmdlet.VerbName}-{cmdlet.NounName}", called.Operation);

    internal static OdcException Unknown(string command) => new(
        OdcErrorCause.NotFound, $"'{command}' is not a command of this module that calls an API.", "Get-Command -Module OdcPowerShell lists them.");
}
