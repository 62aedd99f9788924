namespace OdcPowerShell.Cmdlets.CodeQuality;

/// <summary>The outcome of a test as a file: JUnit XML with one test case for each revision and limit, or SARIF with the findings.</summary>
/// <exception cref="OdcException">The file can't be written, or has another ending than .xml or .sarif.</exception>
internal sealed class QualityReport(PSCmdlet cmdlet, string path)
{
    private readonly ReportFile _file = new(cmdlet, path, [".xml", ".sarif"], "Use a file name that ends with .xml for JUnit, or with .sarif for SARIF.");
    private readonly List<QualityOutcome> _outcomes = [];

    /// <summary>Whether the file has the findings, and not only their numbers.</summary>
    internal bool HasFindings => _file.Ending == ".sarif";

    internal void Add(QualityOutcome outcome) => _outcomes.Add(outcome);

    /// <param name="tenant">The tenant.</param>
    /// <param name="pattern">Returns the pattern of an id, if it is known.</param>
    /// <exception cref="OdcException">The file can't be written.</exception>
    internal void Write(string tenant, Func<string?, OdcCodePattern?> pattern) => _file.Write(
        stream =>
        {
            if (HasFindings)
                SarifLog.Write(stream, tenant, _outcomes, pattern);
            else
                WriteXml(stream, tenant);
        },
        "Get-OdcCodeAnalysisSummary shows the numbers of a revision.");

    private void WriteXml(Stream stream, string tenant)
    {
        using var xml = JUnit.Begin(stream, $"Code quality of {tenant}");
        foreach (var outcome in _outcomes)
        {
            var checks = outcome.Result?.Checks ?? [];
            JUnit.BeginSuite(xml, outcome.What, Math.Max(1, checks.Count), checks.Count(c => c.Reason is not null), outcome.Failure is null ? 0 : 1, skipped: 0, outcome.Seconds);
            if (outcome.Failure is { } failure)
                JUnit.WriteCase(xml, outcome.What, "Code analysis", outcome.Seconds, "error", failure.Message, "Odc" + failure.Cause, failure.RecommendedAction);
            foreach (var check in checks)
                JUnit.WriteCase(xml, outcome.What, check.Limit, seconds: 0, check.Reason is null ? null : "failure", check.Reason ?? "", check.Reason is null ? null : "CodeQuality");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}

/// <summary>What a test found about a revision: its result, or why there is none.</summary>
/// <param name="What">The revision with the name of its asset.</param>
/// <param name="Result">The result; null if the revision could not be tested.</param>
/// <param name="Failure">Why it could not be tested.</param>
/// <param name="Findings">Its findings, where the report has them.</param>
/// <param name="Seconds">How long its analysis took.</param>
internal sealed record QualityOutcome(string What, OdcCodeQualityResult? Result, OdcException? Failure, IReadOnlyList<OdcCodeFinding> Findings, double Seconds);
