namespace OdcPowerShell.Pipeline;

/// <summary>Names for the members of answers as properties: PowerShell knows no empty name, no two that differ in case only, and keeps some for itself.</summary>
internal static class MemberName
{
    /// <summary>The name itself, or one with underscores before it: where another member has it in another case, or <paramref name="isTaken"/> says so.</summary>
    internal static string For(PSObject shown, string name, bool isTaken)
    {
        if (isTaken || name.Length == 0 || IsReserved(name))
            name = "_" + name;
        while (shown.Properties[name] is { } other && other.Name != name)
            name = "_" + name;
        return name;
    }

    private static bool IsReserved(string name) => name.ToUpperInvariant() is "PSOBJECT" or "PSBASE" or "PSADAPTED" or "PSEXTENDED" or "PSTYPENAMES";
}
