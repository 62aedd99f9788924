namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Removes end-user groups.</summary>
/// <remarks>
/// <para>Its users lose the roles that they have through the group; the users themselves stay. The service may reject the removal of a group that has users: Remove-OdcGroupUser empties it. You are asked for each group, unless -Confirm:$false says otherwise.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcGroup Fleet* -Stage QA | Remove-OdcGroup -WhatIf</code>
/// <para>Shows which groups would be removed, and removes none.</para>
/// </example>
/// <example>
/// <code>New-OdcGroup Trial -Stage QA | Remove-OdcGroup -Confirm:$false</code>
/// <para>Creates a group and removes it without asking.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "OdcGroup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.DeleteGroup))]
public sealed class RemoveOdcGroupCommand : RemoveCommand
{
    /// <summary>The groups: objects from Get-OdcGroup, names that stand for one group, keys, or rows with a column GroupKey.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("GroupKey")]
    [References(typeof(OdcGroup))]
    [Names]
    public ObjectReference[] Group { get; set; } = [];

    /// <summary>The stage of groups that are specified by name. From the pipeline it is taken as Stage or StageName.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StageName")]
    [Reference(typeof(OdcStage), IsOptional = true)]
    [Names]
    public ObjectReference? Stage { get; set; }

    private protected override NameScope Within => ObjectReference.Scope(Stage);

    // Each row may have a stage of its own, which is known now and not when all input has come.
    private protected override IEnumerable<ObjectReference> Specified => Stage is not null && KeyOf(Stage) is null ? [] : Group.Where(g => KeyOf(g) is not null);

    private protected override Operation Delete => IdentityApi.DeleteGroup;
}
