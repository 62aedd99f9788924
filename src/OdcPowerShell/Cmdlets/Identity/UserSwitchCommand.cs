namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>A cmdlet that enables or disables users.</summary>
public abstract class UserSwitchCommand : SetCommand
{
    private protected UserSwitchCommand()
    {
    }

    /// <summary>The users: objects from Get-OdcUser, keys, e-mails, rows with a column UserKey, or URLs pasted from the ODC Portal.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("UserKey")]
    [References(typeof(OdcUser))]
    [Names]
    public ObjectReference[] User { get; set; } = [];

    private protected abstract bool IsActive { get; }

    private protected override IEnumerable<ObjectReference> Specified => User;

    private protected override Operation Patch => IdentityApi.PatchUser;

    private protected override void WriteChanged(ObjectReference reference) => WriteNow(reference, IdentityApi.GetUser);

    private protected override RequestBody BodyFor(ObjectReference reference) => new RequestBody().Add("isActive", IsActive);
}
