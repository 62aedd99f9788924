namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Changes the name or the description of end-user groups.</summary>
/// <remarks>
/// <para>Only what you specify is changed. To change the users or roles of a group, use Add-OdcGroupUser and Grant-OdcEndUserRole.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcGroup 'Fleet Driver Team' -Stage QA | Set-OdcGroup -Name 'Drivers' -PassThru</code>
/// <para>Renames a group and writes the changed group.</para>
/// </example>
/// <example>
/// <code>Get-OdcGroup -Stage QA -First 2 | Set-OdcGroup -Description 'Test users' -WhatIf</code>
/// <para>Shows the requests that would change the description of two groups.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "OdcGroup", SupportsShouldProcess = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.PatchGroup))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetGroup), With = "PassThru")]
[OutputType(typeof(OdcGroup))]
public sealed class SetOdcGroupCommand : SetCommand
{
    /// <summary>The groups: objects from Get-OdcGroup, names that stand for one group, keys, or rows with a column GroupKey.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("GroupKey")]
    [References(typeof(OdcGroup))]
    [Names]
    public ObjectReference[] Group { get; set; } = [];

    /// <summary>The new name. Piped rows can have it in a column Name; the name of a piped group is not used.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BodyParameter("name")]
    public string? Name { get; set; }

    /// <summary>The new description; $null clears it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowsNothing]
    [BodyParameter("description", IsClearedByEmpty = true)]
    public string? Description { get; set; }

    /// <summary>The stage of the groups: their names are looked up there, and a group of another stage is an error. Piped rows have it in a column Stage or StageName.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StageName")]
    [Reference(typeof(OdcStage), IsOptional = true)]
    [Names]
    public ObjectReference? Stage { get; set; }

    private protected override NameScope Within => ObjectReference.Scope(Stage);

    // Each row may have its own stage, so names are looked up now and not after the last input.
    private protected override IEnumerable<ObjectReference> Specified => Stage is not null && KeyOf(Stage) is null ? [] : Group.Where(g => KeyOf(g) is not null);

    private protected override Operation Patch => IdentityApi.PatchGroup;

    private protected override void WriteChanged(ObjectReference reference) => WriteNow(reference, IdentityApi.GetGroup, now => IdentityReaders.NameByKnown(Client, now));
}
