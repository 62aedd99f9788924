namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Makes a built-in domain the primary one of its stage, or of the organization.</summary>
/// <remarks>
/// <para>The one that was primary becomes an additional one and stays valid, until it is removed with Remove-OdcBuiltInDomain. The prefix is looked for among the built-in domains there first, which takes one request and none if they were read in the last five minutes. The command asks, unless you use -Confirm:$false.</para>
/// <para>With -Organization, the address of the ODC Portal and of the APIs changes. The old address answers too until it is removed; from then on it answers 404 at once. The command names the stored credentials (Get-OdcCredential) that use an old address; with -UpdateCredential it stores the new one there, without reading a secret. Connections that are open keep the address that they were made with, and environment variables such as ODC_TENANT_URL are yours to change.</para>
/// </remarks>
/// <example>
/// <code>New-OdcBuiltInDomain acme-acceptance -Stage QA; Set-OdcBuiltInDomain acme-acceptance -Primary -Stage QA -Confirm:$false</code>
/// <para>Adds a built-in domain to a stage and makes it the primary one.</para>
/// </example>
/// <example>
/// <code>New-OdcBuiltInDomain acme-group -Organization; Set-OdcBuiltInDomain acme-group -Primary -Organization -UpdateCredential -WhatIf</code>
/// <para>Adds an address of the ODC Portal, and shows what it would mean for the stored credentials to make it the primary one.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "OdcBuiltInDomain", DefaultParameterSetName = StageSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.PatchBuiltInDomain), With = "Stage")]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.PatchBuiltInDomain), With = "Organization")]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.ListBuiltInDomains), With = "Organization")]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListBuiltInDomains), With = "Stage", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[OutputType(typeof(OdcBuiltInDomain))]
public sealed class SetOdcBuiltInDomainCommand : BuiltInDomainCommand
{
    private readonly Dictionary<BuiltInDomainScope, List<ObjectReference>> _wanted = [];

    /// <summary>The prefix: the first label of the domain, such as acme-test, the whole domain, or an object from Get-OdcBuiltInDomain.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [References(typeof(OdcBuiltInDomain))]
    [Names]
    public ObjectReference[] Prefix { get; set; } = [];

    /// <summary>Makes it the primary one. There always is one: to replace it, make another one primary.</summary>
    [Parameter(Mandatory = true)]
    [ValueRequired]
    public SwitchParameter Primary { get; set; }

    /// <summary>Stores the new address in the vault entries of Register-OdcCredential that use an old one. Their secrets are not read.</summary>
    [Parameter(ParameterSetName = OrganizationSet)]
    [ValueRequired]
    public SwitchParameter UpdateCredential { get; set; }

    /// <summary>Writes the domain as it is after the change.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    private protected override IEnumerable<ObjectReference> Specified => Prefix;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (!Primary)
        {
            ThrowTerminatingError(ErrorRecords.From(
                new OdcException(OdcErrorCause.InvalidRequest, "A stage and the organization always have a primary domain.", "To replace it, make another one primary: Set-OdcBuiltInDomain -Prefix <other> -Primary."), target: null));
        }

        base.BeginProcessing();
    }

    private protected override void Change(ObjectReference prefix, BuiltInDomainScope scope)
    {
        if (!_wanted.TryGetValue(scope, out var wanted))
            _wanted[scope] = wanted = [];
        wanted.Add(prefix);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var wanted in _wanted)
        {
            if (wanted.Value.Count > 1)
                WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"Only one built-in domain of {wanted.Key} can be the primary one, not {string.Join(" and ", wanted.Value.Select(p => p.Text))}.", "Specify one prefix for a stage."), wanted.Value[1].Target));
            else if (wanted.Key.IsOrganization)
                ChangeOrganization(wanted.Value[0], wanted.Key);
            else
                ChangeStage(wanted.Value[0], wanted.Key);
        }

        base.EndProcessing();
    }

    private void ChangeStage(ObjectReference prefix, BuiltInDomainScope scope)
    {
        if (DomainsOf(scope, all => all.Find(prefix.Key) is not null, prefix) is not { } domains)
            return;
        var found = domains.Find(prefix.Key);
        // What can't be a prefix at all is the first error.
        if ((found?.Prefix ?? PrefixOf(prefix, scope)) is not { } text)
            return;
        if (domains.All is not null && found is null)
            WriteError(ErrorRecords.From(NotFound(prefix, scope, domains, $"To add one: New-OdcBuiltInDomain {text} {scope.Parameter}{ConnectionParameter}."), prefix.Target));
        else
            MakePrimary($"{found?.Domain ?? BuiltInDomainInput.DomainText(Client, text, scope)} of {scope}{InsteadOf(domains, found)}", text, prefix, scope);
    }

    private static string InsteadOf(VisibleDomains domains, OdcBuiltInDomain? found) => domains.Primary is { Domain: { } primary } before && before != found ? $", instead of {primary}" : "";

    private void ChangeOrganization(ObjectReference prefix, BuiltInDomainScope scope)
    {
        if (DomainsOf(scope, all => all.Find(prefix.Key) is not null, prefix) is not { } domains)
            return;
        if (domains.Find(prefix.Key) is not { Prefix: { } text, Domain: { } host })
        {
            WriteError(ErrorRecords.From(NotFound(prefix, scope, domains, $"Create it first: New-OdcBuiltInDomain {prefix.Text} {scope.Parameter}{ConnectionParameter}. This command, also with -WhatIf, then warns about the old address."), prefix.Target));
            return;
        }

        var others = domains.All!.Select(d => d.Domain).OfType<string>().Where(d => !string.Equals(d, host, StringComparison.OrdinalIgnoreCase)).ToList();
        if (others.Count > 0)
            WriteWarning($"The address of the ODC Portal and of the APIs becomes {host}. {string.Join(" and ", others)} also {(others.Count == 1 ? "answers" : "answer")} until removed with Remove-OdcBuiltInDomain, and 404 from then on. Open connections keep the address that they were made with.");
        var credentials = new CredentialMove(this, others, host);
        credentials.Warn(UpdateCredential);
        if (MakePrimary($"{host} of {scope}{InsteadOf(domains, domains.Find(prefix.Key))}: new address of the ODC Portal and of the APIs", text, prefix, scope) || IsWhatIf)
            credentials.Make(UpdateCredential);
    }

    private bool MakePrimary(string what, string prefix, ObjectReference input, BuiltInDomainScope scope)
    {
        if (!SendChange($"primary built-in domain {what}", input.Target, scope.Patch, [.. scope.Keys, prefix]))
            return false;
        // The list of stages has the primary one of each.
        Client.Names.Stages.Forget();
        if (PassThru)
            WriteNow(scope, [prefix], input.Target);
        return true;
    }
}
