using OdcPowerShell.Tenants;

namespace OdcPowerShell.Output.Report;

/// <summary>How many users have which role; names and e-mails only where they were asked for.</summary>
internal sealed class AccessSection(TenantReport report, ReportPrivacy privacy) : ReportSection("access", "Access by role")
{
    private const int IdleDays = 90;
    private readonly TenantAccess _access = report.Access!;

    private IReadOnlyList<OdcUser> Users => _access.Users.Items;

    internal override IEnumerable<ReportTile> Tiles => !_access.Users.IsRead ? [] :
    [
        new ReportTile(Id, "Users", ReportText.Count(Users.Count), $"{ReportText.Count(Users.Count(u => u.Status == "Active"))} active, {ReportText.Count(Users.Count(u => u.Access?.HasOrganizationRoles == true))} members"),
    ];

    private protected override void WriteContent(HtmlWriter html)
    {
        if (Read(html, _access.Users))
            WriteFigures(html, Figures());
        html.Element("h3", "Organization roles").Line();
        if (Read(html, _access.OrganizationRoles))
            WriteOrganizationRoles(html);
        html.Element("h3", "End-user roles").Line();
        if (Read(html, _access.EndUserRoles))
            WriteEndUserRoles(html);
        if (!privacy.ShowsUsers || !_access.Users.IsRead)
            return;
        html.Element("h3", "Users").Line();
        WriteUsers(html);
    }

    private IEnumerable<(string Name, string Value)> Figures()
    {
        foreach (var status in Users.GroupBy(u => u.Status ?? "unknown", StringComparer.OrdinalIgnoreCase).OrderByDescending(s => s.Count()).ThenBy(s => s.Key, StringComparer.Ordinal))
            yield return (status.Key, ReportText.Count(status.Count()));
        yield return ("Never signed in", ReportText.Count(Users.Count(u => u.LastLoginAt is null)));
        yield return ($"Last sign-in over {IdleDays} days ago", ReportText.Count(Users.Count(u => u.LastLoginAt < report.CreatedAt.AddDays(-IdleDays))));
    }

    private void WriteOrganizationRoles(HtmlWriter html)
    {
        var roles = _access.OrganizationRoles.Items.OrderByDescending(r => r.UserKeys?.Count ?? -1).ThenBy(r => r.Role.Name, StringComparer.OrdinalIgnoreCase).ToList();
        var most = roles.Max(r => r.UserKeys?.Count) ?? 0;
        html.Open("ul", ("class", "bars"));
        foreach (var (role, keys) in roles)
        {
            var count = keys is null ? "not read" : ReportText.Count(keys.Count, "member");
            html.Open("li").Element("span", role.Name, ("class", "name"));
            ReportCharts.WriteMeter(html, keys?.Count ?? 0, most, Tone.Plain, $"{role.Name}: {count}");
            html.Element("span", $"{count}{(role.PermissionCount is { } permissions ? $", {ReportText.Count(permissions, "permission")}" : "")}", ("class", "value")).Close("li").Line();
        }

        html.Close("ul").Line();
    }

    private void WriteEndUserRoles(HtmlWriter html) => Write(html, new ReportTable(
        "roles", "Users by end-user role",
        ["Asset", "Role", new("Stage", HasChoice: true), new("Users", IsNumber: true), new("Directly", IsNumber: true), new("Groups", IsNumber: true)],
        [
            .. _access.EndUserRoles.Items.OrderBy(r => r.Role.AssetName ?? r.Role.AssetKey, StringComparer.OrdinalIgnoreCase).ThenBy(r => r.Role.Name, StringComparer.OrdinalIgnoreCase).ThenBy(r => r.Role.StageName, StringComparer.OrdinalIgnoreCase)
                .Select(r => new ReportCell[] { r.Role.AssetName ?? r.Role.AssetKey, r.Role.Name, r.Role.StageName ?? r.Role.StageKey, ReportCell.Number(r.Users), ReportCell.Number(r.Direct), ReportCell.Number(r.Groups) }),
        ],
        "There are no end-user roles."));

    private void WriteUsers(HtmlWriter html)
    {
        var roles = _access.OrganizationRoles.Items.SelectMany(r => (r.UserKeys ?? []).Select(key => (Key: key, r.Role.Name))).ToLookup(r => r.Key, r => r.Name, StringComparer.OrdinalIgnoreCase);
        Write(html, new ReportTable(
            "users", "Users", ["Name", "E-mail", new("Status", HasChoice: true), new("Last sign-in (UTC)", IsTime: true), "Organization roles", new("Direct end-user roles", IsNumber: true)],
            [
                .. Users.OrderBy(u => u.Name, StringComparer.OrdinalIgnoreCase).ThenBy(u => u.UserKey, StringComparer.OrdinalIgnoreCase).Select(u => new ReportCell[]
                {
                    u.Name, u.Email, u.Status, u.LastLoginAt is null ? new ReportCell("never", -1) : ReportCell.Time(u.LastLoginAt), string.Join(", ", roles[u.UserKey ?? ""]),
                    ReportCell.Number((u.Embedded?.EndUserRoles ?? []).Count(r => r.IsDirect)),
                }),
            ],
            "There are no users."));
    }
}
