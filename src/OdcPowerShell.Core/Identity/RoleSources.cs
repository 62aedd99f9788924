namespace OdcPowerShell.Identity;

/// <summary>Where a user's end-user role can come from. The service tells only of the direct ones unless it is asked for all.</summary>
internal static class RoleSources
{
    internal const string Direct = "Direct";

    internal static string[] All => [Direct, "GroupAssigned", "GroupMapped"];
}
