using System.Security;

namespace OdcPowerShell.Cmdlets.MobileBuilds;

/// <summary>Changes what the iOS packages of mobile apps in stages are made with.</summary>
/// <remarks>
/// <para>Only what you specify is changed. The next build uses it: Start-OdcMobileBuild. The service allows ten changes a minute.</para>
/// <para>The certificate and the provisioning profile are read from files, and rejected before anything is sent if they can't be ones. The password of the certificate is a secret: a SecureString, or the name of a secret in a vault. No secret is shown, not even with -WhatIf; the content of the files is a secret too.</para>
/// <para>Rows can have the columns Asset, Stage, AppIdentifier, BuildType, BuilderVersion, MobileFramework, CertificatePath, CertificatePasswordSecretName, ProvisioningProfilePath and VaultName.</para>
/// </remarks>
/// <example>
/// <code>Set-OdcIosConfiguration 'Driver Go' -Stage QA -BuildType Adhoc -AppIdentifier com.acme.driver.qa -WhatIf</code>
/// <para>Shows the request that would change the build type and the identifier.</para>
/// </example>
/// <example>
/// <code>Set-OdcIosConfiguration 'Driver Go' -Stage Production -CertificatePath .\store.p12 -CertificatePasswordSecretName certificate -ProvisioningProfilePath .\store.mobileprovision -BuildType AppStore -PassThru</code>
/// <para>Sets the certificate and the profile from files and the password from the default vault, and writes the configuration.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "OdcIosConfiguration", SupportsShouldProcess = true)]
[ApiOperation(typeof(MobileBuildsApi), nameof(MobileBuildsApi.PatchIosConfiguration))]
[ApiOperation(typeof(MobileBuildsApi), nameof(MobileBuildsApi.GetIosConfiguration), With = "PassThru")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), Reads = "Asset", When = "for types", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[OutputType(typeof(OdcIosConfiguration))]
public sealed class SetOdcIosConfigurationCommand : MobileConfigurationCommand<OdcIosConfiguration>
{
    /// <summary>The mobile apps: objects from Get-OdcAsset or Get-OdcIosConfiguration, names, keys, or rows with a column Asset or AssetKey.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssetKey", "ApplicationKey")]
    [References(typeof(OdcAsset), Also = [typeof(OdcDeployedRevision), typeof(OdcIosConfiguration)], Columns = ["AssetName"])]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The stages, by name or key. Rows can have it in a column Stage, StageName or StageKey.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage), IsOptional = true, Also = [typeof(OdcIosConfiguration)], Besides = [typeof(OdcAsset)], Columns = ["StageName"])]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>The file of the certificate with its private key, in the form PKCS#12.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ConfigurationFile("certificate", SigningFileKind.Certificate)]
    public string? CertificatePath { get; set; }

    /// <summary>The password of the certificate.</summary>
    [Parameter]
    [SecretValue]
    [ConfigurationMember("certificatePassword")]
    public SecureString? CertificatePassword { get; set; }

    /// <summary>The name of a secret in a vault with the password of the certificate.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ConfigurationSecretName("certificatePassword")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? CertificatePasswordSecretName { get; set; }

    /// <summary>The file of the provisioning profile.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ConfigurationFile("provisioningProfile", SigningFileKind.ProvisioningProfile)]
    public string? ProvisioningProfilePath { get; set; }

    /// <summary>The kind of package: Development, AppStore, Adhoc, InHouse or Simulator.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ConfigurationMember("buildType")]
    [Values("Development, AppStore, Adhoc, InHouse, Simulator")]
    public string? BuildType { get; set; }

    private protected override ObjectReference[] Apps => Asset;

    private protected override ObjectReference[] Stages => Stage;

    private protected override string Platform => "iOS";

    private protected override Operation<OdcIosConfiguration> ReadOperation => MobileBuildsApi.GetIosConfiguration;

    private protected override Operation Patch => MobileBuildsApi.PatchIosConfiguration;
}
