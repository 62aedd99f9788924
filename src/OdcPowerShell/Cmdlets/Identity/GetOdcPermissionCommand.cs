namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Gets the permissions that organization roles and API clients can have.</summary>
/// <remarks>
/// <para>Each row describes a permission, with the permissions that it includes, and whether it can be limited to stages or portfolios.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcPermission</code>
/// <para>Gets all permissions.</para>
/// </example>
/// <example>
/// <code>Get-OdcPermission *users*</code>
/// <para>Gets the permissions with users in their name.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcPermission", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryPermissions), Without = "Permission")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetPermission), With = "Permission")]
[OutputType(typeof(OdcPermission))]
public sealed class GetOdcPermissionCommand : GetCommand<OdcPermission>
{
    /// <summary>The permissions to read: keys, objects with a property PermissionKey, or names.</summary>
    [Parameter(ParameterSetName = KeySet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PermissionKey")]
    [References(typeof(OdcPermission), Follows = true)]
    [Names]
    public ObjectReference[] Permission { get; set; } = [];

    private protected override ObjectReference[] Specified => Permission;

    private protected override IPagedList<OdcPermission> List(Query query, ListWindow window) => new OffsetPages<OdcPermission>(Client, IdentityApi.QueryPermissions, query, window);

    private protected override Task<OdcPermission> GetAsync(string key, ICaller caller, CancellationToken cancellationToken) =>
        Client.GetAsync(IdentityApi.GetPermission, [key], query: null, caller, cancellationToken);
}
