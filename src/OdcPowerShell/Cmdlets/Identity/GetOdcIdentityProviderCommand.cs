using System.Management.Automation;
using OdcPowerShell.Http;
using OdcPowerShell.Identity;
using OdcPowerShell.Parameters;
using OdcPowerShell.Pipeline;

namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Gets the identity providers by which users sign in.</summary>
/// <remarks>
/// <para>A client secret in the answer is a SecureString, and no view shows it.</para>
/// <para type="operation">GET /api/identity/v1/identity-providers</para>
/// <para type="operation" when="for identity providers given by key">GET /api/identity/v1/identity-providers/{key}</para>
/// </remarks>
/// <example>
/// <code>Get-OdcIdentityProvider</code>
/// <para>Gets all identity providers.</para>
/// </example>
/// <example>
/// <code>(Get-OdcIdentityProvider | Where-Object Type -eq OIDC).OidcConfiguration</code>
/// <para>Gets how ODC talks to the OpenID Connect providers.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcIdentityProvider", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryIdentityProviders))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetIdentityProvider))]
[OutputType(typeof(OdcIdentityProvider))]
public sealed class GetOdcIdentityProviderCommand : ListCmdlet
{
    private const string ListSet = "List";
    private const string KeySet = "ByKey";

    /// <summary>Name of the identity providers; wildcards are allowed. A name without wildcards that no identity provider has is an error.</summary>
    [Parameter(ParameterSetName = ListSet, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdentityProviderCompleter))]
    public string? Name { get; set; }

    /// <summary>The identity providers to read: keys, objects with a property IdentityProviderKey, or names.</summary>
    [Parameter(ParameterSetName = KeySet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IdentityProviderKey")]
    [References(Kind.IdentityProvider, Follows = true)]
    [ArgumentCompleter(typeof(IdentityProviderCompleter))]
    public ObjectReference[] IdentityProvider { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == KeySet)
            Array.ForEach(IdentityProvider, WriteOne);
        else
            WriteNamed(Name, "identity provider", new Query(), (query, window) => new OffsetPages<OdcIdentityProvider>(Client, IdentityApi.QueryIdentityProviders, query, window));
    }

    private void WriteOne(ObjectReference reference)
    {
        if (!HasEnough && KeyOf(reference) is { } key)
            ReadFor(reference.Target, (caller, stopped) => Client.GetAsync(IdentityApi.GetIdentityProvider, [key], query: null, caller, stopped), Write);
    }
}
