namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Creates an end-user group in a stage.</summary>
/// <remarks>
/// <para>You can specify end-user roles and users at once: this is the way to grant roles to many users with the fewest requests.</para>
/// </remarks>
/// <example>
/// <code>New-OdcGroup Auditors -Stage Production -Description 'Sees everything'</code>
/// <para>Creates an empty group.</para>
/// </example>
/// <example>
/// <code>New-OdcGroup Clerks -Stage QA -EndUserRole Clerk -User (Get-OdcUser -HasEndUserRole -First 3)</code>
/// <para>Creates a group with a role of that stage and three users.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "OdcGroup", SupportsShouldProcess = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.CreateGroup))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetGroup))]
[OutputType(typeof(OdcGroup))]
public sealed class NewOdcGroupCommand : ChangeCmdlet
{
    /// <summary>Name of the group. It must be unique in the stage.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [BodyParameter("name")]
    public string Name { get; set; } = "";

    /// <summary>The stage of the group, by name or key. Piped rows have it in a column Stage or StageName.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("StageName")]
    [Reference(typeof(OdcStage))]
    [Names]
    [BodyParameter("environmentKey")]
    public ObjectReference Stage { get; set; } = null!;

    /// <summary>What the group is for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BodyParameter("description")]
    public string? Description { get; set; }

    /// <summary>End-user roles for the group's users, of the same stage: objects from Get-OdcEndUserRole, keys, or names that are unique in the stage.</summary>
    [Parameter]
    [Alias("EndUserRoleKey", "ApplicationRoleKey")]
    [References(typeof(OdcEndUserRole))]
    [Names]
    [BodyParameter("applicationRoleKeys")]
    public ObjectReference[]? EndUserRole { get; set; }

    /// <summary>The first users of the group: objects from Get-OdcUser, keys or e-mails.</summary>
    [Parameter]
    [Alias("UserKey")]
    [References(typeof(OdcUser))]
    [Names]
    [BodyParameter("userKeys")]
    public ObjectReference[]? User { get; set; }

    /// <summary>The row with the values of the other parameters. Of this module's objects, only groups are accepted.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    private protected override NameScope Within => ObjectReference.Scope(Stage);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject?.BaseObject is OdcResource and not (OdcGroup or OdcUserGroup))
        {
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"A group can't be created from this {InputObject.BaseObject.GetType().Name}.", "Pipe rows with a Name, and a Stage."), InputObject));
            return;
        }

        if (KeyOf(Stage) is null || EndUserRole?.Any(role => KeyOf(role) is null) == true)
            return;
        if (Send($"end-user group {Name} in {Stage}", Name, IdentityApi.CreateGroup, [], RequestBody.Bind(this, skipsEmpty: true)) is not { } created)
            return;
        Client.Names.Forget();
        WriteCreated(Name, created, IdentityApi.GetGroup, key => new OdcGroup { GroupKey = key, Name = Name, StageKey = Stage.Key }, group => IdentityReaders.NameByKnown(Client, group));
    }
}
