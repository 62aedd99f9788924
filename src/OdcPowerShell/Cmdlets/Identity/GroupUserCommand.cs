namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>A cmdlet that adds users to groups or removes them, with one request for each group.</summary>
public abstract class GroupUserCommand : ChangeCmdlet
{
    private readonly Gathering _gathered = new();

    private protected GroupUserCommand()
    {
    }

    /// <summary>The groups: objects from Get-OdcGroup, names that stand for one group, keys, or rows with a column GroupKey.</summary>
    public abstract ObjectReference[] Group { get; set; }

    /// <summary>The users: objects from Get-OdcUser, keys, e-mails, rows with a column UserKey, or URLs pasted from the ODC Portal.</summary>
    public abstract ObjectReference[] User { get; set; }

    /// <summary>The stage of the groups: their names are looked up there, and a group of another stage is an error. Piped rows have it in a column Stage or StageName.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StageName")]
    [Reference(typeof(OdcStage), IsOptional = true)]
    [Names]
    public ObjectReference? Stage { get; set; }

    /// <summary>The body member for the users, and the preposition before the group in messages.</summary>
    private protected abstract (string Member, string Preposition) Change { get; }

    private protected override NameScope Within => ObjectReference.Scope(Stage);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Stage is not null && KeyOf(Stage) is null)
            return;
        var users = User.Where(u => KeyOf(u) is not null).ToList();
        foreach (var group in users.Count == 0 ? [] : Group.Where(g => KeyOf(g) is not null))
            users.ForEach(user => _gathered.Add(group, user));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var (member, preposition) = Change;
        foreach (var (group, users) in _gathered.All)
            SendChange($"{Labels(users, "users")} {preposition} {Label(group)}", group.Target, IdentityApi.PatchUsersOfGroup, [group.Key!], new RequestBody().Add(member, Gathering.KeysOf(users)));
        base.EndProcessing();
    }
}
