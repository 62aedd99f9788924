using System.Text;
using OdcPowerShell.Tenants.Rules;

namespace OdcPowerShell.Cmdlets.Portfolios;

/// <summary>A comparison of two stages as a file: JUnit XML with one test case for each asset, or a Markdown table.</summary>
/// <exception cref="OdcException">The file can't be written, or has another ending.</exception>
internal sealed class StageReport(PSCmdlet cmdlet, string path)
{
    private readonly ReportFile _file = ReportFile.ForRows(cmdlet, path);
    private readonly List<OdcStageComparison> _rows = [];

    internal void Add(OdcStageComparison row) => _rows.Add(row);

    /// <exception cref="OdcException">The file can't be written.</exception>
    internal StageReport Write(OdcStage reference, OdcStage difference)
    {
        var title = $"Assets in {reference} and {difference}";
        if (_file.Ending == ".xml")
            _file.Write(stream => WriteXml(stream, title), "The rows of the command show the same.");
        else
            _file.WriteText(Table(title, reference, difference), "The rows of the command show the same.");
        return this;
    }

    private void WriteXml(Stream stream, string title)
    {
        using var xml = JUnit.Begin(stream, title);
        JUnit.BeginSuite(xml, title, _rows.Count, _rows.Count(IsDifferent), errors: 0, skipped: 0, seconds: 0);
        foreach (var row in _rows)
            JUnit.WriteCase(xml, title, row.AssetName ?? row.AssetKey ?? "", seconds: 0, IsDifferent(row) ? "failure" : null, row.ToString(), IsDifferent(row) ? "Behind" : null, Details(row));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private string Table(string title, OdcStage reference, OdcStage difference)
    {
        var text = new StringBuilder();
        text.Append("## ").Append(Markdown.Escape(title)).Append("\n\n")
            .Append(FormattableString.Invariant($"{_rows.Count(IsDifferent)} of {_rows.Count} assets differ.\n"));
        if (_rows.Count == 0)
            return text.ToString();
        text.Append("\n| Asset | ").Append(Markdown.Escape(reference.ToString())).Append(" | ").Append(Markdown.Escape(difference.ToString())).Append(" | Behind | Since |\n| --- | --- | --- | --- | --- |\n");
        foreach (var row in _rows)
            text.Append("| ").Append(string.Join(" | ", new[] { row.AssetName, row.Reference, row.Difference, row.Behind, Day(row) }.Select(Markdown.Escape))).Append(" |\n");
        return text.ToString();
    }

    private static string Details(OdcStageComparison row) => $"{row.ReferenceStage}: {Shown(row.Reference)}\n{row.DifferenceStage}: {Shown(row.Difference)}{(row.Since is null ? "" : "\nSince " + Day(row))}";

    private static string Shown(string revision) => revision.Length == 0 ? "does not run there" : revision;

    private static string Day(OdcStageComparison row) => row.Since is null ? "" : RuleText.Day(row.Since);

    private static bool IsDifferent(OdcStageComparison row) => row.Behind is not null;
}
