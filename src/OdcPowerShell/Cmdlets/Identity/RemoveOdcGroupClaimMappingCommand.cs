namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Removes the mapping of a claim of an identity provider to an end-user group.</summary>
/// <remarks>
/// <para>Users who were members through the mapping leave the group. Get-OdcGroup gets groups with their mappings; pipe these. The command asks for each mapping, unless you use -Confirm:$false.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcGroup -Stage QA | ForEach-Object ClaimMappings | Remove-OdcGroupClaimMapping -WhatIf</code>
/// <para>Shows which mappings would be removed in a stage, and removes none.</para>
/// </example>
/// <example>
/// <code>Get-OdcGroup | ForEach-Object ClaimMappings | Where-Object { $_.ForeignClaim.Value -eq 'nobody' } | Remove-OdcGroupClaimMapping</code>
/// <para>Removes the mappings of one value of a claim.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "OdcGroupClaimMapping", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.DeleteClaimMapping))]
public sealed class RemoveOdcGroupClaimMappingCommand : ChangeCmdlet
{
    /// <summary>The group that the mapping belongs to: an object from Get-OdcGroup, a name or a key.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupKey")]
    [Reference(typeof(OdcGroup))]
    [Names]
    public ObjectReference Group { get; set; } = null!;

    /// <summary>The mappings: objects from the property ClaimMappings of a group, or keys.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("MappingKey")]
    [References(typeof(OdcGroupClaimMapping))]
    public ObjectReference[] Mapping { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var group = Group;
        foreach (var mapping in Mapping)
            Defer(() => Remove(group, mapping));
    }

    private void Remove(ObjectReference group, ObjectReference mapping)
    {
        if (KeyOf(group) is { } groupKey && KeyOf(mapping) is { } key)
            SendChange($"claim mapping {mapping.Resource ?? key} of {Label(group)}", mapping.Target, IdentityApi.DeleteClaimMapping, [groupKey, key]);
    }
}
