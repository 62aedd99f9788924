using System.Management.Automation.Host;

namespace OdcPowerShell.Sessions;

/// <summary>How the module names itself to the service.</summary>
internal static class UserAgent
{
    internal static string Text()
    {
        var module = typeof(UserAgent).Assembly.GetName().Version!.ToString(3);
        var engine = typeof(PSHost).Assembly.GetName().Version!;
        return $"OdcPowerShell/{module} PowerShell/{engine.Major}.{engine.Minor}";
    }
}
