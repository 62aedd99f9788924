using System.Management.Automation;

namespace OdcPowerShell.Pipeline;

/// <summary>Names for the members of answers as properties: PowerShell knows no empty name, no two that differ in case only, and keeps some for itself.</summary>
internal static class MemberName
{
    private static readonly string[] Reserved = ["psobject", "psbase", "psadapted", "psextended", "pstypenames"];

    /// <summary>The name itself, or one with underscores before it: where another member has it in another case, or <paramref name="isTaken"/> says so.</summary>
    internal static string For(PSObject shown, string name, bool isTaken)
    {
        if (isTaken || name.Length == 0 || Reserved.Contains(name, StringComparer.OrdinalIgnoreCase))
            name = "_" + name;
        while (shown.Properties[name] is { } other && other.Name != name)
            name = "_" + name;
        return name;
    }
}
