namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Changes the name or the permissions of organization roles.</summary>
/// <remarks>
/// <para>The service replaces the whole list of permissions. -Permission is the new list; -AddPermission and -RemovePermission read the role first and change its list.</para>
/// </remarks>
/// <example>
/// <code>New-OdcOrganizationRole Auditor -Permission 'View members' | Set-OdcOrganizationRole -AddPermission 'View end users' -PassThru</code>
/// <para>Creates a role, adds a permission to it and writes the changed role.</para>
/// </example>
/// <example>
/// <code>Get-OdcOrganizationRole Dev* | Set-OdcOrganizationRole -Name Engineer -WhatIf</code>
/// <para>Shows the request that would rename a role.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "OdcOrganizationRole", SupportsShouldProcess = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.PatchOrganizationRole))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetOrganizationRole), With = "AddPermission, RemovePermission or PassThru")]
[OutputType(typeof(OdcOrganizationRole))]
public sealed class SetOdcOrganizationRoleCommand : ChangeCmdlet
{
    /// <summary>The organization roles: objects from Get-OdcOrganizationRole, names, keys, or rows with a column OrganizationRoleKey.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("OrganizationRoleKey")]
    [References(typeof(OdcOrganizationRole))]
    [Names]
    public ObjectReference[] OrganizationRole { get; set; } = [];

    /// <summary>The new name. Piped rows can have it in a column Name; the name of a piped role is not used.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BodyParameter("name")]
    public string? Name { get; set; }

    /// <summary>The new list of the role's permissions. An empty list is an error; -RemovePermission can leave a role without any. Objects from Get-OdcPermission or from the property Permissions of a role (with their stages), names, or keys.</summary>
    [Parameter]
    [References(typeof(OdcPermission))]
    [Names]
    public ObjectReference[]? Permission { get; set; }

    /// <summary>Permissions to add to the role; with -Stage or -Portfolio, for these in addition to the present ones: objects from Get-OdcPermission or from the property Permissions of a role (with their stages), names, or keys.</summary>
    [Parameter]
    [References(typeof(OdcPermission))]
    [Names]
    public ObjectReference[]? AddPermission { get; set; }

    /// <summary>Permissions to remove from the role; with -Stage or -Portfolio, only for these: objects from Get-OdcPermission or from the property Permissions of a role (with their stages), names, or keys.</summary>
    [Parameter]
    [References(typeof(OdcPermission))]
    [Names]
    public ObjectReference[]? RemovePermission { get; set; }

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

    /// <summary>Writes the changed role.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Permission is not null && (AddPermission ?? RemovePermission) is not null)
        {
            ThrowTerminatingError(ErrorRecords.From(
                new OdcException(OdcErrorCause.InvalidRequest, "-Permission is the whole new list; -AddPermission and -RemovePermission change the present one.", "Specify one or the other."), target: null));
        }

        if (PermissionGrants.Both(PermissionGrants.Of(AddPermission ?? [], Stage, Portfolio), PermissionGrants.Of(RemovePermission ?? [], Stage, Portfolio)) is { } both)
            Reject($"-AddPermission and -RemovePermission both have {both.Name ?? both.Key}, and exclude each other.", "Specify a permission in one of them.");
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var role in OrganizationRole)
        {
            if (Permission is not null || AddPermission is not null || RemovePermission is not null)
                Defer(() => Change(role, IsTyped(nameof(Name)) ? new RequestBody().Add("name", Name) : new RequestBody()));
            else if (Changes(role, "-Name, -Permission, -AddPermission or -RemovePermission") is { } body)
                Defer(() => Change(role, body));
        }
    }

    private void Change(ObjectReference role, RequestBody named)
    {
        if (KeyOf(role) is not { } key || Body(role, key, named) is not { } body || !SendChange(role, IdentityApi.PatchOrganizationRole, body))
            return;
        ForgetNamesLater();
        if (PassThru)
            WriteNow(role, IdentityApi.GetOrganizationRole);
    }

    private RequestBody? Body(ObjectReference role, string key, RequestBody body)
    {
        if (Permission is not null)
            return body.Add("permissions", PermissionGrants.ToBodies(PermissionGrants.Of(Permission, Stage, Portfolio)));
        if (AddPermission is null && RemovePermission is null)
            return body;
        return RunFor(role.Target, async stopped =>
        {
            var now = await Client.GetAsync(IdentityApi.GetOrganizationRole, [key], query: null, Caller, stopped);
            var changed = PermissionGrants.Changed(
                (now.Permissions ?? []).Where(p => p.PermissionKey is not null).Select(PermissionGrants.Of),
                PermissionGrants.Of(RemovePermission ?? [], Stage, Portfolio), PermissionGrants.Of(AddPermission ?? [], Stage, Portfolio));
            return body.Add("permissions", PermissionGrants.ToBodies(changed));
        }, Label(role));
    }
}
