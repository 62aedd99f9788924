using System.Collections.Immutable;

namespace OdcPowerShell.Emulator;

/// <summary>The permissions of API clients by the names of the API documentation.</summary>
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
    public const string ManageStages = "Portfolio management > Manage stages";
    public const string ManagePortfolio = "Portfolio management > Manage portfolio";
    public const string ManageOrganization = "Organization management > Manage Organization";
    public const string ManageSubscription = "Subscriptions > Manage subscription";
    public const string ViewSubscription = "Subscriptions > View subscription";

    public static ImmutableArray<string> All { get; } =
    [
        ViewEndUsers,
        ViewMembers,
        ManageUsers,
        ViewStage,
        DeployAssets,
        "Analyze > Manage code quality findings",
        "Analyze > View Code Quality findings",
        ChangeAssets,
        CreateAssets,
        DeleteAssets,
        OpenAssets,
        "Configuration management > Edit asset configurations",
        "Configuration management > Edit configurations",
        "Configuration management > Manage Email SMTP configuration",
        "Configuration management > Manage IP filters",
        "Configuration management > Manage domains",
        "Configuration management > Manage private gateways",
        "Configuration management > View configurations",
        ManageOrganization,
        ManagePortfolio,
        ManageStages,
        Release,
        ManageSubscription,
        ViewSubscription,
        "User management > Manage end-user access",
        "User management > Manage end-user groups",
        "User management > Manage member access",
        "User management > Manage organization roles",
    ];
}

/// <summary>What an operation asks of the API client.</summary>
internal static class Access
{
    public static bool SignedIn(ApiClient client) => true;
    public static bool AnyPermission(ApiClient client) => client.Permissions.Count > 0;
    public static Predicate<ApiClient> OneOf(params string[] permissions) => client => Array.Exists(permissions, client.Has);
}
