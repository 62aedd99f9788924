using System.Globalization;
using System.Text.Json;
using System.Xml;

namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>The outcome of a run as a file: JSON, or JUnit XML with one test case an asset and stage.</summary>
internal sealed class DeploymentReport
{
    private readonly string _path;
    private readonly bool _isXml;
    private readonly DateTimeOffset _startedAt = DateTimeOffset.UtcNow;

    /// <exception cref="OdcException">The file can't be written, or has another ending than .json or .xml.</exception>
    internal DeploymentReport(PSCmdlet cmdlet, string path)
    {
        _path = FilePaths.Resolve(cmdlet, path);
        _isXml = Path.GetExtension(_path).Equals(".xml", StringComparison.OrdinalIgnoreCase);
        if (!_isXml && !Path.GetExtension(_path).Equals(".json", StringComparison.OrdinalIgnoreCase))
            throw new OdcException(OdcErrorCause.InvalidRequest, $"-OutFile {path} is neither .json nor .xml.", "Use a file name that ends with .json, or with .xml for JUnit.");
        try
        {
            var isNew = !File.Exists(_path);
            File.Open(_path, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
            if (isNew)
                File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OdcException(OdcErrorCause.FileFailed, $"The result file can't be written, so nothing was started: {e.Message}", "Specify a file in an existing folder that you may write to.", e);
        }
    }

    /// <exception cref="OdcException">The file can't be written.</exception>
    internal void Write(DeploymentRun run, OdcConnection connection)
    {
        using var memory = new MemoryStream();
        if (_isXml)
            WriteXml(memory, run, connection);
        else
            WriteJson(memory, run, connection);
        try
        {
            File.WriteAllBytes(_path, memory.ToArray());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OdcException(OdcErrorCause.FileFailed, $"The result file could not be written: {e.Message}", "Get-OdcDeployment shows what was deployed.", e);
        }
    }

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
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, CheckCharacters = false });
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", $"Deployments of {connection.Tenant}");
        foreach (var plan in run.Plans)
        {
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", plan.Stage.ToString());
            xml.WriteAttributeString("tests", Text(plan.Targets.Count));
            xml.WriteAttributeString("failures", Text(plan.Targets.Count(IsFailure)));
            xml.WriteAttributeString("skipped", Text(plan.Targets.Count(IsSkipped)));
            xml.WriteAttributeString("errors", "0");
            xml.WriteAttributeString("time", Seconds(plan.Targets.Sum(Duration)));
            foreach (var target in plan.Targets)
                WriteCase(xml, target);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, DeploymentTarget target)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", target.Stage.ToString());
        xml.WriteAttributeString("name", Clean(target.ToString()));
        xml.WriteAttributeString("time", Seconds(Duration(target)));
        if (IsFailure(target) || IsSkipped(target))
        {
            xml.WriteStartElement(IsFailure(target) ? "failure" : "skipped");
            xml.WriteAttributeString("message", Clean($"{Outcome(target)}: {target.Reason}"));
            if (IsFailure(target))
                xml.WriteAttributeString("type", target.Failure is null ? Outcome(target) : "Odc" + target.Failure.Cause);
            xml.WriteString(Clean(target.Failure?.RecommendedAction ?? ""));
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

    private static string Seconds(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string? Text(DateTimeOffset? date) => date?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void WriteNumber(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }

    // XML can't contain control characters.
    private static string Clean(string text) => new([.. text.Select(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : ' ')]);
}
