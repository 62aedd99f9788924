namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Adds users to end-user groups.</summary>
/// <remarks>
/// <para>The command gathers the piped users, and sends one request for each group when the pipeline ends.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcUser -HasEndUserRole -First 30 | Add-OdcGroupUser -Group (Get-OdcGroup 'Fleet Driver Team' -Stage QA)</code>
/// <para>Adds 30 users to a group with one request.</para>
/// </example>
/// <example>
/// <code>Get-OdcGroup -Stage QA -First 2 | Add-OdcGroupUser -User (Get-OdcUser -First 1) -WhatIf</code>
/// <para>Shows the requests that would add a user to two groups.</para>
/// </example>
[Cmdlet(VerbsCommon.Add, "OdcGroupUser", SupportsShouldProcess = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.PatchUsersOfGroup))]
public sealed class AddOdcGroupUserCommand : GroupUserCommand
{
    /// <summary>The groups: objects from Get-OdcGroup, names that stand for one group, keys, or rows with a column GroupKey.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupKey")]
    [References(typeof(OdcGroup), Also = [typeof(OdcUserGroup)], Others = [typeof(OdcUserImportResult)])]
    [Names]
    public override ObjectReference[] Group { get; set; } = [];

    /// <summary>The users: objects from Get-OdcUser, keys, e-mails, rows with a column UserKey, or URLs pasted from the ODC Portal.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("UserKey")]
    [AllowEmptyCollection]
    [References(typeof(OdcUser), Also = [typeof(OdcUserImportResult)], Besides = [typeof(OdcGroup)])]
    [Names]
    public override ObjectReference[] User { get; set; } = [];

    private protected override (string Member, string Preposition) Change => ("userKeysToAdd", "into");
}
