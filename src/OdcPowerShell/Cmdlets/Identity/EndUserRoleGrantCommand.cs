namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>A cmdlet that grants end-user roles to users or groups, or revokes them: one request for each user and role, and one for each group.</summary>
public abstract class EndUserRoleGrantCommand : ChangeCmdlet
{
    private protected const string UserSet = "User";
    private protected const string GroupSet = "Group";
    private readonly Gathering _gathered = new();

    private protected EndUserRoleGrantCommand()
    {
    }

    /// <summary>The users: objects from Get-OdcUser, keys, e-mails, rows with a column UserKey, or URLs pasted from the ODC Portal.</summary>
    public abstract ObjectReference[] User { get; set; }

    /// <summary>The groups: objects from Get-OdcGroup, names that stand for one group, keys, or rows with a column GroupKey.</summary>
    public abstract ObjectReference[] Group { get; set; }

    /// <summary>The roles: objects from Get-OdcEndUserRole, keys, names that stand for one role, or rows with a column EndUserRoleKey.</summary>
    public abstract ObjectReference[] EndUserRole { get; set; }

    /// <summary>The stage of the roles and groups: names are looked up there, and one of another stage is an error.</summary>
    [Parameter]
    [Reference(typeof(OdcStage))]
    [Names]
    public ObjectReference? Stage { get; set; }

    /// <summary>The asset of the roles: names are looked up there, and a role of another asset is an error.</summary>
    [Parameter]
    [Reference(typeof(OdcAsset))]
    [Names]
    public ObjectReference? Asset { get; set; }

    /// <summary>The operation for a user, the body member for a group, and the preposition before the user or group in messages.</summary>
    private protected abstract (Operation OfUser, string Member, string Preposition) Change { get; }

    private protected override NameScope Within => ObjectReference.Scope(Stage, Asset);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var role in EndUserRole.Where(r => KeyOf(r) is not null))
        {
            foreach (var user in User)
                Defer(() => SendChange(role, Change.Preposition, user, Change.OfUser));
            foreach (var group in Group.Where(g => KeyOf(g) is not null))
                _gathered.Add(group, role);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        var (_, member, preposition) = Change;
        foreach (var (group, roles) in _gathered.All)
            SendChange($"{Labels(roles, "end-user roles")} {preposition} {Label(group)}", group.Target, IdentityApi.PatchEndUserRolesOfGroup, [group.Key!], new RequestBody().Add(member, Gathering.KeysOf(roles)));
    }
}
