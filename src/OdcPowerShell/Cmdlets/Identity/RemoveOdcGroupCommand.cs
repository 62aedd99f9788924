namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Removes end-user groups.</summary>
/// <remarks>
/// <para>Its users lose the roles that they have through the group; the users themselves stay. The service may reject the removal of a group that has users: remove its users first with Remove-OdcGroupUser. The command asks for each group, unless you use -Confirm:$false.</para>
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

    /// <summary>The stage of the groups: their names are looked up there, and a group of another stage is an error. Piped rows have it in a column Stage or StageName.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StageName")]
    [Reference(typeof(OdcStage), IsOptional = true)]
    [Names]
    public ObjectReference? Stage { get; set; }

    private protected override NameScope Within => ObjectReference.Scope(Stage);

    // Each row may have its own stage, so names are looked up now and not after the last input.
    private protected override IEnumerable<ObjectReference> Specified => Stage is not null && KeyOf(Stage) is null ? [] : Group.Where(g => KeyOf(g) is not null);

    private protected override Operation Delete => IdentityApi.DeleteGroup;
}
