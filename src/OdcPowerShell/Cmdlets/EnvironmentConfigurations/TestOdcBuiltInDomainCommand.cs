namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Checks whether prefixes are available for a built-in domain of a stage, or of the organization.</summary>
/// <remarks>
/// <para>Writes one object for each prefix, with the whole domain that it would make; Message says why one is not available. A prefix may be in use by another organization. It takes one request for each prefix, and the API allows 10 a minute.</para>
/// <para>A prefix that can't be one, for example with a blank, is an error before anything is sent.</para>
/// </remarks>
/// <example>
/// <code>Test-OdcBuiltInDomain acme-acceptance -Stage QA</code>
/// <para>Checks one prefix.</para>
/// </example>
/// <example>
/// <code>'acme-test', 'acme-check' | Test-OdcBuiltInDomain -Stage QA | Where-Object IsAvailable | Select-Object -First 1 | New-OdcBuiltInDomain</code>
/// <para>Adds the first of two prefixes that is available.</para>
/// </example>
/// <example>
/// <code>(Test-OdcBuiltInDomain acme-group -Organization).IsAvailable</code>
/// <para>Shows whether the address of the ODC Portal could be changed to another one.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "OdcBuiltInDomain", DefaultParameterSetName = BuiltInDomainInput.StageSet)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.CheckBuiltInDomain), With = "Stage")]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.CheckBuiltInDomain), With = "Organization")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[OutputType(typeof(OdcBuiltInDomainAvailability))]
public sealed class TestOdcBuiltInDomainCommand : ConnectedCmdlet
{
    /// <summary>The prefixes: the first labels of the domains, such as acme-test. A whole built-in domain is accepted too, and so are rows with a column Prefix.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [References(typeof(OdcBuiltInDomain), Also = [typeof(OdcBuiltInDomainAvailability)])]
    [ArgumentCompleter(typeof(NoCompleter))]
    public ObjectReference[] Prefix { get; set; } = [];

    /// <summary>The stage, by name or key. Piped objects and rows have it in a property StageKey, Stage or StageName.</summary>
    [Parameter(ParameterSetName = BuiltInDomainInput.StageSet, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment", "StageName")]
    [Reference(typeof(OdcStage), IsOptional = true)]
    [Names]
    public ObjectReference? Stage { get; set; }

    /// <summary>The organization instead of a stage: its domain is the address of the ODC Portal and of the APIs.</summary>
    [Parameter(ParameterSetName = BuiltInDomainInput.OrganizationSet, Mandatory = true)]
    [ValueRequired]
    public SwitchParameter Organization { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (BuiltInDomainInput.Wrong(this, Stage is not null, nameof(Organization), Organization) is { } wrong)
            ThrowTerminatingError(ErrorRecords.From(wrong, target: null));
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var reference in Prefix)
        {
            if (KeyOf(reference) is null || (Stage is not null && KeyOf(Stage) is null))
                continue;
            var scope = Organization ? new BuiltInDomainScope() : Stage is null ? null : new BuiltInDomainScope(Stage.Key, Stage.Name ?? Client.Names.Stages.NameOf(Stage.Key) ?? BuiltInDomainInput.StageNameOf(reference, Stage.Key));
            if (BuiltInDomainInput.OfAnother(reference, scope) is { } other)
                WriteError(ErrorRecords.From(other, reference.Target));
            else if (RunFor(reference.Target, stopped => BuiltInDomainInput.PrefixAsync(this, reference, scope!, stopped)) is { } prefix)
                ReadFor(reference.Target, (caller, stopped) => scope!.CheckAsync(Client, new RequestBody().Add("builtinDomainPrefix", prefix).ToContent(), caller, stopped), Write);
        }
    }
}
