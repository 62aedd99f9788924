namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Enables users: they can sign in again.</summary>
/// <remarks>
/// <para>Roles, groups and profile are as they were.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcUser -Status Inactive -First 2 | Enable-OdcUser</code>
/// <para>Enables two users.</para>
/// </example>
/// <example>
/// <code>Get-OdcUser -Status Inactive -First 1 | Enable-OdcUser -PassThru</code>
/// <para>Enables a user and writes the user as it is now.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Enable, "OdcUser", SupportsShouldProcess = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.PatchUser))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetUser), When = "with -PassThru", IsOptional = true)]
[OutputType(typeof(OdcUser))]
public sealed class EnableOdcUserCommand : ChangeCmdlet
{
    /// <summary>The users: objects from Get-OdcUser, keys, e-mails, rows with a column UserKey, or URLs pasted from the ODC Portal.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("UserKey")]
    [References(typeof(OdcUser))]
    [Names]
    public ObjectReference[] User { get; set; } = [];

    /// <summary>Writes the user as it is afterwards.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var user in User)
            AtEnd(() => Enable(user));
    }

    private void Enable(ObjectReference user)
    {
        if (Send(user, IdentityApi.PatchUser, new RequestBody().Add("isActive", true)) && PassThru)
            WriteNow(user, IdentityApi.GetUser);
    }
}
