namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Creates a custom domain in a stage: your own hostname for the apps of the stage.</summary>
/// <remarks>
/// <para>Afterwards, DNS records have to be created where the hostname is managed. A warning names them, and DnsRecords has them: one leads to the apps, one validates the certificate. The service waits up to 72 hours for that one, then issues the certificate; it may name it only after some minutes. Get-OdcDomain shows it, Test-OdcDomain checks the records.</para>
/// <para>With -Wait, the command ends when the certificate is issued. It polls the service less and less often, finally once a minute, because the API allows 10 requests a minute.</para>
/// <para>A hostname with other letters than a to z is sent in the form xn--…; both forms find the domain later.</para>
/// </remarks>
/// <example>
/// <code>New-OdcDomain shop.acme.example -Stage QA -Name 'Web shop'</code>
/// <para>Creates a domain and shows which DNS records it needs.</para>
/// </example>
/// <example>
/// <code>New-OdcDomain orders.acme.example -Stage Production -Wait -TimeoutSec 7200</code>
/// <para>Creates a domain and waits up to two hours for its certificate.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "OdcDomain", SupportsShouldProcess = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.PostDomain))]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.GetDomain), With = "Wait")]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListDomains), When = "to wait for several domains, and when the service rejects a hostname", IsOptional = true)]
[OutputType(typeof(OdcDomain))]
public sealed class NewOdcDomainCommand : StartCmdlet
{
    /// <summary>The hostname, such as apps.acme.com: without https://, port, path or wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [BodyParameter("hostname")]
    public string Hostname { get; set; } = "";

    /// <summary>The stage, by name or key. Piped rows have it in a column Stage or StageName.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("StageName", "StageKey", "EnvironmentKey", "Environment")]
    [Reference(typeof(OdcStage))]
    [Names]
    public ObjectReference Stage { get; set; } = null!;

    /// <summary>A name for the domain.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BodyParameter("name")]
    public string? Name { get; set; }

    /// <summary>Waits until the certificate is issued, and writes the domain then. It polls the service every 15 seconds at first, every 30 seconds later, and every minute after five minutes; the wait outlives outages. A certificate that fails is an error with the service's reason.</summary>
    [Parameter]
    [ValueRequired]
    public override SwitchParameter Wait { get; set; }

    /// <summary>The row with the values of the other parameters. Of this module's objects, only domains are accepted.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject?.BaseObject is OdcResource and not OdcDomain)
        {
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"A domain can't be created from this {InputObject.BaseObject.GetType().Name}.", "Pipe rows with a Hostname, and a Stage."), InputObject));
            return;
        }

        if (RunFor(Hostname, () => Hostnames.Check(Hostname)) is { } hostname && KeyOf(Stage) is { } stageKey)
        {
            if (RunFor(Hostname, stopped => DomainReader.CheckNewAsync(Client, stageKey, hostname, Caller, stopped)) is not null)
                Create(hostname, stageKey);
        }
    }

    private void Create(string hostname, string stageKey)
    {
        var stage = Stage.Name ?? Client.Names.Stages.NameOf(stageKey);
        var request = EnvironmentConfigurationsApi.PostDomain.Request([stageKey], body: RequestBody.Bind(this, skipsEmpty: true).Add("hostname", hostname).ToContent());
        if (Send($"domain {hostname} in {stage ?? stageKey}", Hostname, request, stopped => DomainReader.CreateAsync(Client, stageKey, hostname, request, Caller, stopped)) is not { } created)
            return;
        created.StageName ??= stage;
        // A wait reports what is missing itself.
        if (!Wait && created.NextSteps is { } steps)
            WriteWarning(steps);
        WriteOrWait(created);
    }
}
