namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Removes built-in domains from a stage, or from the organization.</summary>
/// <remarks>
/// <para>Addresses with the removed domain answer 404 at once: apps of the stage, or with -Organization the ODC Portal and the APIs. The command asks for each, unless you use -Confirm:$false. The primary one can't be removed; make another one primary first.</para>
/// <para>With -Organization, the command names the connections and the stored credentials (Get-OdcCredential) that use the removed address; with -UpdateCredential it stores the primary address there, without reading a secret.</para>
/// </remarks>
/// <example>
/// <code>New-OdcBuiltInDomain acme-old -Stage QA; Remove-OdcBuiltInDomain acme-old -Stage QA -Confirm:$false</code>
/// <para>Adds a built-in domain to a stage and removes it without asking.</para>
/// </example>
/// <example>
/// <code>Get-OdcStage | Get-OdcBuiltInDomain | Where-Object IsPrimary -eq $false | Remove-OdcBuiltInDomain -WhatIf</code>
/// <para>Shows which domains would be removed if each stage kept only its primary one.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "OdcBuiltInDomain", DefaultParameterSetName = StageSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.DeleteBuiltInDomain), With = "Stage")]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.DeleteBuiltInDomain), With = "Organization")]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListBuiltInDomains), With = "Stage", IsOptional = true)]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.ListBuiltInDomains), With = "Organization")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
public sealed class RemoveOdcBuiltInDomainCommand : BuiltInDomainCommand
{
    /// <summary>The prefixes: the first labels of the domains, such as acme-test, whole domains, or objects from Get-OdcBuiltInDomain.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [References(typeof(OdcBuiltInDomain))]
    [Names]
    public ObjectReference[] Prefix { get; set; } = [];

    /// <summary>Stores the primary address in the vault entries of Register-OdcCredential that use the removed one. Their secrets are not read.</summary>
    [Parameter(ParameterSetName = OrganizationSet)]
    [ValueRequired]
    public SwitchParameter UpdateCredential { get; set; }

    private protected override IEnumerable<ObjectReference> Specified => Prefix;

    // The list is read while the input comes: after the first removal it would have to be read again for each.
    private protected override void Change(ObjectReference prefix, BuiltInDomainScope scope)
    {
        if (DomainsOf(scope, all => all.Find(prefix.Key) is { IsPrimary: not true }, prefix) is not { } domains)
            return;
        var found = domains.Find(prefix.Key);
        if (domains.All is not null && found is null)
            WriteError(ErrorRecords.From(NotFound(prefix, scope, domains, "Check the spelling."), prefix.Target));
        else if (found?.IsPrimary == true)
            WriteError(ErrorRecords.From(IsPrimary(found, scope, domains.All!.FirstOrDefault(d => d != found)?.Prefix), prefix.Target));
        else if ((found?.Prefix ?? PrefixOf(prefix, scope)) is { } text)
            Defer(() => Remove(text, found?.Domain, prefix, scope, domains.Primary?.Domain));
    }

    private OdcException IsPrimary(OdcBuiltInDomain domain, BuiltInDomainScope scope, string? other) => new(
        OdcErrorCause.InvalidRequest, $"{domain.Domain} is the primary built-in domain of {scope}, which can't be removed.",
        $"Make another one primary first: Set-OdcBuiltInDomain {other ?? "<other>"} -Primary {scope.Parameter}{ConnectionParameter}. New-OdcBuiltInDomain adds one.");

    private void Remove(string prefix, string? host, ObjectReference input, BuiltInDomainScope scope, string? primary)
    {
        var domain = host ?? BuiltInDomainInput.DomainText(Client, prefix, scope);
        var credentials = scope.IsOrganization && host is not null ? new CredentialMove(this, [host], primary) : null;
        if (credentials is not null)
        {
            WriteWarning($"{host} answers 404 as soon as it is removed, for the ODC Portal and for the APIs.{Connections(host!, primary)}");
            credentials.Warn(UpdateCredential);
        }
        else if (Client.Names.Stages.Loaded?.Any(s => string.Equals(s.StageKey, scope.StageKey, StringComparison.OrdinalIgnoreCase) && string.Equals(s.DefaultDomain, domain, StringComparison.OrdinalIgnoreCase)) == true)
        {
            WriteWarning($"{domain} is the default domain of {scope}: new apps get it. Choose another one first: Set-OdcDefaultDomain.");
        }

        var isRemoved = SendChange($"built-in domain {domain} of {scope}, which answers 404 from then on", input.Target, scope.Delete, [.. scope.Keys, prefix]);
        if (isRemoved || IsWhatIf)
            credentials?.Make(UpdateCredential);
    }

    private static string Connections(string host, string? primary)
    {
        var names = SessionTable.Shared.All.Where(c => string.Equals(c.Url.Host, host, StringComparison.OrdinalIgnoreCase)).Select(c => c.Name).ToList();
        return names.Count == 0 ? "" : $" These connections use it and end with it: {string.Join(", ", names)}. Then connect again: Connect-Odc {primary ?? "with another address"}.";
    }
}
