namespace OdcPowerShell.Emulator;

/// <summary>What the operations of the identity API ask of the client, and what they show it.</summary>
internal static class IdentityAccess
{
    public static Predicate<ApiClient> ReadUsers { get; } =
        Access.OneOf(Permission.ViewEndUsers, Permission.ViewMembers, Permission.ManageUsers);

    public static Predicate<ApiClient> ManageUsers { get; } = Access.OneOf(Permission.ManageUsers);

    public static Predicate<ApiClient> ViewEndUsers { get; } = Access.OneOf(Permission.ViewEndUsers);

    public static Predicate<ApiClient> ViewMembers { get; } = Access.OneOf(Permission.ViewMembers);

    public static Predicate<ApiClient> ReadMemberRoles { get; } = Access.OneOf(Permission.ViewMembers, Permission.ManageUsers);

    public static Predicate<ApiClient> ManageGroups { get; } = Access.OneOf("User management > Manage end-user groups");

    public static Predicate<ApiClient> GrantEndUserRoles { get; } = Access.OneOf("User management > Manage end-user access");

    public static Predicate<ApiClient> GrantOrganizationRoles { get; } = Access.OneOf("User management > Manage member access");

    public static Predicate<ApiClient> ManageOrganizationRoles { get; } = Access.OneOf("User management > Manage organization roles");

    /// <summary>Which users a client sees; one that may see neither kind, but came so far, sees the members of its groups.</summary>
    public static Visibility VisibleTo(ApiClient client)
    {
        var (endUsers, members) = (client.Has(Permission.ViewEndUsers), client.Has(Permission.ViewMembers));
        return client.Has(Permission.ManageUsers) || endUsers == members ? Visibility.All
            : endUsers ? Visibility.EndUsers : Visibility.Members;
    }
}
