namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Gets the default domain of stages: the domain that newly deployed apps get.</summary>
/// <remarks>
/// <para>The objects of Get-OdcStage have it too, in the property DefaultDomain, for all stages in one request. This command reads it from the settings of the stage: one request for each stage, of an API that allows 10 requests a minute. An answer is used again for five minutes unless this process changes something in the stage; -Refresh reads it again.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcDefaultDomain Production</code>
/// <para>Gets the domain that new apps in production get.</para>
/// </example>
/// <example>
/// <code>Get-OdcStage | Get-OdcDefaultDomain -Refresh</code>
/// <para>Gets the default domain of each stage, from the service and not from an earlier answer.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcDefaultDomain", SupportsPaging = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.GetDefaultDomain))]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[OutputType(typeof(OdcDefaultDomain))]
public sealed class GetOdcDefaultDomainCommand : KeptStageCommand
{
    private protected override void WriteOf(OdcStage stage, ObjectReference input) => ReadFor(
        input.Target,
        (caller, stopped) => Client.GetAsync(EnvironmentConfigurationsApi.GetDefaultDomain, [stage.StageKey!], query: null, caller, stopped),
        domain =>
        {
            (domain.StageKey, domain.StageName) = (stage.StageKey, stage.Name);
            Write(domain);
        });
}
