namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Creates a user.</summary>
/// <remarks>
/// <para>The service invites the user by e-mail. Only what you specify is sent: without -Inactive the user may sign in at once.</para>
/// <para>For many users, Import-OdcUser needs far fewer requests.</para>
/// </remarks>
/// <example>
/// <code>New-OdcUser ana@acme.example -Name 'Ana Silva'</code>
/// <para>Creates an active user.</para>
/// </example>
/// <example>
/// <code>New-OdcUser ben@acme.example -AddToBuiltInIdentityProvider -Inactive -WhatIf</code>
/// <para>Shows the request that would create a user who has the built-in identity provider and may not sign in yet.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "OdcUser", DefaultParameterSetName = TypedSet, SupportsShouldProcess = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.CreateUser))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetUser))]
[OutputType(typeof(OdcUser))]
public sealed class NewOdcUserCommand : ChangeCmdlet
{
    private const string TypedSet = "Typed";
    private const string RowSet = "Row";

    /// <summary>E-mail address of the user. It can't be changed later.</summary>
    [Parameter(ParameterSetName = TypedSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = RowSet, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Mail", "EmailAddress")]
    [BodyParameter("email")]
    public string Email { get; set; } = "";

    /// <summary>Full name of the user.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [BodyParameter("name")]
    public string? Name { get; set; }

    /// <summary>Address of a picture of the user.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BodyParameter("photoUrl")]
    public string? PhotoUrl { get; set; }

    /// <summary>Whether the user may sign in: true or false. Without it, the service lets the user sign in.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IsActive")]
    [YesNo]
    public bool? Active { get; set; }

    /// <summary>Creates the user without permission to sign in; Enable-OdcUser allows it. Piped rows have it in a column Inactive.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Inactive { get; set; }

    /// <summary>Lets the user sign in with the built-in identity provider.</summary>
    [Parameter]
    [BodyParameter("addToBuiltInIdentityProvider")]
    [ValueRequired]
    public SwitchParameter AddToBuiltInIdentityProvider { get; set; }

    /// <summary>The identity provider of the user, by name or key, for -Subject and -Username.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IdentityProviderKey")]
    [Reference(typeof(OdcIdentityProvider), IsOptional = true)]
    [Names]
    [BodyParameter("identityProviderKey")]
    public ObjectReference? IdentityProvider { get; set; }

    /// <summary>The subject that the identity provider has for the user.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BodyParameter("subject")]
    public string? Subject { get; set; }

    /// <summary>The user name that the identity provider has for the user.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BodyParameter("username")]
    public string? Username { get; set; }

    /// <summary>The row with the values of the other parameters.</summary>
    [Parameter(ParameterSetName = RowSet, Mandatory = true, ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (NewUserRow.Rejected(InputObject, Email) is { } rejected)
        {
            var record = ErrorRecords.From(rejected.Why, InputObject);
            if (rejected.EndsCommand)
                ThrowTerminatingError(record);
            WriteError(record);
            return;
        }

        if (IdentityProvider is not null && KeyOf(IdentityProvider) is null)
            return;
        if (IdentityProvider is null && (Subject is { Length: > 0 } || Username is { Length: > 0 }))
        {
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"{Email}: a subject and a user name are those of an identity provider, which is not specified.", "Specify -IdentityProvider."), Email));
            return;
        }

        if (NewUserRow.IsInactive(InputObject) is not { } inactive)
        {
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"{Email}: the column Inactive is neither true nor false.", "Correct the row."), InputObject));
            return;
        }

        if (Active == true && (Inactive || inactive))
        {
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"{Email}: the user can't be both active and inactive.", "Specify one of -Active and -Inactive, or correct the row."), InputObject ?? (object)Email));
            return;
        }

        var body = RequestBody.Bind(this, skipsEmpty: true).Add("email", Email.Trim());
        if (Inactive || inactive || Active is not null)
            body.Add("isActive", !Inactive && !inactive && Active == true);
        if (Send($"user {Email.Trim()}", Email, IdentityApi.CreateUser, [], body) is not { } created)
            return;
        Client.Names.Forget();
        WriteCreated(Email, created, IdentityApi.GetUser, key => new OdcUser { UserKey = key, Name = Name, Email = Email });
    }
}
