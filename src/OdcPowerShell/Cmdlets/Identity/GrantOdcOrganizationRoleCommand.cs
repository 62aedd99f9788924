namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Grants organization roles to users.</summary>
/// <remarks>
/// <para>Without -Asset, a role applies to the whole organization; with it, to these assets only. One request is sent for each user and role.</para>
/// <para>In the ODC Portal a member has one role for the organization. A second one may replace it: look with Get-OdcOrganizationRole -User.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcUser -HasOrganizationRole -First 1 | Grant-OdcOrganizationRole -OrganizationRole Developer -Asset 'Order Desk'</code>
/// <para>Makes a member a developer of one asset.</para>
/// </example>
/// <example>
/// <code>Get-OdcUser -First 2 | Grant-OdcOrganizationRole -OrganizationRole Developer -EndTime (Get-Date).AddDays(30) -WhatIf</code>
/// <para>Shows the requests that would grant a role to two users for 30 days.</para>
/// </example>
[Cmdlet(VerbsSecurity.Grant, "OdcOrganizationRole", SupportsShouldProcess = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GrantOrganizationRole))]
public sealed class GrantOdcOrganizationRoleCommand : OrganizationRoleGrantCommand
{
    /// <summary>The users: objects from Get-OdcUser, keys, e-mails, rows with a column UserKey, or URLs pasted from the ODC Portal.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("UserKey")]
    [AllowEmptyCollection]
    [References(typeof(OdcUser), Also = [typeof(OdcUserOrganizationRole), typeof(OdcUserImportResult)], Besides = [typeof(OdcOrganizationRole)])]
    [Names]
    public override ObjectReference[] User { get; set; } = [];

    /// <summary>The organization roles: objects from Get-OdcOrganizationRole, names, keys, or rows with a column OrganizationRoleKey.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OrganizationRoleKey", "Role")]
    [References(typeof(OdcOrganizationRole), Also = [typeof(OdcUserOrganizationRole), typeof(OdcOrganizationRoleUser)], Besides = [typeof(OdcUser)])]
    [Names]
    public override ObjectReference[] OrganizationRole { get; set; } = [];

    /// <summary>With -Asset, the portfolio that the role belongs to, by name or key; without it, the main portfolio.</summary>
    [Parameter]
    [Alias("PortfolioKey")]
    [Reference(typeof(OdcPortfolio))]
    [Names]
    public ObjectReference? Portfolio { get; set; }

    /// <summary>When the role begins. A time without a zone is local time. Piped rows have it in a column StartTime.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Date]
    public DateTimeOffset? StartTime { get; set; }

    /// <summary>When the role expires. A time without a zone is local time. Piped rows have it in a column EndTime.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Date]
    public DateTimeOffset? EndTime { get; set; }

    private protected override (Operation Operation, string Verb, string Preposition) Change => (IdentityApi.GrantOrganizationRole, "grant", "to");

    private protected override RequestBody Details
    {
        get
        {
            var details = base.Details ?? new RequestBody();
            if (Portfolio is not null)
                details.Add("portfolioKey", Portfolio);
            if (StartTime is null && EndTime is null)
                return details;
            var period = new RequestBody();
            if (StartTime is not null)
                period.Add("startTime", StartTime);
            if (EndTime is not null)
                period.Add("endTime", EndTime);
            return details.Add("grantPeriod", period);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (StartTime >= EndTime)
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, "The role would end before it begins.", "Specify an -EndTime after the -StartTime."), User.FirstOrDefault()?.Target));
        else if (Portfolio is not null && Asset.Length == 0)
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, "A role for the organization can't be limited to a portfolio. Nothing was granted.", "Specify the assets with -Asset, or leave -Portfolio out."), User.FirstOrDefault()?.Target));
        else
            base.ProcessRecord();
    }
}
