using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Output.Report;

/// <summary>What the user chose for a page.</summary>
/// <param name="Title">The title; null for the name of the organization.</param>
/// <param name="ShowsUsers">Whether names and e-mails of users are part of it.</param>
/// <param name="Findings">The findings of checks; null where none were run.</param>
/// <param name="HasFindings">Whether the section of findings is wanted.</param>
internal sealed record ReportOptions(string? Title, bool ShowsUsers, IReadOnlyList<ReportFinding>? Findings, bool HasFindings);

/// <summary>
/// Writes a report as one page. The policy of the page allows its own style and script by their hashes and nothing else, so that a name could not run
/// even if it were not escaped.
/// </summary>
internal sealed class ReportPage(TenantReport report, ReportOptions options)
{
    private static readonly Regex Place = new(@"\{\{(?<name>[a-z-]+)\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
    private readonly ReportPrivacy _privacy = new(options.ShowsUsers, report.Access?.Users.Items ?? []);

    private string Title => options.Title ?? (Organization?.Name is { Length: > 0 } name ? name : report.Tenant);

    private OdcOrganization? Organization => report.Organization?.Items is { Count: > 0 } items ? items[0] : null;

    public override string ToString()
    {
        var sections = Sections().ToList();
        var content = new HtmlWriter();
        foreach (var section in sections)
            section.Write(content);
        var (style, script) = (Resource("report.css"), Resource("report.js"));
        var parts = new Dictionary<string, Func<string>>(StringComparer.Ordinal)
        {
            ["title"] = () => new HtmlWriter().Text(Title).ToString(),
            ["version"] = () => new HtmlWriter().Text(Version).ToString(),
            ["style"] = () => style,
            ["style-hash"] = () => HashOf(style),
            ["script"] = () => script,
            ["script-hash"] = () => HashOf(script),
            ["facts"] = Facts,
            ["links"] = () => Links(sections),
            ["unread"] = () => Unread(sections),
            ["tiles"] = () => Tiles(sections),
            ["sections"] = content.ToString,
            ["data"] = () => Data(sections),
        };
        return Place.Replace(Resource("report.html"), place => parts[place.Groups["name"].Value]());
    }

    private IEnumerable<ReportSection> Sections()
    {
        foreach (var finding in options.Findings ?? [])
            _privacy.Learn(finding.Subject, finding.Message);
        if (options.HasFindings)
            yield return new FindingSection(options.Findings, _privacy);
        if (report is { Deployed: not null, Stages: not null })
            yield return new StageSection(report);
        if (report.Changes is not null)
            yield return new ChangeSection(report, _privacy);
        if (report.Access is not null)
            yield return new AccessSection(report, _privacy);
        if (report.Usage is not null)
            yield return new UsageSection(report.Usage);
        if (report.Dependencies is not null)
            yield return new DependencySection(report.Dependencies);
    }

    private string Facts()
    {
        var html = new HtmlWriter();
        Fact("Tenant", report.Tenant);
        if (Organization is { } organization)
        {
            Fact("Organization", organization.Name);
            Fact("Region", organization.DataPlatformRegion ?? organization.PlatformRegion);
        }

        Fact("Made", ReportText.Time(report.CreatedAt) + " UTC");
        Fact("API client", report.ClientId);
        if (report.Stages is { IsRead: true } stages)
            Fact("Stages", string.Join(", ", stages.Items.Select(s => s.Name)));
        return html.ToString();

        void Fact(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                html.Open("div").Element("dt", name).Open("dd").Element("bdi", value).Close("dd").Close("div");
        }
    }

    private static string Links(IEnumerable<ReportSection> sections)
    {
        var html = new HtmlWriter();
        foreach (var section in sections)
            html.Open("li").Element("a", section.Title, ("href", "#" + section.Id)).Close("li");
        return html.ToString();
    }

    private string Unread(IEnumerable<ReportSection> sections)
    {
        var lines = sections.SelectMany(s => s.Unread).Concat(report.Organization is { Reason: { } reason } part ? [(part.Name, reason)] : [])
            .Concat(report.Assets is { Reason: { } unseen } assets ? [(assets.Name, unseen)] : [])
            .Select(u => $"{u.Item1}: {u.Item2}.").Concat(report.Notes.Select(note => _privacy.Hide(note))).Distinct(StringComparer.Ordinal).ToList();
        if (lines.Count == 0)
            return "";
        var html = new HtmlWriter();
        html.Open("div", ("class", "notice"), ("role", "note")).Element("h2", "What could not be read").Open("ul");
        foreach (var line in lines)
            html.Element("li", line);
        return html.Close("ul").Close("div").Line().ToString();
    }

    private static string Tiles(IEnumerable<ReportSection> sections)
    {
        var tiles = sections.SelectMany(s => s.Tiles).ToList();
        if (tiles.Count == 0)
            return "";
        var html = new HtmlWriter();
        html.Open("ul", ("class", "tiles"), ("aria-label", "Figures")).Line();
        foreach (var tile in tiles)
        {
            html.Open("li").Open("a", ("href", "#" + tile.Section), ("class", ReportTable.NameOf(tile.Tone))).Element("span", tile.Name, ("class", "name"))
                .Text(" ").Element("span", tile.Value, ("class", "value")).Text(" ").Element("span", tile.Note, ("class", "more")).Close("a").Close("li").Line();
        }

        return html.Close("ul").Line().ToString();
    }

    // The writer's own escapes leave no character with which markup could begin or end.
    private static string Data(IEnumerable<ReportSection> sections)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject("tables");
            foreach (var table in sections.SelectMany(s => s.Tables).Where(t => t.Rows.Count > 0))
                table.Write(json);
            json.WriteEndObject();
            sections.OfType<DependencySection>().FirstOrDefault()?.Write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string HashOf(string text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        return Convert.ToBase64String(hash.GetHashAndReset());
    }

    // A browser reads line ends as line feeds, and hashes what it read.
    private static string Resource(string name)
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream("OdcPowerShell.Report." + name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }

    private static string Version => typeof(ReportPage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}
