using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OdcPowerShell.AssetConfigurations;
using OdcPowerShell.AssetRepository;
using OdcPowerShell.Builds;
using OdcPowerShell.CodeQuality;
using OdcPowerShell.DependencyManagement;
using OdcPowerShell.Deployments;
using OdcPowerShell.EnvironmentConfigurations;
using OdcPowerShell.ExternalLibraries;
using OdcPowerShell.Identity;
using OdcPowerShell.MobileBuilds;
using OdcPowerShell.Organization;
using OdcPowerShell.Portfolios;
using OdcPowerShell.Subscription;

namespace OdcPowerShell.Json;

/// <summary>The JSON contracts for the answers of all APIs and for typed bodies. A contract is made when it is first needed.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcDateTimeConverter), typeof(SecretTextConverter)])]
[JsonSerializable(typeof(ApplicationVersion))]
[JsonSerializable(typeof(Page<AssetUsageBlock>))]
[JsonSerializable(typeof(BuildList))]
[JsonSerializable(typeof(CodeFindingsSummary))]
[JsonSerializable(typeof(CodeQualityStatusAnswer))]
[JsonSerializable(typeof(CreatedObject))]
[JsonSerializable(typeof(GenerationContents))]
[JsonSerializable(typeof(GenerationLog))]
[JsonSerializable(typeof(ExtensibilitySettings))]
[JsonSerializable(typeof(MobileBuildValidations))]
[JsonSerializable(typeof(MobileVersionSuggestions))]
[JsonSerializable(typeof(OdcAndroidConfiguration))]
[JsonSerializable(typeof(OdcAsset))]
[JsonSerializable(typeof(Page<OdcAsset>))]
[JsonSerializable(typeof(OdcAssetConfiguration))]
[JsonSerializable(typeof(Page<OdcAssetDependency>))]
[JsonSerializable(typeof(OdcAssetIcon))]
[JsonSerializable(typeof(OdcAssetMetadata))]
[JsonSerializable(typeof(Page<OdcAssetProducer>))]
[JsonSerializable(typeof(Page<OdcAssetProducerNode>))]
[JsonSerializable(typeof(OdcAssetReleaseNote))]
[JsonSerializable(typeof(OdcAssetRevision))]
[JsonSerializable(typeof(Page<OdcAssetRevision>))]
[JsonSerializable(typeof(OdcAssetSignature))]
[JsonSerializable(typeof(OdcAssetSourceCode))]
[JsonSerializable(typeof(OdcBuild))]
[JsonSerializable(typeof(Page<OdcBuildMessage>))]
[JsonSerializable(typeof(Page<OdcBuiltInDomain>))]
[JsonSerializable(typeof(OdcBuiltInDomainAvailability))]
[JsonSerializable(typeof(OdcDefaultDomain))]
[JsonSerializable(typeof(OdcCodeAnalysis))]
[JsonSerializable(typeof(OdcCodeAnalysisSummary))]
[JsonSerializable(typeof(Page<OdcCodeFinding>))]
[JsonSerializable(typeof(Page<OdcCodeFindingTrend>))]
[JsonSerializable(typeof(Page<OdcCodePattern>))]
[JsonSerializable(typeof(Page<OdcCodeQualityMetric>))]
[JsonSerializable(typeof(OdcDeletionAnalysis))]
[JsonSerializable(typeof(Page<OdcDeployedAsset>))]
[JsonSerializable(typeof(OdcDeployment))]
[JsonSerializable(typeof(Page<OdcDeployment>))]
[JsonSerializable(typeof(OdcDeploymentAnalysis))]
[JsonSerializable(typeof(OdcDomain))]
[JsonSerializable(typeof(Page<OdcDomain>))]
[JsonSerializable(typeof(Page<OdcEndUserRole>))]
[JsonSerializable(typeof(Page<OdcEndUserRoleUser>))]
[JsonSerializable(typeof(Page<OdcEntitlementUsage>))]
[JsonSerializable(typeof(OdcExternalLibraryGeneration))]
[JsonSerializable(typeof(Page<OdcExternalLibraryGeneration>))]
[JsonSerializable(typeof(OdcExternalLibrarySourceDownload))]
[JsonSerializable(typeof(OdcGeneratedCodePackage))]
[JsonSerializable(typeof(OdcGroup))]
[JsonSerializable(typeof(Page<OdcGroup>))]
[JsonSerializable(typeof(Page<OdcGroupUser>))]
[JsonSerializable(typeof(OdcIdentityProvider))]
[JsonSerializable(typeof(Page<OdcIdentityProvider>))]
[JsonSerializable(typeof(OdcIosConfiguration))]
[JsonSerializable(typeof(OdcIpFilterGroup))]
[JsonSerializable(typeof(Page<OdcIpFilterGroup>))]
[JsonSerializable(typeof(Page<OdcLibrary>))]
[JsonSerializable(typeof(OdcMobileBuild))]
[JsonSerializable(typeof(Page<OdcMobileBuild>))]
[JsonSerializable(typeof(Page<OdcMobileBuilderVersion>))]
[JsonSerializable(typeof(CursorPage<OdcOperationMessage>))]
[JsonSerializable(typeof(Page<OdcOperationMessage>))]
[JsonSerializable(typeof(OdcOrganization))]
[JsonSerializable(typeof(OdcOrganizationRole))]
[JsonSerializable(typeof(Page<OdcOrganizationRole>))]
[JsonSerializable(typeof(Page<OdcOrganizationRoleUser>))]
[JsonSerializable(typeof(OdcPermission))]
[JsonSerializable(typeof(Page<OdcPermission>))]
[JsonSerializable(typeof(OdcPlatformIpFilterGroup))]
[JsonSerializable(typeof(Page<OdcPortfolio>))]
[JsonSerializable(typeof(OdcPrivateGateway))]
[JsonSerializable(typeof(OdcPrivateGatewayToken))]
[JsonSerializable(typeof(Page<OdcPublicElement>))]
[JsonSerializable(typeof(OdcPublication))]
[JsonSerializable(typeof(Page<OdcPublication>))]
[JsonSerializable(typeof(Page<OdcReferencedElement>))]
[JsonSerializable(typeof(Page<OdcStage>))]
[JsonSerializable(typeof(Page<OdcStageV1>))]
[JsonSerializable(typeof(StageSystemConfiguration))]
[JsonSerializable(typeof(OdcSubscription))]
[JsonSerializable(typeof(OdcSubscriptionConfiguration))]
[JsonSerializable(typeof(OdcUpload))]
[JsonSerializable(typeof(OdcUser))]
[JsonSerializable(typeof(Page<OdcUser>))]
[JsonSerializable(typeof(OdcUserCount))]
[JsonSerializable(typeof(Page<OdcUserEndUserRole>))]
[JsonSerializable(typeof(Page<OdcUserGroup>))]
[JsonSerializable(typeof(OdcUserImport))]
[JsonSerializable(typeof(Page<OdcUserOrganizationRole>))]
[JsonSerializable(typeof(PatchedDomain))]
[JsonSerializable(typeof(StageEntitlements))]
[JsonSerializable(typeof(StartBuildBody))]
[JsonSerializable(typeof(StartDeploymentBody))]
[JsonSerializable(typeof(StartedAnalysis))]
[JsonSerializable(typeof(StartedBuild))]
[JsonSerializable(typeof(StartedLibraryOperation))]
[JsonSerializable(typeof(StartGenerationBody))]
internal sealed partial class OdcJson : JsonSerializerContext
{
    /// <summary>The contract of a type, from the context's own store.</summary>
    internal static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Default.GetTypeInfo(typeof(T))!;
}
