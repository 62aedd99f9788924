namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Changes the name or the description of end-user groups.</summary>
/// <remarks>
/// <para>Only what you specify is changed. Add-OdcGroupUser and Grant-OdcEndUserRole change who is in a group and what they get.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcGroup 'Fleet Driver Team' -Stage QA | Set-OdcGroup -Name 'Drivers' -PassThru</code>
/// <para>Renames a group and writes it as it is now.</para>
/// </example>
/// <example>
/// <code>Get-OdcGroup -Stage QA -First 2 | Set-OdcGroup -Description 'Test users' -WhatIf</code>
/// <para>Shows the requests that would describe two groups.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "OdcGroup", SupportsShouldProcess = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.PatchGroup))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetGroup), When = "with -PassThru", IsOptional = true)]
[OutputType(typeof(OdcGroup))]
public sealed class SetOdcGroupCommand : SetCommand
{
    /// <summary>The groups: objects from Get-OdcGroup, names that stand for one group, keys, or rows with a column GroupKey.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("GroupKey")]
    [References(typeof(OdcGroup))]
    [Names]
    public ObjectReference[] Group { get; set; } = [];

    /// <summary>The new name. From the pipeline only rows give it, as the column Name; not the groups of this module.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BodyParameter("name")]
    public string? Name { get; set; }

    /// <summary>The new description; $null for none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowsNothing]
    [BodyParameter("description", IsClearedByEmpty = true)]
    public string? Description { get; set; }

    /// <summary>The stage of groups that are specified by name. From the pipeline it is taken as Stage or StageName.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StageName")]
    [Reference(typeof(OdcStage), IsOptional = true)]
    [Names]
    public ObjectReference? Stage { get; set; }

    private protected override NameScope Within => ObjectReference.Scope(Stage);

    // Each row may have a stage of its own, which is known now and not when all input has come.
    private protected override IEnumerable<ObjectReference> Specified => Stage is not null && KeyOf(Stage) is null ? [] : Group.Where(g => KeyOf(g) is not null);

    private protected override Operation Patch => IdentityApi.PatchGroup;

    private protected override void WriteChanged(ObjectReference reference) => WriteNow(reference, IdentityApi.GetGroup, now => IdentityReaders.NameByKnown(Client, now));
}
