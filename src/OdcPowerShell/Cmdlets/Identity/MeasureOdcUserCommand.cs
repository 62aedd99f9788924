namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Counts users.</summary>
/// <remarks>
/// <para>It takes one request, however many users there are. With several filters, a user must match all of them.</para>
/// <para>An API client with only "View end users" or only "View members" counts only those. The service does not report this; the command writes a warning. To find out, it sends up to three more requests, and keeps the result for five minutes.</para>
/// </remarks>
/// <example>
/// <code>Measure-OdcUser -Status Active</code>
/// <para>Counts the active users.</para>
/// </example>
/// <example>
/// <code>(Measure-OdcUser -HasEndUserRole -Stage Production -LastLoginSince (Get-Date).AddDays(-30)).UserCount</code>
/// <para>Gets, as a number, how many users with a role in Production have signed in during the last 30 days.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "OdcUser")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.CountUsers))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryOrganizationRolesOfUser), When = "to check whether users are left out", IsOptional = true, IsTrial = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryEndUserRoles), When = "to check whether users are left out", IsOptional = true, IsTrial = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetBulkOperation), When = "to check whether users are left out", IsOptional = true, IsTrial = true)]
[OutputType(typeof(OdcUserCount))]
public sealed class MeasureOdcUserCommand : ConnectedCmdlet
{
    /// <summary>Only users in this state: Active, Inactive, Invited, PendingRegistration, or one that the service knows and this module does not.</summary>
    [Parameter(Position = 0)]
    [Values("Active", "Inactive", "Invited", "PendingRegistration")]
    [QueryParameter("status")]
    public string? Status { get; set; }

    /// <summary>Only users with at least one end-user role.</summary>
    [Parameter]
    [Alias("HasApplicationRole")]
    [QueryParameter("hasApplicationRoles")]
    [ValueRequired]
    public SwitchParameter HasEndUserRole { get; set; }

    /// <summary>Only users with at least one organization role.</summary>
    [Parameter]
    [QueryParameter("hasOrganizationRoles")]
    [ValueRequired]
    public SwitchParameter HasOrganizationRole { get; set; }

    /// <summary>Only users with a role in any of these stages: names, keys, or objects from Get-OdcStage.</summary>
    [Parameter]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage))]
    [Names]
    [QueryParameter("environmentKeys")]
    public ObjectReference[]? Stage { get; set; }

    /// <summary>Only users with a role in any of these portfolios: names, keys, or objects from Get-OdcPortfolio.</summary>
    [Parameter]
    [Alias("PortfolioKey")]
    [References(typeof(OdcPortfolio))]
    [Names]
    [QueryParameter("portfolioKeys")]
    public ObjectReference[]? Portfolio { get; set; }

    /// <summary>Only users whose e-mail is of one of these domains, for example acme.com.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [QueryParameter("domains")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? Domain { get; set; }

    /// <summary>Only users who have signed in to any of these stages. With -LastLoginSince or -LastLoginTo, in that time.</summary>
    [Parameter]
    [References(typeof(OdcStage))]
    [Names]
    [QueryParameter("loggedInEnvironmentKeys")]
    public ObjectReference[]? LoggedInStage { get; set; }

    /// <summary>Only users who have signed in to a stage of any of these portfolios: names, keys, or objects from Get-OdcPortfolio. With -LastLoginSince or -LastLoginTo, in that time.</summary>
    [Parameter]
    [Alias("LoggedInPortfolioKey")]
    [References(typeof(OdcPortfolio))]
    [Names]
    [QueryParameter("loggedInPortfolioKeys")]
    public ObjectReference[]? LoggedInPortfolio { get; set; }

    /// <summary>Only users whose last sign-in was then or later. A time without a zone is local time.</summary>
    [Parameter]
    [QueryParameter("lastLoginAtSince")]
    [Date]
    public DateTimeOffset? LastLoginSince { get; set; }

    /// <summary>Only users whose last sign-in was then or earlier. A time without a zone is local time.</summary>
    [Parameter]
    [Alias("LastLoginBefore")]
    [QueryParameter("lastLoginAtTo")]
    [Date]
    public DateTimeOffset? LastLoginTo { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var query = QueryBinder.Bind(this);
        var wanted = UserVisibility.Wanted(HasEndUserRole, HasOrganizationRole);
        Write(Run(async stopped =>
        {
            var count = await Client.GetAsync(IdentityApi.CountUsers, [], query, Caller, stopped);
            await Client.UserVisibility.WarnAsync(wanted, UserKinds.None, someone: null, Caller, stopped);
            return count;
        }));
    }
}
