namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Creates an end-user group in a stage.</summary>
/// <remarks>
/// <para>End-user roles and users can be specified at once: that is the cheapest way to grant roles to many.</para>
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
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetGroup), When = "to write the new group")]
[OutputType(typeof(OdcGroup))]
public sealed class NewOdcGroupCommand : ChangeCmdlet
{
    /// <summary>Name of the group, which no other group of the stage has.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [BodyParameter("name")]
    public string Name { get; set; } = "";

    /// <summary>The stage of the group, by name or key. From the pipeline it is taken as Stage or StageName, so that a stage is never taken for a group.</summary>
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

    /// <summary>End-user roles of the stage that the group's users get: objects from Get-OdcEndUserRole, keys, or names that one role of the stage has.</summary>
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

    /// <summary>The row that the other parameters are taken from: of this module's objects, only groups.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    private protected override NameScope Within => ObjectReference.Scope(Stage);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject?.BaseObject is OdcResource and not (OdcGroup or OdcUserGroup))
        {
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"A group can't be made of this {InputObject.BaseObject.GetType().Name}.", "Pipe rows with a Name, and a Stage."), InputObject));
            return;
        }

        if (KeyOf(Stage) is null || Send($"end-user group {Name} in {Stage}", Name, IdentityApi.CreateGroup, [], RequestBody.Bind(this, skipsEmpty: true)) is not { } created)
            return;
        Client.Names.Forget();
        WriteCreated(Name, created, IdentityApi.GetGroup, key => new OdcGroup { GroupKey = key, Name = Name, StageKey = Stage.Key }, group => IdentityReaders.NameByKnown(Client, group));
    }
}
