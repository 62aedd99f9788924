using System.Management.Automation;
using OdcPowerShell.Builds;
using OdcPowerShell.DependencyManagement;
using OdcPowerShell.Deployments;
using OdcPowerShell.Http;
using OdcPowerShell.Identity;
using OdcPowerShell.Parameters;
using OdcPowerShell.Pipeline;

namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>Waits for operations that were started elsewhere.</summary>
/// <remarks>
/// <para>Takes builds, deployments, publications, analyses, packages of generated code and imports of users, all at once, and writes each when it has succeeded. One that fails is an error with its own messages. Ctrl+C ends the waiting, not the operations.</para>
/// <para type="operation" when="for several deployments">GET /api/deployments/v1/deployment-operations</para>
/// <para type="operation" when="for one deployment">GET /api/deployments/v1/deployment-operations/{operationKey}</para>
/// <para type="operation" when="for a deployment that failed">GET /api/deployments/v1/deployment-operations/{operationKey}/messages</para>
/// <para type="operation" when="for several publications">GET /api/deployments/v1/publish-operations</para>
/// <para type="operation" when="for one publication">GET /api/deployments/v1/publish-operations/{operationKey}</para>
/// <para type="operation" when="for a publication that failed">GET /api/deployments/v1/publish-operations/{operationKey}/messages</para>
/// <para type="operation" when="for builds">GET /api/builds/v1/build-operations/{operationKey}</para>
/// <para type="operation" when="for a build that failed">GET /api/builds/v1/build-operations/{operationKey}/log-messages</para>
/// <para type="operation" when="for packages">GET /api/builds/v1/build-operations/{operationKey}/generated-code</para>
/// <para type="operation" when="for deployment analyses">GET /api/dependency-management/v1/deployment-analyses/{analysisKey}</para>
/// <para type="operation" when="for deletion analyses">GET /api/dependency-management/v1/deletion-analyses/{analysisKey}</para>
/// <para type="operation" when="for imports of users">GET /api/identity/v1/users/bulk/{key}</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Start-OdcBuild | Wait-OdcOperation</code>
/// <para>Starts a build and waits for it.</para>
/// </example>
/// <example>
/// <code>Get-OdcDeployment -Status Running | Wait-OdcOperation -TimeoutSec 1800</code>
/// <para>Waits up to half an hour for all deployments that are under way.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Wait, "OdcOperation")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterDeployments))]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetDeployment))]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterPublications))]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetPublication))]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.GetBuild))]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.GetGeneratedCode))]
[ApiOperation(typeof(AnalysesApi), nameof(AnalysesApi.GetDeploymentAnalysis))]
[ApiOperation(typeof(AnalysesApi), nameof(AnalysesApi.GetDeletionAnalysis))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetBulkOperation))]
[OutputType(typeof(OdcBuild), typeof(OdcDeployment), typeof(OdcPublication), typeof(OdcDeploymentAnalysis), typeof(OdcDeletionAnalysis), typeof(OdcGeneratedCodePackage), typeof(OdcUserImport))]
public sealed class WaitOdcOperationCommand : ConnectedCmdlet
{
    private readonly List<OdcResource> _operations = [];

    /// <summary>The operations, as objects from the commands that start or get them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Resources]
    public OdcResource[] Operation { get; set; } = [];

    /// <summary>How many seconds to wait at the most. An operation that takes longer continues, and is an error here.</summary>
    [Parameter]
    [Alias("Timeout")]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutSec { get; set; } = 3600;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var operation in Operation)
        {
            if (operation is ILongRunning)
                _operations.Add(operation);
            else
                WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"Wait-OdcOperation can't wait for {Parameters.KindInfo.ArticleOf(operation.GetType().Name).ToLowerInvariant()} {operation.GetType().Name}.", "Pipe builds, deployments, publications, analyses, packages or imports."), operation));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Await(BuildOperations.Builds(Client));
        Await(DeploymentOperations.Deployments(Client));
        Await(DeploymentOperations.Publications(Client));
        Await(AnalysisOperations.Deployment(Client));
        Await(AnalysisOperations.Deletion(Client));
        Await(BuildOperations.Packages(Client));
        Await(UserImports.Kind(Client));
    }

    private void Await<T>(OperationKind<T> kind)
        where T : OdcResource, ILongRunning
    {
        var watch = new OperationWatch<T>(Client, kind, TimeSpan.FromSeconds(TimeoutSec));
        foreach (var operation in _operations.OfType<T>())
            watch.Add(operation);
        this.WaitForAll(watch, ended =>
        {
            if (this.EndedWell(watch, ended))
                Write(ended);
        });
    }
}
