namespace OdcPowerShell.Cmdlets.Organization;

/// <summary>Renames the organization.</summary>
/// <remarks>
/// <para>Only the name that people see is changed. The address of the ODC Portal stays: Set-OdcBuiltInDomain -Organization changes that.</para>
/// </remarks>
/// <example>
/// <code>Set-OdcOrganization 'ACME Group' -PassThru</code>
/// <para>Renames the organization and writes it.</para>
/// </example>
/// <example>
/// <code>Rename-OdcOrganization 'ACME Group' -WhatIf; Set-OdcOrganization 'ACME Group' -Confirm:$false</code>
/// <para>Shows the request, and then sends it.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "OdcOrganization", SupportsShouldProcess = true)]
[Alias("Rename-OdcOrganization")]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.PatchOrganization))]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.GetOrganization), With = "PassThru")]
[OutputType(typeof(OdcOrganization))]
public sealed class SetOdcOrganizationCommand : ChangeCmdlet
{
    /// <summary>The new name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [BodyParameter("name")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string Name { get; set; } = "";

    /// <summary>Writes the organization after the change.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (SendChange($"organization of {Client.Origin.Host}: new name {Name}", Client.Origin.Host, OrganizationApi.PatchOrganization, [], RequestBody.Bind(this)) && PassThru)
            Write(Run(stopped => Client.GetAsync(OrganizationApi.GetOrganization, [], query: null, Caller, stopped)));
    }
}
