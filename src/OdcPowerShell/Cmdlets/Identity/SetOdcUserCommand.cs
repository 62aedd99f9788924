namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Changes the profile of users.</summary>
/// <remarks>
/// <para>Only what you specify is changed. The e-mail address and the user name can't be changed.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcUser -HasOrganizationRole -First 1 | Set-OdcUser -Name 'Ana Maria Silva' -PassThru</code>
/// <para>Renames a user and writes the changed user.</para>
/// </example>
/// <example>
/// <code>Get-OdcUser -Status Inactive -First 3 | Set-OdcUser -PhotoUrl $null -WhatIf</code>
/// <para>Shows the requests that would remove the pictures of three users.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "OdcUser", SupportsShouldProcess = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.PatchUser))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetUser), With = "PassThru")]
[OutputType(typeof(OdcUser))]
public sealed class SetOdcUserCommand : SetCommand
{
    /// <summary>The users: objects from Get-OdcUser, keys, e-mails, rows with a column UserKey, or URLs pasted from the ODC Portal.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("UserKey")]
    [References(typeof(OdcUser))]
    [Names]
    public ObjectReference[] User { get; set; } = [];

    /// <summary>The new full name. Piped rows can have it in a column Name; the name of a piped user is not used.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BodyParameter("name")]
    public string? Name { get; set; }

    /// <summary>Address of a picture of the user; $null removes it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowsNothing]
    [BodyParameter("photoUrl", IsClearedByEmpty = true)]
    public string? PhotoUrl { get; set; }

    /// <summary>Whether the user may sign in, as with Enable-OdcUser and Disable-OdcUser.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IsActive")]
    [YesNo]
    [BodyParameter("isActive")]
    public bool? Active { get; set; }

    private protected override IEnumerable<ObjectReference> Specified => User;

    private protected override Operation Patch => IdentityApi.PatchUser;

    private protected override void WriteChanged(ObjectReference reference) => WriteNow(reference, IdentityApi.GetUser);
}
