namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Removes IP filter groups of stages.</summary>
/// <remarks>
/// <para>The apps of the group lose this filter at once, and get the stage's default group: from then on, other addresses may reach them. The command asks for each group, and the question names the apps. The default group of a stage can't be removed.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcIpFilterGroup Production -Name Office | Remove-OdcIpFilterGroup -WhatIf</code>
/// <para>Shows which apps would lose their filter, and removes nothing.</para>
/// </example>
/// <example>
/// <code>Remove-OdcIpFilterGroup Office -Stage QA -Confirm:$false</code>
/// <para>Removes a group without asking.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "OdcIpFilterGroup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.DeleteIpFilterGroup))]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.GetIpFilterGroup), When = "for the apps in the question", IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListIpFilterGroups), When = "for names of groups", IsOptional = true)]
public sealed class RemoveOdcIpFilterGroupCommand : StagePartCommand
{
    private IpFilterGuard? _guard;
    private IpFilterStage? _stage;

    /// <summary>The groups: objects from Get-OdcIpFilterGroup, or names or keys with -Stage.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("IpFilterGroupKey")]
    [References(typeof(OdcIpFilterGroup))]
    [Names]
    public ObjectReference[] IpFilterGroup { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        (_guard, _stage) = (new IpFilterGuard(this, myAddresses: null), new IpFilterStage(this));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var group in IpFilterGroup)
        {
            if (KeysOf(group) is not { } keys)
                continue;
            // Each row may have its own stage.
            var label = $"{Label(group)} in {StageText}";
            Defer(() => Remove(group, keys, label));
        }
    }

    private void Remove(ObjectReference group, string[] keys, string label)
    {
        var what = label;
        var now = group.Resource as OdcIpFilterGroup;
        if (IsShown)
        {
            // The piped object may be old, and the question is about people. If the group can't be read, removing it reports why.
            now = Try(stopped => StageParts.IpFilterGroupAsync(Client, keys[0], keys[1], Caller, stopped)).Result ?? now;
            if (now?.AssetKeys is { Count: > 0 } apps)
                what = $"{label}: {_stage!.Leaving(_guard!.Apps(apps), apps.Count, "this filter", keys[0])}";
        }

        if (now?.IsUsualDefault == true)
        {
            WriteError(ErrorRecords.From(
                new OdcException(OdcErrorCause.InvalidRequest, $"{label} is the stage's default group, which can't be removed.", "To let all addresses in, remove its rules and make it a deny list: Set-OdcIpFilterGroup -Rule @() -AccessType Deny."), group.Target));
            return;
        }

        SendChange(what, group.Target, EnvironmentConfigurationsApi.DeleteIpFilterGroup, keys, about: label);
    }
}
