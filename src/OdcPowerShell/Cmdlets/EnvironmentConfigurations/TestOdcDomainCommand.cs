namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Checks the DNS records of domains, and explains the state of their certificates.</summary>
/// <remarks>
/// <para>Writes a row for each DNS record that a domain needs, and one for its certificate, with what to do. Piped domains take no request.</para>
/// <para>The records are looked up with the resolver of this machine. It shows addresses and where aliases lead, but not the records themselves: whether a hostname has a CNAME or only the same addresses can't always be seen, and the record that validates a certificate usually leads to no address. What can't be seen is a warning, with the line that looks it up, and not a failure. Each look-up ends after five seconds.</para>
/// <para>This machine may see other records than the internet, for example in a company's network.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcDomain Production | Test-OdcDomain</code>
/// <para>Checks all domains of a stage.</para>
/// </example>
/// <example>
/// <code>Test-OdcDomain apps.acme.example -Stage Production | Format-List Check, Result, Name, Expected, Found, Fix</code>
/// <para>Shows what was found for a domain, and what to do.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "OdcDomain")]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListDomains), NotOneKey = "Domain")]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.GetDomain), OneKey = "Domain")]
[OutputType(typeof(OdcDomainCheck))]
public sealed class TestOdcDomainCommand : ConnectedCmdlet
{
    /// <summary>The domains: objects from Get-OdcDomain; keys, hostnames or names in the stage; or rows with a column DomainKey or Hostname.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("DomainKey")]
    [References(typeof(OdcDomain))]
    [Names]
    public ObjectReference[] Domain { get; set; } = [];

    /// <summary>The stage of domains that are specified by key, hostname or name. Piped rows have it in a column StageKey, Stage or StageName.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment", "StageName")]
    [Reference(typeof(OdcStage), IsOptional = true)]
    [Names]
    public ObjectReference? Stage { get; set; }

    private protected override NameScope Within => ObjectReference.Scope(Stage);

    private protected override bool IsLookedUp(ObjectReference reference) => reference.Type.ListInStage is null || Stage is not null;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var reference in Domain)
        {
            if (KeysOf(reference, Stage) is not { } keys)
                continue;
            var known = reference.Resource as OdcDomain;
            ReadFor(reference.Target, (caller, stopped) => CheckAsync(known, keys, caller, stopped), rows =>
            {
                foreach (var row in rows)
                    Write(row);
            });
        }
    }

    private async Task<IReadOnlyList<OdcDomainCheck>> CheckAsync(OdcDomain? known, string[] keys, ICaller caller, CancellationToken stopped)
    {
        var domain = known ?? await DomainReader.GetAsync(Client, keys[0], keys[1], caller, stopped);
        return await new DomainChecks(domain, Client.Resolver, Client.Time).RunAsync(stopped);
    }
}
