namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Removes custom domains from stages.</summary>
/// <remarks>
/// <para>The apps are no longer reached under the hostname, and its certificate is removed, which takes some minutes. The DNS records stay: remove them where the hostname is managed. The question says what else depends on the domain. The command asks for each domain, unless you use -Confirm:$false.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcDomain Production -Name apps.acme.example | Remove-OdcDomain -WhatIf</code>
/// <para>Shows what would be removed, and removes nothing.</para>
/// </example>
/// <example>
/// <code>New-OdcDomain trial.acme.example -Stage QA -WarningAction Ignore | Remove-OdcDomain -Confirm:$false</code>
/// <para>Creates a domain and removes it without asking.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "OdcDomain", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.DeleteDomain))]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListDomains), When = "for hostnames, and for the question", IsOptional = true)]
public sealed class RemoveOdcDomainCommand : StagePartCommand
{
    /// <summary>The domains: objects from Get-OdcDomain; keys, hostnames or names in the stage; or rows with a column DomainKey or Hostname.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("DomainKey")]
    [References(typeof(OdcDomain), NotWith = [nameof(OdcDomainCheck.Check)])]
    [Names]
    public ObjectReference[] Domain { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var domain in Domain)
        {
            // Each row may have its own stage.
            if (KeysOf(domain) is not { } keys)
                continue;
            var what = $"{Label(domain)} in {StageText}: its apps are no longer reached under this hostname{Effects(domain.Known as OdcDomain)}";
            if (!this.IsProvided(domain))
                Defer(() => SendChange(what, domain.Target, EnvironmentConfigurationsApi.DeleteDomain, keys));
        }
    }

    private string Effects(OdcDomain? domain) => (domain?.IsDefault == true ? "; it is the default domain of the stage" : "")
        + (domain?.DefaultAssetKey is { } asset ? $"; its default app is {domain.DefaultAssetName ?? Client.Names.AssetNames.Of(asset) ?? asset}" : "");
}
