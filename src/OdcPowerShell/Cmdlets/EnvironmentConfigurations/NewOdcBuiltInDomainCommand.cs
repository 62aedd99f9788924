namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Adds a built-in domain to a stage, or to the organization.</summary>
/// <remarks>
/// <para>The domain is the prefix with the suffix of OutSystems. The domains that exist stay valid, and the primary one stays primary: Set-OdcBuiltInDomain makes the new one primary. Upper case is sent in lower case. Test-OdcBuiltInDomain shows whether a prefix is available.</para>
/// </remarks>
/// <example>
/// <code>New-OdcBuiltInDomain acme-acceptance -Stage QA -PassThru</code>
/// <para>Adds a built-in domain to a stage, and writes it.</para>
/// </example>
/// <example>
/// <code>New-OdcBuiltInDomain acme-group -Organization -WhatIf</code>
/// <para>Shows the request that would add a second address of the ODC Portal.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "OdcBuiltInDomain", DefaultParameterSetName = StageSet, SupportsShouldProcess = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.PostBuiltInDomain), With = "Stage")]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.PostBuiltInDomain), With = "Organization")]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListBuiltInDomains), With = "Stage and PassThru")]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.ListBuiltInDomains), With = "Organization", When = "for the new domain, and for a whole domain")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[OutputType(typeof(OdcBuiltInDomain))]
public sealed class NewOdcBuiltInDomainCommand : BuiltInDomainCommand
{
    private readonly Dictionary<BuiltInDomainScope, List<string>> _added = [];

    /// <summary>The prefixes: the first labels of the domains, such as acme-test. A whole built-in domain is accepted too, and so are objects from Test-OdcBuiltInDomain and rows with a column Prefix.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [References(typeof(OdcBuiltInDomain), Also = [typeof(OdcBuiltInDomainAvailability)])]
    [ArgumentCompleter(typeof(NoCompleter))]
    public ObjectReference[] Prefix { get; set; } = [];

    /// <summary>Writes the added domains.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    private protected override IEnumerable<ObjectReference> Specified => Prefix;

    private protected override void Change(ObjectReference prefix, BuiltInDomainScope scope)
    {
        if (PrefixOf(prefix, scope) is not { } text)
            return;
        var request = scope.Post.Request(scope.Keys, body: new RequestBody().Add("builtinDomainPrefix", text).ToContent());
        if (Send($"new built-in domain {BuiltInDomainInput.DomainText(Client, text, scope)} of {scope}", prefix.Target, request, stopped => AddAsync(request, text, scope, stopped)) is null)
            return;
        if (!_added.TryGetValue(scope, out var added))
            _added[scope] = added = [];
        added.Add(text);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        foreach (var added in PassThru ? _added : [])
            WriteNow(added.Key, added.Value, added.Value);
    }

    private async Task<ApiAnswer> AddAsync(ApiRequest request, string prefix, BuiltInDomainScope scope, CancellationToken stopped)
    {
        try
        {
            return await Client.ChangeAsync(request, Caller, stopped);
        }
        catch (OdcApiException e) when (e.Cause is OdcErrorCause.InvalidRequest or OdcErrorCause.Conflict)
        {
            e.Advise($"To see whether the prefix is available: Test-OdcBuiltInDomain {prefix} {scope.Parameter}{ConnectionParameter}.");
            throw;
        }
    }
}
