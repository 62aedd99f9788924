namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Changes the default app of custom domains, and how requests to the bare hostname are redirected.</summary>
/// <remarks>
/// <para>The default app opens when an address has no path. The service may take a value that is not sent for an empty one. So the command reads the domain first, unless you specify both, and sends both: what you don't specify stays as it is. Several domains of a stage are read with one request.</para>
/// </remarks>
/// <example>
/// <code>Set-OdcDomain apps.acme.example -Stage Production -DefaultAsset 'Order Desk' -RedirectOption Temporary -PassThru</code>
/// <para>Opens an app under the bare hostname, and writes the changed domain.</para>
/// </example>
/// <example>
/// <code>Get-OdcDomain Production -Name *.acme.example | Set-OdcDomain -ClearDefaultAsset -WhatIf</code>
/// <para>Shows the requests that would leave domains without a default app.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "OdcDomain", SupportsShouldProcess = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.PatchDomain))]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.GetDomain), When = "for what stays as it is")]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListDomains), When = "for several domains of a stage, and to look up hostnames")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), When = "for the name of the default app", IsOptional = true)]
[OutputType(typeof(OdcDomain))]
public sealed class SetOdcDomainCommand : StagePartCommand
{
    private readonly List<(ObjectReference Domain, string[] Keys, string Stage)> _domains = [];

    /// <summary>The domains: objects from Get-OdcDomain; keys, hostnames or names in the stage; or rows with a column DomainKey or Hostname.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("DomainKey")]
    [References(typeof(OdcDomain), NotWith = [nameof(OdcDomainCheck.Check)])]
    [Names]
    public ObjectReference[] Domain { get; set; } = [];

    /// <summary>The app that opens under the bare hostname: its name or key, or an object from Get-OdcAsset.</summary>
    [Parameter]
    [Alias("DefaultAssetKey", "DefaultApplicationKey")]
    [Reference(typeof(OdcAsset))]
    [Names]
    [BodyParameter("defaultApplicationKey")]
    public ObjectReference? DefaultAsset { get; set; }

    /// <summary>Leaves the domain without a default app.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter ClearDefaultAsset { get; set; }

    /// <summary>How a request to the bare hostname is redirected: Permanent (301), Temporary (302) or None.</summary>
    [Parameter]
    [Alias("Redirect")]
    [ValidateNotNullOrEmpty]
    [Values("Permanent", "Temporary", "None")]
    [BodyParameter("redirectOption")]
    public string? RedirectOption { get; set; }

    /// <summary>Writes the changed domains.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    private bool NeedsState => RedirectOption is null || (DefaultAsset is null && !ClearDefaultAsset);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (DefaultAsset is not null && ClearDefaultAsset)
            ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, "-DefaultAsset and -ClearDefaultAsset exclude each other.", "Leave one out."), target: null));
        if (DefaultAsset is null && !ClearDefaultAsset && RedirectOption is null)
            ThrowTerminatingError(ErrorRecords.From(RequestBody.Nothing("-DefaultAsset, -ClearDefaultAsset or -RedirectOption"), target: null));
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var domain in Domain)
        {
            // Each row may have its own stage.
            if (KeysOf(domain) is { } keys && !this.IsProvided(domain))
                _domains.Add((domain, keys, StageText));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var stage in _domains.GroupBy(d => d.Keys[0], StringComparer.OrdinalIgnoreCase))
        {
            var now = NeedsState && stage.Skip(1).Any() ? DomainsOf(stage.Key, stage.First().Domain) : null;
            foreach (var (domain, keys, name) in stage)
                Change(domain, keys, name, now);
        }

        base.EndProcessing();
    }

    // The values as they are now, not those of a list that was kept.
    private IReadOnlyList<OdcDomain>? DomainsOf(string stageKey, ObjectReference input)
    {
        Client.Kept.Forget();
        return RunFor(input.Target, stopped => StageParts.Domains(Client, stageKey).ReadAllAsync(Caller, stopped)) ?? [];
    }

    private OdcDomain? StateOf(ObjectReference domain, string[] keys, IReadOnlyList<OdcDomain>? all) => RunFor(domain.Target, stopped => all is null
        ? Client.GetAsync(EnvironmentConfigurationsApi.GetDomain, keys, query: null, Caller, stopped)
        : Task.FromResult(all.FirstOrDefault(d => string.Equals(d.DomainKey, keys[1], StringComparison.OrdinalIgnoreCase)) ?? throw ResourceTypes.Domain.NotFoundKey(keys[1])));

    private void Change(ObjectReference domain, string[] keys, string stage, IReadOnlyList<OdcDomain>? all)
    {
        var now = NeedsState ? StateOf(domain, keys, all) : null;
        if ((NeedsState && now is null) || (now is not null && this.IsProvided(now, domain.Target)))
            return;
        var body = new RequestBody().Add("defaultApplicationKey", ClearDefaultAsset ? null : DefaultAsset is null ? now!.DefaultAssetKey : DefaultAsset);
        if ((RedirectOption ?? now!.RedirectOption) is { } redirect)
            body.Add("redirectOption", redirect);
        var what = $"{(now is null ? Label(domain) : $"domain {now}")} in {stage}: {string.Join(", ", Changed())}";
        if (Send(what, domain.Target, EnvironmentConfigurationsApi.PatchDomain, keys, body) is not { } answer || !PassThru)
            return;
        if (RunFor(domain.Target, stopped => DomainReader.CompleteAsync(Client, keys[0], answer.Domain!, Caller, stopped)) is { } changed)
        {
            changed.StageName ??= stage;
            Write(changed);
        }
    }

    private IEnumerable<string> Changed()
    {
        if (DefaultAsset is not null)
            yield return $"default app {Label(DefaultAsset)}";
        if (ClearDefaultAsset)
            yield return "no default app";
        if (RedirectOption is not null)
            yield return $"redirect {RedirectOption}";
    }
}

/// <summary>Domains that OutSystems provides, which the commands for custom domains can't change.</summary>
internal static class ProvidedDomains
{
    /// <summary>Whether OutSystems provides the domain, as far as it is known; the error is written then.</summary>
    internal static bool IsProvided(this OdcCmdlet cmdlet, ObjectReference reference) => reference.Known is OdcDomain domain && cmdlet.IsProvided(domain, reference.Target);

    /// <inheritdoc cref="IsProvided(OdcCmdlet, ObjectReference)"/>
    internal static bool IsProvided(this OdcCmdlet cmdlet, OdcDomain domain, object target)
    {
        if (domain.BuiltIn == true)
            cmdlet.WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"OutSystems provides the domain {domain}: it is not a custom domain.", "Specify a custom domain: Get-OdcDomain shows which are built-in."), target));
        return domain.BuiltIn == true;
    }
}
