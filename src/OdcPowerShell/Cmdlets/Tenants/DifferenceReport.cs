using System.Globalization;
using System.Text;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Cmdlets.Tenants;

/// <summary>One side of a comparison.</summary>
/// <param name="Name">What it is called in rows: Files, Tenant, or the name of a folder, a stage or a tenant.</param>
/// <param name="Content">Its objects.</param>
internal sealed record TenantSide(string Name, TenantContent Content)
{
    /// <summary>The side and its verb in messages: the files were exported.</summary>
    internal string What => Name switch { "Files" => "the files were exported", "Tenant" => "the tenant was read", _ => $"{Name} was exported or read" };
}

/// <summary>Two contents and what differs between them.</summary>
/// <param name="What">What was compared, for messages.</param>
/// <param name="One">The reference.</param>
/// <param name="Other">What is compared with it, named as the reference is where only the case differs.</param>
/// <param name="AreStages">Whether these are two stages of one tenant.</param>
internal sealed record TenantCompared(string What, TenantSide One, TenantSide Other, bool AreStages)
{
    /// <summary>A row for each difference.</summary>
    internal IReadOnlyList<OdcTenantDifference> Rows { get; } = [.. TenantComparison.Of(One.Content, Other.Content)
        .OrderBy(found => found.Kind.Place).ThenBy(found => found.Stage, StringComparer.Ordinal).ThenBy(found => found.Name, StringComparer.Ordinal)
        .Select(found => OdcTenantDifference.Of(found, One.Content.Find(found.Kind, found.Stage, found.Name), One.Name, Other.Name, AreStages))];

    /// <summary>What either side has not read, or is not complete for.</summary>
    internal IReadOnlyList<UnreadPart> Unread { get; } = TenantContent.Sorted(One.Content.Unread.Concat(Other.Content.Unread).Concat(Outside(One, Other)).Concat(Outside(Other, One)));

    /// <summary>The objects of either side that were compared.</summary>
    internal IReadOnlyList<TenantDocument> Objects { get; } = TenantContent.Sorted(
        One.Content.Documents.Concat(Other.Content.Documents).GroupBy(d => d.Identity).Select(same => same.First()).Where(d => IsKnown(One.Content, d) && IsKnown(Other.Content, d)));

    /// <summary>The objects of one side that the other could not read.</summary>
    internal IReadOnlyList<TenantDocument> Lost { get; } = TenantContent.Sorted(Lacking(One.Content, Other.Content).Concat(Lacking(Other.Content, One.Content)));

    internal bool IsAnyCompared => Objects.Count > 0;

    internal string Summary => Rows.Count > 0
        ? string.Join(", ", Rows.GroupBy(r => r.Change!, StringComparer.Ordinal).OrderBy(same => same.Key, StringComparer.Ordinal).Select(same => FormattableString.Invariant($"{same.Count()} {same.Key.ToLowerInvariant()}"))) + "."
        : !IsAnyCompared ? "Nothing was compared." : Unread.Count > 0 ? "No differences in what was compared." : "No differences.";

    private static bool IsKnown(TenantContent content, TenantDocument document) => content.Find(document.Kind, document.Stage, document.Name) is not null || !TenantComparison.IsUnread(content, document);

    private static IEnumerable<TenantDocument> Lacking(TenantContent content, TenantContent other) =>
        other.Documents.Where(d => content.Find(d.Kind, d.Stage, d.Name) is null && content.Unread.Any(u => u.Covers(d.Kind, d.Stage, d.Name)));

    // One row for a kind, and not one for each of its objects.
    private static IEnumerable<UnreadPart> Outside(TenantSide side, TenantSide other) => other.Content.Documents.Where(d => side.Content.Scope?.Covers(d.Kind, d.Stage) == false)
        .Select(d => new UnreadPart(d.Kind, side.Content.Scope!.Kinds.Contains(d.Kind) ? d.Stage : null, Name: null, $"{side.What} without it (-Kind, -Stage or -IncludeUser)")).Distinct();
}

/// <summary>The outcome of a comparison as a file: JUnit XML with one test case for each object, or a Markdown table.</summary>
/// <exception cref="OdcException">The file can't be written, or has another ending.</exception>
internal sealed class DifferenceReport(PSCmdlet cmdlet, string path)
{
    private readonly ReportFile _file = ReportFile.ForRows(cmdlet, path);

    /// <exception cref="OdcException">The file can't be written.</exception>
    internal DifferenceReport Write(TenantCompared compared)
    {
        if (_file.Ending == ".xml")
            _file.Write(stream => WriteXml(stream, compared), "The rows of the command show the same.");
        else
            _file.WriteText(Table(compared), "The rows of the command show the same.");
        return this;
    }

    private static void WriteXml(Stream stream, TenantCompared compared)
    {
        using var xml = JUnit.Begin(stream, $"Differences of {compared.What}");
        var rows = compared.Rows.ToLookup(r => r.Identity);
        foreach (var kind in TenantKinds.All)
        {
            var objects = compared.Objects.Where(d => d.Kind == kind).ToList();
            var unread = compared.Unread.Where(u => u.Kind == kind).ToList();
            if (objects.Count + unread.Count == 0)
                continue;
            JUnit.BeginSuite(xml, kind.Name, objects.Count + unread.Count, objects.Count(d => rows.Contains(d.Identity)), errors: 0, unread.Count, seconds: 0);
            foreach (var document in objects)
            {
                var found = rows[document.Identity].ToList();
                JUnit.WriteCase(
                    xml, kind.Name, document.ToString(), seconds: 0, found.Count == 0 ? null : "failure", found.Count == 0 ? "" : found[0].ToString(), found.Count == 0 ? null : found[0].Change,
                    string.Join("\n", found.Select(row => $"{row}: {row.Reference ?? "-"} -> {row.Difference ?? "-"}{(row.File is null ? "" : $" ({row.File})")}")));
            }

            foreach (var part in unread)
                JUnit.WriteCase(xml, kind.Name, part.ToString(), seconds: 0, "skipped", part.Reason);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Table(TenantCompared compared)
    {
        var text = new StringBuilder();
        text.Append("## Differences of ").Append(Markdown.Escape(compared.What)).Append("\n\n").Append(Markdown.Escape(compared.Summary)).Append('\n');
        if (compared.Rows.Count > 0)
        {
            text.Append("\n| Change | Only in | Kind | Name | Stage | Property | Reference | Difference |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n");
            foreach (var row in compared.Rows)
                text.Append("| ").Append(string.Join(" | ", new[] { row.Change, row.OnlyIn, row.Kind, row.Name, row.Stage, row.Property, row.Reference, row.Difference }.Select(Markdown.Escape))).Append(" |\n");
        }

        if (compared.Unread.Count > 0)
            text.Append("\nNot compared:\n\n");
        foreach (var part in compared.Unread)
            text.Append("- ").Append(Markdown.Escape(part.ToString())).Append('\n');
        return text.ToString();
    }
}
