using System.Globalization;
using System.Text.Json;

namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>The outcome of a run as a file: JSON, or JUnit XML with one test case an asset and stage.</summary>
/// <exception cref="OdcException">The file can't be written, or has another ending than .json or .xml.</exception>
internal sealed class DeploymentReport(PSCmdlet cmdlet, string path)
{
    private readonly ReportFile _file = new(cmdlet, path, [".json", ".xml"], "Use a file name that ends with .json, or with .xml for JUnit.");
    private readonly DateTimeOffset _startedAt = DateTimeOffset.UtcNow;

    /// <exception cref="OdcException">The file can't be written.</exception>
    internal void Write(DeploymentRun run, OdcConnection connection) => _file.Write(
        stream =>
        {
            if (_file.Ending == ".xml")
                WriteXml(stream, run, connection);
            else
                WriteJson(stream, run, connection);
        },
        "Get-OdcDeployment shows what was deployed.");

    private void WriteJson(Stream stream, DeploymentRun run, OdcConnection connection)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("tenant", connection.Tenant);
        json.WriteString("startedAt", Text(_startedAt));
        json.WriteString("finishedAt", Text(DateTimeOffset.UtcNow));
        json.WriteBoolean("succeeded", run.Targets.All(t => t.IsGood));
        json.WriteStartArray("deployments");
        foreach (var target in run.Targets)
        {
            json.WriteStartObject();
            json.WriteString("stage", target.Stage.ToString());
            json.WriteString("stageKey", target.Stage.StageKey);
            json.WriteString("asset", target.AssetName);
            json.WriteString("assetKey", target.AssetKey);
            json.WriteNumber("revision", target.Item.Revision);
            json.WriteString("tag", target.Item.Tag);
            WriteNumber(json, "replacedRevision", target.Replaced);
            json.WriteString("outcome", Outcome(target));
            json.WriteString("message", target.Reason);
            json.WriteString("operationKey", target.Operation?.OperationKey);
            json.WriteString("buildKey", target.Build.Key);
            json.WriteString("startedAt", Text(target.Operation?.StartedDateTime));
            json.WriteString("finishedAt", Text(target.Operation?.FinishedDateTime));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteXml(Stream stream, DeploymentRun run, OdcConnection connection)
    {
        using var xml = JUnit.Begin(stream, $"Deployments of {connection.Tenant}");
        foreach (var plan in run.Plans)
        {
            JUnit.BeginSuite(xml, plan.Stage.ToString(), plan.Targets.Count, plan.Targets.Count(IsFailure), errors: 0, plan.Targets.Count(IsSkipped), plan.Targets.Sum(Duration));
            foreach (var target in plan.Targets)
            {
                JUnit.WriteCase(
                    xml, target.Stage.ToString(), target.ToString(), Duration(target), IsFailure(target) ? "failure" : IsSkipped(target) ? "skipped" : null, $"{Outcome(target)}: {target.Reason}",
                    !IsFailure(target) ? null : target.Failure is null ? Outcome(target) : "Odc" + target.Failure.Cause, target.Failure?.RecommendedAction ?? "");
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    // If the user declined the plan, its targets are still in the state Planned.
    private static string Outcome(DeploymentTarget target) => target.State switch
    {
        DeploymentState.Planned => nameof(DeploymentState.NotStarted),
        DeploymentState.Deploying => nameof(DeploymentState.StillRunning),
        _ => target.State.ToString(),
    };

    private static bool IsFailure(DeploymentTarget target) => target.Failure is not null || target.State is DeploymentState.Failed or DeploymentState.HeldBack or DeploymentState.StillRunning or DeploymentState.Deploying or DeploymentState.Unknown;

    private static bool IsSkipped(DeploymentTarget target) => !IsFailure(target) && target.State is DeploymentState.Skipped or DeploymentState.NotStarted or DeploymentState.Planned;

    private static double Duration(DeploymentTarget target) =>
        target.Operation is { StartedDateTime: { } started, FinishedDateTime: { } finished } ? Math.Max(0, (finished - started).TotalSeconds) : 0;

    private static string? Text(DateTimeOffset? date) => date?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void WriteNumber(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }
}
