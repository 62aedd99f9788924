namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Gets the domains under which the apps of stages are reached.</summary>
/// <remarks>
/// <para>A stage has the domains that OutSystems provides (BuiltIn) and custom domains. DnsRecords of a custom domain has the DNS records that must exist where the domain is managed: one that leads to the apps and, as soon as the service names it, one that validates the certificate and later renews it.</para>
/// <para>The API allows 10 requests a minute for the whole organization. So the list of a stage is read once in five minutes, unless a domain is being set up or something was changed by this process; -Refresh reads it again. With -Domain, each domain is read now.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcDomain Production</code>
/// <para>Gets the domains of a stage.</para>
/// </example>
/// <example>
/// <code>Get-OdcStage | Get-OdcDomain -Name *.example | Where-Object CertificateStatus -ne Active</code>
/// <para>Gets the domains of all stages whose hostname ends with .example and whose certificate is not active.</para>
/// </example>
/// <example>
/// <code>(Get-OdcDomain Production -Name apps.acme.example).DnsRecords</code>
/// <para>Shows the DNS records that a domain needs.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcDomain", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListDomains))]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.GetDomain), With = "Domain")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), When = "for the names of default apps", IsOptional = true)]
[OutputType(typeof(OdcDomain))]
public sealed class GetOdcDomainCommand : KeptStageCommand
{
    private const string ListSet = "List";
    private const string KeySet = "ByKey";
    private readonly HashSet<string> _stages = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string?> _names = [];
    private NamePattern? _pattern;
    private bool _hasRead;
    private bool _hasFound;

    /// <summary>The stages: objects from Get-OdcStage or with a property StageKey, names or keys. With -Domain, the one stage of the domains; objects from Get-OdcDomain need none.</summary>
    [Parameter(ParameterSetName = ListSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = KeySet, Position = 0)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage), Follows = true, Besides = [typeof(OdcDomain)], NotWith = [nameof(OdcDomain.DomainKey)])]
    [Names]
    public override ObjectReference[] Stage { get; set; } = [];

    /// <summary>Hostname or name of the domains; wildcards are allowed. One without wildcards that no domain of the stages has is an error.</summary>
    [Parameter(ParameterSetName = ListSet, Position = 1)]
    [Alias("Hostname")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Names(typeof(OdcDomain))]
    public string? Name { get; set; }

    /// <summary>The domains to read now: objects from Get-OdcDomain; keys, hostnames or names in the stage; or rows with the columns DomainKey and StageKey.</summary>
    [Parameter(ParameterSetName = KeySet, Mandatory = true, ValueFromPipeline = true)]
    [Alias("DomainKey")]
    [References(typeof(OdcDomain), IsChoice = true, Besides = [typeof(OdcStage)])]
    [Names]
    public ObjectReference[] Domain { get; set; } = [];

    private protected override NameScope Within => ObjectReference.Scope(OnlyStage);

    private ObjectReference? OnlyStage => Stage.FirstOrDefault();

    // A row may have its own stage.
    private protected override bool IsLookedUp(ObjectReference reference) => reference.Type.ListInStage is null || OnlyStage is not null;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (ParameterSetName == KeySet && Stage.Length > 1)
            ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, "-Domain needs one stage, and several are specified.", "Specify one stage, or look for the hostname in several with -Name instead of -Domain."), target: null));
        base.BeginProcessing();
        if (Name is not null)
            _pattern = Run(() => new NamePattern(Name));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == KeySet)
            Array.ForEach(Domain, WriteOne);
        else
            base.ProcessRecord();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (_pattern is { IsLiteral: true } && _hasRead && !_hasFound && PagingParameters.First > 0)
            WriteError(ErrorRecords.From(NotFound("domain", Name!, _names), Name));
    }

    private protected override void WriteOf(OdcStage stage, ObjectReference input)
    {
        if (!_stages.Add(stage.StageKey!))
            return;
        var window = WindowOfInput;
        // Whole pages are asked for, so that the answers serve other commands too.
        var skipped = _pattern is null ? window.Skip - (window.Skip % PageSize) : 0;
        var list = DomainReader.List(Client, stage.StageKey!, new ListWindow(skipped, PageSize: PageSize)).Do(domain => domain.StageName ??= stage.Name);
        WriteAll((_pattern is null ? list : list.Where(Fits)).Window(window with { Skip = window.Skip - skipped }), input.Target);
        _hasRead |= list.TotalCount is not null;
    }

    private bool Fits(OdcDomain domain)
    {
        var names = DomainReader.NamesOf(domain).ToList();
        _names.AddRange(names);
        var fits = names.Exists(_pattern!.Fits);
        _hasFound |= fits;
        return fits;
    }

    private void WriteOne(ObjectReference domain)
    {
        if (!HasEnough && KeysOf(domain, OnlyStage) is { } keys)
            ReadFor(domain.Target, (caller, stopped) => DomainReader.GetAsync(Client, keys[0], keys[1], caller, stopped), Write);
    }
}
