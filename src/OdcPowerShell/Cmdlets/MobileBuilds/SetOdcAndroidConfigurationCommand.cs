using System.Security;

namespace OdcPowerShell.Cmdlets.MobileBuilds;

/// <summary>Changes what the Android packages of mobile apps in stages are made with.</summary>
/// <remarks>
/// <para>Only what you specify is changed. The next build uses it: Start-OdcMobileBuild. The service allows ten changes a minute.</para>
/// <para>The keystore is read from a file, and rejected before anything is sent if it can't be one. Its password, and the alias of the key with its password, are secrets: a SecureString, or the name of a secret in a vault. No secret is shown, not even with -WhatIf.</para>
/// <para>Rows can have the columns Asset, Stage, AppIdentifier, BuildType, BuilderVersion, MobileFramework, KeystorePath, KeystorePasswordSecretName, KeyAliasSecretName, KeyAliasPasswordSecretName and VaultName.</para>
/// </remarks>
/// <example>
/// <code>Set-OdcAndroidConfiguration 'Driver Go' -Stage QA -BuildType Bundle -AppIdentifier com.acme.driver.qa -WhatIf</code>
/// <para>Shows the request that would change the build type and the identifier.</para>
/// </example>
/// <example>
/// <code>Set-OdcAndroidConfiguration 'Driver Go' -Stage Production -KeystorePath .\release.keystore -KeystorePasswordSecretName keystore -KeyAliasSecretName key-alias -KeyAliasPasswordSecretName keystore -PassThru</code>
/// <para>Sets the keystore from a file and its secrets from the default vault, and writes the configuration.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "OdcAndroidConfiguration", SupportsShouldProcess = true)]
[ApiOperation(typeof(MobileBuildsApi), nameof(MobileBuildsApi.PatchAndroidConfiguration))]
[ApiOperation(typeof(MobileBuildsApi), nameof(MobileBuildsApi.GetAndroidConfiguration), With = "PassThru")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), Reads = "Asset", When = "for types", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[OutputType(typeof(OdcAndroidConfiguration))]
public sealed class SetOdcAndroidConfigurationCommand : MobileConfigurationCommand<OdcAndroidConfiguration>
{
    /// <summary>The mobile apps: objects from Get-OdcAsset or Get-OdcAndroidConfiguration, names, keys, or rows with a column Asset or AssetKey.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssetKey", "ApplicationKey")]
    [References(typeof(OdcAsset), Also = [typeof(OdcDeployedRevision), typeof(OdcAndroidConfiguration)], Columns = ["AssetName"])]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The stages, by name or key. Rows can have it in a column Stage, StageName or StageKey.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage), IsOptional = true, Also = [typeof(OdcAndroidConfiguration)], Besides = [typeof(OdcAsset)], Columns = ["StageName"])]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>The file of the keystore.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ConfigurationFile("keystore", SigningFileKind.Keystore)]
    public string? KeystorePath { get; set; }

    /// <summary>The password of the keystore.</summary>
    [Parameter]
    [SecretValue]
    [ConfigurationMember("keystorePassword")]
    public SecureString? KeystorePassword { get; set; }

    /// <summary>The name of a secret in a vault with the password of the keystore.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ConfigurationSecretName("keystorePassword")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? KeystorePasswordSecretName { get; set; }

    /// <summary>The alias of the key in the keystore.</summary>
    [Parameter]
    [SecretValue]
    [ConfigurationMember("alias")]
    public SecureString? KeyAlias { get; set; }

    /// <summary>The name of a secret in a vault with the alias of the key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ConfigurationSecretName("alias")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? KeyAliasSecretName { get; set; }

    /// <summary>The password of the key.</summary>
    [Parameter]
    [SecretValue]
    [ConfigurationMember("aliasPassword")]
    public SecureString? KeyAliasPassword { get; set; }

    /// <summary>The name of a secret in a vault with the password of the key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ConfigurationSecretName("aliasPassword")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? KeyAliasPasswordSecretName { get; set; }

    /// <summary>The kind of package: Bundle for the store, Release, or Debug.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ConfigurationMember("buildType")]
    [Values("Bundle", "Debug", "Release")]
    public string? BuildType { get; set; }

    private protected override ObjectReference[] Apps => Asset;

    private protected override ObjectReference[] Stages => Stage;

    private protected override string Platform => "Android";

    private protected override Operation<OdcAndroidConfiguration> ReadOperation => MobileBuildsApi.GetAndroidConfiguration;

    private protected override Operation Patch => MobileBuildsApi.PatchAndroidConfiguration;
}
