namespace OdcPowerShell.Emulator;

internal static class Permission
{
    public const string ViewEndUsers = "User management > View end users";
    public const string ViewMembers = "User management > View members";
    public const string ManageUsers = "User management > Manage users";
    public const string ViewStage = "Stage > View stage";
    public const string DeployAssets = "Release management > Deploy assets";
    public const string OpenAssets = "Asset management > Open";
    public const string CreateAssets = "Asset management > Create";
    public const string ChangeAssets = "Asset management > Change";
    public const string DeleteAssets = "Asset management > Delete";
    public const string Release = "Release management > Release";
    public const string ViewConfigurations = "Configuration management > View configurations";
    public const string EditConfigurations = "Configuration management > Edit configurations";
    public const string EditAssetConfigurations = "Configuration management > Edit asset configurations";
    public const string ManageDomains = "Configuration management > Manage domains";
    public const string ManageIpFilters = "Configuration management > Manage IP filters";
    public const string ManageGateways = "Configuration management > Manage private gateways";
    public const string ManageEmail = "Configuration management > Manage Email SMTP configuration";
    public const string ManageStages = "Portfolio management > Manage stages";
    public const string ManagePortfolio = "Portfolio management > Manage portfolio";
    public const string ManageOrganization = "Organization management > Manage Organization";
    public const string ViewCodeQuality = "Analyze > View Code Quality findings";
    public const string ManageCodeQuality = "Analyze > Manage code quality findings";
    public const string ManageSubscription = "Subscriptions > Manage subscription";
    public const string ViewSubscription = "Subscriptions > View subscription";

    /// <summary>As organization roles can have them, without the keys of a tenant.</summary>
    public static ImmutableArray<PermissionDefinition> Definitions { get; } = Json.Seed<SeededPermissions>("permissions").All;
    public static ImmutableArray<string> All { get; } = [.. Definitions.Select(permission => permission.FullName)];
}

/// <summary>
/// Reads "permissionFilter": a short name that the API has for a permission, in some lists also Name.StageKey. An emulated API client has its
/// permissions in all stages, so it sees the whole list or nothing.
/// </summary>
internal static class PermissionFilter
{
    private static readonly FrozenDictionary<string, string?> s_permissions =
        Json.Seed<SeededPermissions>("permissions").Short.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static bool Allows(ApiCall call, bool isPerStage)
    {
        if (call.Query.Text("permissionFilter") is not { } text)
            return true;
        var parts = isPerStage ? text.Split('.', 2) : [text];
        if (parts.Length > 1)
            QueryReader.ParseGuid("permissionFilter", parts[1]);
        return s_permissions.TryGetValue(parts[0], out var permission)
            ? permission is null || call.Client.Has(permission)
            : throw ProblemException.BadParameter($"There is no permission type '{parts[0]}'.");
    }
}

/// <summary>All permissions, and the permission of each short name: null where API clients have none of the kind.</summary>
internal sealed record SeededPermissions(ImmutableArray<PermissionDefinition> All, Dictionary<string, string?> Short);

/// <summary>What an operation asks of the API client.</summary>
internal static class Access
{
    public static bool SignedIn(ApiClient client) => true;
    public static bool AnyPermission(ApiClient client) => client.Permissions.Count > 0;
    public static Predicate<ApiClient> OneOf(params string[] permissions) => client => Array.Exists(permissions, client.Has);
}
