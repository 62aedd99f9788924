namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>Waits for operations that are already running.</summary>
/// <remarks>
/// <para>Waits for builds, deployments, publications, analyses, packages of generated code, mobile builds, imports of users, certificates of domains, private gateways, generations of external libraries and downloads of their source code, all at once, and writes each as soon as it has succeeded. A failed operation is an error with its own messages. The wait outlives outages until -TimeoutSec. Ctrl+C ends the wait, not the operations, and shows the command that resumes it.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Start-OdcBuild | Wait-OdcOperation</code>
/// <para>Starts a build and waits for it.</para>
/// </example>
/// <example>
/// <code>Get-OdcDeployment -Status Running | Wait-OdcOperation -TimeoutSec 1800</code>
/// <para>Waits up to half an hour for all running deployments.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Wait, "OdcOperation")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterDeployments), When = "for several deployments")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetDeployment), When = "for one deployment")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetDeploymentMessages), When = "for a deployment that failed", IsOptional = true)]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterPublications), When = "for several publications")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetPublication), When = "for one publication")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetPublicationMessages), When = "for a publication that failed", IsOptional = true)]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.GetBuild), When = "for builds")]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.GetBuildLog), When = "for a build that failed", IsOptional = true)]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.GetGeneratedCode), When = "for packages")]
[ApiOperation(typeof(AnalysesApi), nameof(AnalysesApi.GetDeploymentAnalysis), When = "for deployment analyses")]
[ApiOperation(typeof(AnalysesApi), nameof(AnalysesApi.GetDeletionAnalysis), When = "for deletion analyses")]
[ApiOperation(typeof(CodeQualityApi), nameof(CodeQualityApi.GetCodeAnalysis), When = "for code analyses")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), When = "for the names of assets", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetBulkOperation), When = "for imports of users")]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.GetDomain), When = "for the certificate of one domain")]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListDomains), When = "for those of several domains of a stage")]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.GetPrivateGateway), When = "for private gateways that are being deactivated")]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.ListGenerations), When = "for several generations of external libraries")]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.GetGeneration), When = "for one generation of an external library")]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.GetLog), When = "for a generation that failed", IsOptional = true)]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.GetSourceDownload), When = "for downloads of source code")]
[OutputType(typeof(OdcBuild), typeof(OdcDeployment), typeof(OdcPublication), typeof(OdcDeploymentAnalysis), typeof(OdcDeletionAnalysis), typeof(OdcGeneratedCodePackage), typeof(OdcUserImport))]
[ApiOperation(typeof(MobileBuildsApi), nameof(MobileBuildsApi.GetBuild), When = "for mobile builds")]
[ApiOperation(typeof(MobileBuildsApi), nameof(MobileBuildsApi.GetBuildLog), When = "for a mobile build that failed", IsOptional = true)]
[OutputType(typeof(OdcCodeAnalysis), typeof(OdcDomain), typeof(OdcPrivateGateway), typeof(OdcExternalLibraryGeneration), typeof(OdcExternalLibrarySourceDownload), typeof(OdcMobileBuild))]
public sealed class WaitOdcOperationCommand : ConnectedCmdlet
{
    private WaitingLoop? _loop;

    /// <summary>The operations, as objects from the commands that start or get them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Resources]
    public OdcResource[] Operation { get; set; } = [];

    /// <summary>How many seconds to wait at most, for all operations together. An operation that takes longer continues, and is an error here.</summary>
    [Parameter]
    [Alias("Timeout")]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutSec { get; set; } = StartCmdlet.UsualTimeout;

    /// <summary>How many seconds to wait for an operation that reports no new status or message. Without it, only -TimeoutSec counts.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [ValueRequired]
    public int StallTimeoutSec { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var operation in Operation)
        {
            if (operation is ILongRunning running)
                (_loop ??= NewLoop(TimeoutSec, StallTimeoutSec)).Add(running);
            else
                WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"Wait-OdcOperation can't wait for {ResourceType.ArticleOf(operation.GetType().Name).ToLowerInvariant()} {operation.GetType().Name}.", "Pipe builds, deployments, publications, analyses, packages, mobile builds, imports, domains, private gateways, generations of external libraries or downloads of source code."), operation));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_loop is not null)
        {
            this.WaitForAll(_loop, outcome =>
            {
                if (this.EndedWell(outcome))
                    Write((OdcResource)outcome.Operation);
            });
        }

        base.EndProcessing();
    }
}
