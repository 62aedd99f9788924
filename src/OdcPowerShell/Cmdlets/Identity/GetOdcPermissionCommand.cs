using System.Management.Automation;
using OdcPowerShell.Http;
using OdcPowerShell.Identity;
using OdcPowerShell.Parameters;
using OdcPowerShell.Pipeline;

namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Gets the permissions that organization roles and API clients can have.</summary>
/// <remarks>
/// <para>Each row says what a permission is for, which others come with it, and whether it can be limited to stages or portfolios.</para>
/// <para type="operation">GET /api/identity/v1/permissions</para>
/// <para type="operation" when="for permissions given by key">GET /api/identity/v1/permissions/{key}</para>
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
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryPermissions))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetPermission))]
[OutputType(typeof(OdcPermission))]
public sealed class GetOdcPermissionCommand : ListCmdlet
{
    private const string ListSet = "List";
    private const string KeySet = "ByKey";

    /// <summary>Name of the permissions; wildcards are allowed. A name without wildcards that no permission has is an error.</summary>
    [Parameter(ParameterSetName = ListSet, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PermissionCompleter))]
    public string? Name { get; set; }

    /// <summary>The permissions to read: keys, objects with a property PermissionKey, or names.</summary>
    [Parameter(ParameterSetName = KeySet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PermissionKey")]
    [References(Kind.Permission, Follows = true)]
    [ArgumentCompleter(typeof(PermissionCompleter))]
    public ObjectReference[] Permission { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == KeySet)
            Array.ForEach(Permission, WriteOne);
        else
            WriteNamed(Name, "permission", new Query(), (query, window) => new OffsetPages<OdcPermission>(Client, IdentityApi.QueryPermissions, query, window));
    }

    private void WriteOne(ObjectReference reference)
    {
        if (!HasEnough && KeyOf(reference) is { } key)
            ReadFor(reference.Target, (caller, stopped) => Client.GetAsync(IdentityApi.GetPermission, [key], query: null, caller, stopped), Write);
    }
}
