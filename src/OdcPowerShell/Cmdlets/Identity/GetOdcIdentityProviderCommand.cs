namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Gets the identity providers by which users sign in.</summary>
/// <remarks>
/// <para>A client secret in the answer is a SecureString, and no view shows it.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcIdentityProvider</code>
/// <para>Gets all identity providers.</para>
/// </example>
/// <example>
/// <code>(Get-OdcIdentityProvider | Where-Object Type -eq OIDC).OidcConfiguration</code>
/// <para>Gets the settings of the OpenID Connect providers.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcIdentityProvider", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryIdentityProviders), Without = "IdentityProvider")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetIdentityProvider), With = "IdentityProvider")]
[OutputType(typeof(OdcIdentityProvider))]
public sealed class GetOdcIdentityProviderCommand : GetCommand<OdcIdentityProvider>
{
    /// <summary>The identity providers to read: keys, objects with a property IdentityProviderKey, or names.</summary>
    [Parameter(ParameterSetName = KeySet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IdentityProviderKey")]
    [References(typeof(OdcIdentityProvider), Follows = true)]
    [Names]
    public ObjectReference[] IdentityProvider { get; set; } = [];

    private protected override ObjectReference[] Specified => IdentityProvider;

    private protected override IPagedList<OdcIdentityProvider> List(Query query, ListWindow window) => new OffsetPages<OdcIdentityProvider>(Client, IdentityApi.QueryIdentityProviders, query, window);

    private protected override Task<OdcIdentityProvider> GetAsync(string key, ICaller caller, CancellationToken cancellationToken) =>
        Client.GetAsync(IdentityApi.GetIdentityProvider, [key], query: null, caller, cancellationToken);
}
