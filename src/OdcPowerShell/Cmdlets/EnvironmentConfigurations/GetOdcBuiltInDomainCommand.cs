namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Gets the built-in domains of stages, or of the organization.</summary>
/// <remarks>
/// <para>A built-in domain is a prefix and a suffix of OutSystems, such as acme-dev.outsystems.app. A stage has one or more, under which its apps are reached, and one of them is the primary one. The organization's own, with -Organization, is the address of the ODC Portal and of the APIs.</para>
/// <para>It takes one request for each stage. The API allows 10 requests a minute, so that a list is used again for five minutes unless this process changes something in the stage; -Refresh reads it again. The service can't return more than one page; if it has more domains, the command writes a warning.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcBuiltInDomain QA</code>
/// <para>Gets the built-in domains of a stage.</para>
/// </example>
/// <example>
/// <code>Get-OdcStage | Get-OdcBuiltInDomain | Where-Object IsPrimary</code>
/// <para>Gets the primary built-in domain of each stage.</para>
/// </example>
/// <example>
/// <code>Get-OdcBuiltInDomain -Organization</code>
/// <para>Gets the addresses of the ODC Portal.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcBuiltInDomain", DefaultParameterSetName = BuiltInDomainInput.StageSet, SupportsPaging = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListBuiltInDomains), With = "Stage")]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.ListBuiltInDomains), With = "Organization")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[OutputType(typeof(OdcBuiltInDomain))]
public sealed class GetOdcBuiltInDomainCommand : KeptStageCommand
{
    /// <summary>The stages: objects from Get-OdcStage or with a property StageKey, names or keys.</summary>
    [Parameter(ParameterSetName = BuiltInDomainInput.StageSet, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage), Follows = true)]
    [Names]
    public override ObjectReference[] Stage { get; set; } = [];

    /// <summary>The organization instead of stages: its domain is the address of the ODC Portal and of the APIs.</summary>
    [Parameter(ParameterSetName = BuiltInDomainInput.OrganizationSet, Mandatory = true)]
    [ValueRequired]
    public SwitchParameter Organization { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (BuiltInDomainInput.Wrong(this, Stage.Length > 0, nameof(Organization), Organization) is { } wrong)
            ThrowTerminatingError(ErrorRecords.From(wrong, target: null));
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Organization)
            WriteOf(new BuiltInDomainScope(), Client.Origin.Host);
        else
            base.ProcessRecord();
    }

    private protected override void WriteOf(OdcStage stage, ObjectReference input) => WriteOf(new BuiltInDomainScope(stage.StageKey, stage.Name), input.Target);

    private void WriteOf(BuiltInDomainScope scope, object target) => ReadFor(target, (caller, stopped) => scope.ReadAsync(Client, caller, stopped), domains =>
    {
        foreach (var domain in domains)
            Write(domain);
    });
}
