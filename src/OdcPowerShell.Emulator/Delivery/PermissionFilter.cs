namespace OdcPowerShell.Emulator;

/// <summary>
/// Reads "permissionFilter": the API's short names of permissions, some also as Name.StageKey. An emulated API client has its permissions
/// in all stages, so the whole list is seen or none of it.
/// </summary>
internal static class PermissionFilter
{
    private static readonly Dictionary<string, string?> s_permissions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AppViewSourceCode"] = Permission.OpenAssets,
        ["AppDebug"] = Permission.OpenAssets,
        ["AppChange"] = Permission.ChangeAssets,
        ["AppDelete"] = Permission.DeleteAssets,
        ["AppDeploy"] = Permission.DeployAssets,
        ["AppRelease"] = Permission.Release,
        ["AppUserView"] = Permission.ViewEndUsers,
        ["AppAccessManage"] = "User management > Manage end-user access",
        ["AppGroupManage"] = "User management > Manage end-user groups",
        ["CfgView"] = "Configuration management > View configurations",
        ["AppCfgChange"] = "Configuration management > Edit asset configurations",
        ["ConnConfig"] = "Configuration management > Edit configurations",
        ["CodeQualityView"] = "Analyze > View Code Quality findings",
        ["CodeQualityManage"] = "Analyze > Manage code quality findings",
        // No permission of API clients stands behind these.
        ["AppMonitor"] = null,
        ["AppMonitorUserInfo"] = null,
        ["AppSecurityView"] = null,
        ["UpdatesView"] = null,
    };

    public static bool Allows(ApiCall call, bool isPerStage)
    {
        if (call.Query.Text("permissionFilter") is not { } text)
            return true;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0 && isPerStage)
            QueryReader.ParseGuid("permissionFilter", text[(dot + 1)..]);
        var name = dot >= 0 && isPerStage ? text[..dot] : text;
        return s_permissions.TryGetValue(name, out var permission)
            ? permission is null || call.Client.Has(permission)
            : throw ProblemException.BadParameter($"There is no permission type '{name}'.");
    }
}
