namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Changes the default domain of a stage: the domain that newly deployed apps get.</summary>
/// <remarks>
/// <para>Apps that are deployed already keep their addresses. The domain is a built-in or a custom one of the same stage.</para>
/// <para>The service does not document that it rejects another domain, and new apps could then not be reached. So a domain that was specified as text is looked for among those of the stage, which takes one request at most and none if they were read in the last five minutes. Objects of Get-OdcDomain and Get-OdcBuiltInDomain show their stage themselves. A custom domain whose certificate is neither Issued nor Active is a warning, if it was piped or read. Rows have the domain in a column Hostname, Domain or DefaultDomain.</para>
/// </remarks>
/// <example>
/// <code>Set-OdcDefaultDomain Production -Domain acme.outsystems.app -PassThru</code>
/// <para>New apps in production get the built-in domain.</para>
/// </example>
/// <example>
/// <code>Get-OdcStage | Get-OdcBuiltInDomain | Where-Object IsPrimary | Set-OdcDefaultDomain -WhatIf</code>
/// <para>Shows what it would mean to use the primary built-in domain in each stage.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "OdcDefaultDomain", SupportsShouldProcess = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.PatchDefaultDomain))]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListBuiltInDomains), When = "for a built-in domain as text", IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListDomains), When = "for another domain as text", IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.GetDefaultDomain), With = "PassThru")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[OutputType(typeof(OdcDefaultDomain))]
public sealed class SetOdcDefaultDomainCommand : ChangeCmdlet
{
    private readonly Dictionary<string, DomainReference> _wanted = new(StringComparer.OrdinalIgnoreCase);
    private bool _wasReused;
    private OdcDomain? _found;

    /// <summary>The stage, by name or key. Piped stages, domains and rows have it in a property StageKey, Stage or StageName.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment", "StageName")]
    [Reference(typeof(OdcStage), IsOptional = true)]
    [Names]
    public ObjectReference? Stage { get; set; }

    /// <summary>The domain: a host name such as shop.acme.example, or an object from Get-OdcDomain, Get-OdcBuiltInDomain or Get-OdcDefaultDomain of the same stage.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [DomainOfStage]
    [ArgumentCompleter(typeof(NoCompleter))]
    public DomainReference Domain { get; set; } = null!;

    /// <summary>The piped object, with the stage. Of this module's objects, only stages, domains and default domains are accepted.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Writes the default domain after the change.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        WhenReused = _ => _wasReused = true;
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Wrong() is { } wrong)
            WriteError(ErrorRecords.From(wrong, Domain.Target));
        else if (Stage is not null && KeyOf(Stage) is { } key && IsDomainOf(key))
            Add(key);
    }

    // The changes are made after the last input: two domains for one stage are a mistake.
    private void Add(string key)
    {
        if (_wanted.TryGetValue(key, out var other))
        {
            WriteError(ErrorRecords.From(
                new OdcException(OdcErrorCause.InvalidRequest, $"A stage has one default domain, and two are specified for {StageText}: {other.Hostname} and {Domain.Hostname}. The first one is used.", "Specify one domain for each stage."), Domain.Target));
            return;
        }

        // The name of the stage is read when the user will see it.
        if (StageName is null)
            Label(Stage!);
        var (domain, stage, name, status) = (_wanted[key] = Domain, StageText, StageName, _found is { BuiltIn: not true } custom ? custom.CertificateStatus : null);
        Defer(() =>
        {
            if (status is not (null or "Issued" or "Active"))
                WriteWarning($"New apps in {stage} would get a domain that does not work yet: the certificate of {domain.Hostname} is {status}.");
            Send(key, stage, name, domain);
        });
    }

    private void Send(string key, string stage, string? name, DomainReference domain)
    {
        var body = new RequestBody().Add("defaultDomain", domain.Hostname);
        if (!SendChange($"default domain of {stage}: {domain.Hostname}, for apps that are newly deployed", domain.Target, EnvironmentConfigurationsApi.PatchDefaultDomain, [key], body))
            return;
        // The list of stages has the default domain of each.
        Client.Names.Stages.Forget();
        if (!PassThru || RunFor(domain.Target, stopped => Client.GetAsync(EnvironmentConfigurationsApi.GetDefaultDomain, [key], query: null, Caller, stopped)) is not { } now)
            return;
        (now.StageKey, now.StageName) = (key, name);
        Write(now);
    }

    private OdcException? Wrong()
    {
        if (InputObject?.BaseObject is OdcResource and not (OdcStage or OdcDomain or OdcBuiltInDomain or OdcDefaultDomain))
            return new OdcException(OdcErrorCause.InvalidRequest, $"A stage or a domain is expected here, not the type {InputObject.BaseObject.GetType().Name}.", "Pipe objects from Get-OdcDomain, Get-OdcBuiltInDomain or Get-OdcStage.");
        if (Domain.Failure is not null)
            return Domain.Failure;
        if (Stage is null)
            return new OdcException(OdcErrorCause.InvalidRequest, $"The stage of the domain {Domain.Hostname} is not specified.", "Specify the stage with -Stage.");
        if (StageCheck.Wrong(this, $"Domain {Domain.Hostname}", OwnStage, Stage, IsShown) is { } wrong)
            return wrong;
        return KeyOf(Stage) is { } key && Domain.StageKey is { } own && !string.Equals(own, key, StringComparison.OrdinalIgnoreCase)
            ? new OdcException(OdcErrorCause.InvalidRequest, $"The domain {Domain.Hostname} belongs to stage {Domain.StageName ?? own}, and not to {StageText}.", "Leave -Stage out for piped domains, or specify a domain of the same stage.")
            : null;
    }

    // What the piped object says, or else that of -Domain.
    private (string? Key, string? Name) OwnStage => InputObject is not null && PipedObject.Of(InputObject) is { } piped && piped.Text(nameof(IOfStage.StageKey)) is { } key
        ? (key, piped.Text(nameof(IOfStage.StageName)))
        : (Domain.StageKey, Domain.StageName);

    // An object shows its stage itself. A list that was kept is read again if it lacks the domain: another client may have added it since.
    private bool IsDomainOf(string key)
    {
        (_wasReused, _found) = (false, Domain.Custom);
        if (Domain.StageKey is not null)
            return true;
        var stage = StageOf(key);
        var (search, failure) = Try(SearchAsync);
        if (search?.Missing is not null && _wasReused)
        {
            Client.Kept.Forget();
            (search, failure) = Try(SearchAsync);
        }

        _found = search?.Found;
        if (search?.Missing is { } missing)
        {
            failure = new OdcException(
                OdcErrorCause.NotFound, $"{MessageText.Capital(StageText)} has no domain {Domain.Hostname}.", $"Its domains: {string.Join(", ", missing)}. New-OdcDomain and New-OdcBuiltInDomain add others.");
        }

        if (failure is null)
            return true;
        if (ErrorRecords.IsTerminating(failure))
            ThrowTerminatingError(ErrorRecords.From(failure, Domain.Target));
        WriteError(ErrorRecords.From(failure, Domain.Target));
        return false;

        Task<HostnameSearch> SearchAsync(CancellationToken stopped) => StageHostnames.SearchAsync(Client, stage, Domain.Hostname!, Caller, stopped);
    }

    private string? StageName => Stage!.Name ?? Client.Names.Stages.NameOf(Stage.Key) ?? (string.Equals(Domain.StageKey, Stage.Key, StringComparison.OrdinalIgnoreCase) ? Domain.StageName : null);

    private string StageText => $"stage {StageName ?? Stage!.Text}";
}
