using OdcPowerShell.Builds;
using OdcPowerShell.CodeQuality;
using OdcPowerShell.Deployments;
using OdcPowerShell.Identity;
using OdcPowerShell.MobileBuilds;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Live.Judges;

/// <summary>
/// The closed lists of the API that the module's commands act on. Its types read any text; where a specification is compared too, it says the
/// same of all others.
/// </summary>
internal static class KnownValues
{
    private static readonly IReadOnlyDictionary<(Type Owner, string Property), IReadOnlyList<string>> Lists = new Dictionary<(Type, string), IReadOnlyList<string>>
    {
        [(typeof(OdcUser), nameof(OdcUser.Status))] = ["Active", "Invited", "Inactive", "PendingRegistration"],
        [(typeof(OdcBuild), nameof(OdcBuild.BuildType))] = ["Debug", "Release"],
        [(typeof(OdcBuild), nameof(OdcBuild.Status))] = ["Pending", "Running", "Finished", "FinishedWithErrors", "Deleted", "ToBeDeleted"],
        [(typeof(OdcDeployment), nameof(StageOperation.Status))] = ["Running", "Finished", "FinishedWithError"],
        [(typeof(OdcDeployment), nameof(StageOperation.Operation))] = ["Deploy", "Undeploy", "ApplyConfigs"],
        [(typeof(OdcPublication), nameof(StageOperation.Status))] = ["Running", "Finished", "FinishedWithError"],
        [(typeof(OdcOperationMessage), nameof(OdcOperationMessage.Severity))] = ["Info", "Warning", "Error"],
        [(typeof(OdcMobileBuild), nameof(OdcMobileBuild.Status))] = ["Waiting", "Validating", "Building", "Shielding", "Finished", "Error"],
        [(typeof(OdcMobileBuild), nameof(OdcMobileBuild.Platform))] = ["Android", "iOS"],
        [(typeof(OdcStage), nameof(OdcStage.Purpose))] = ["Development", "NonProduction", "Production"],
        [(typeof(OdcStage), nameof(OdcStage.Status))] = ["Pending", "Configured", "Deployed", "MissingConfigurations", "Ready", "WakingUp", "ScheduledForDeletion", "Hibernated"],
        [(typeof(OdcCodeFinding), nameof(OdcCodeFinding.Severity))] = ["Low", "Medium", "High", "Critical"],
        [(typeof(OdcCodeFinding), nameof(OdcCodeFinding.Status))] = ["Open", "Resolved", "Dismissed", "Snoozed", "Closed"],
    };

    /// <summary>The values of a property; null where any text is expected.</summary>
    internal static IReadOnlyList<string>? Of(Type owner, string? property) => property is null ? null : Lists.GetValueOrDefault((owner, property));
}
