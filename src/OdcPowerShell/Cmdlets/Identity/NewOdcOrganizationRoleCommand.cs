namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Creates an organization role.</summary>
/// <remarks>
/// <para>An organization role is a set of permissions, each of which can be limited to stages or portfolios.</para>
/// </remarks>
/// <example>
/// <code>New-OdcOrganizationRole Auditor -Permission 'View members', 'View end users'</code>
/// <para>Creates a role with two permissions.</para>
/// </example>
/// <example>
/// <code>New-OdcOrganizationRole 'Developer (copy)' -Permission (Get-OdcOrganizationRole Developer).Permissions -WhatIf</code>
/// <para>Shows the request that would copy a role.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "OdcOrganizationRole", SupportsShouldProcess = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.CreateOrganizationRole))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetOrganizationRole))]
[OutputType(typeof(OdcOrganizationRole))]
public sealed class NewOdcOrganizationRoleCommand : ChangeCmdlet
{
    /// <summary>Name of the role. It must be unique.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The permissions of the role: objects from Get-OdcPermission or from the property Permissions of a role (with their stages), names, or keys.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [References(typeof(OdcPermission))]
    [Names]
    public ObjectReference[]? Permission { get; set; }

    /// <summary>Limits the permissions that are specified by name or key to these stages.</summary>
    [Parameter]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage))]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>Limits the permissions that are specified by name or key to these portfolios.</summary>
    [Parameter]
    [Alias("PortfolioKey")]
    [References(typeof(OdcPortfolio))]
    [Names]
    public ObjectReference[] Portfolio { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var body = new RequestBody().Add("name", Name).Add("permissions", PermissionGrants.ToBodies(PermissionGrants.Of(Permission!, Stage, Portfolio)));
        if (Send($"organization role {Name}", Name, IdentityApi.CreateOrganizationRole, [], body) is not { } created)
            return;
        Client.Names.Forget();
        WriteCreated(Name, created, IdentityApi.GetOrganizationRole, key => new OdcOrganizationRole { OrganizationRoleKey = key, Name = Name });
    }
}
