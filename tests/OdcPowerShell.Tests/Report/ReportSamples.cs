using OdcPowerShell.AssetRepository;
using OdcPowerShell.DependencyManagement;
using OdcPowerShell.Deployments;
using OdcPowerShell.Identity;
using OdcPowerShell.Organization;
using OdcPowerShell.Output.Report;
using OdcPowerShell.Portfolios;
using OdcPowerShell.Subscription;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Tests.Report;

/// <summary>A report of a made-up tenant: the same every time, of any size.</summary>
internal sealed class ReportSamples(int assets = 24, int users = 180, bool isHostile = false)
{
    internal static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 30, 0, TimeSpan.Zero);

    /// <summary>Names that are markup, script, control characters, or long.</summary>
    internal static readonly string[] Hostile =
    [
        "</script><script>document.title='x'</script>", "<img src=x onerror=\"document.title='x';alert(1)\">", "\"><svg/onload=alert(2)>", "javascript:alert(3)", "'; alert(4); '", "<!--", "]]>", "{{script}}",
        "a\u2028b\u2029c", "\u202Eevil\u202C", "<style>*{display:none}</style>", "&lt;b&gt; &amp; &#39;", "\uD800 half", "nul\0 bell\a", "😀 Grüße 日本語", string.Concat(Enumerable.Repeat("long name ", 20)), "https://evil.example/x.png", "</title><base href=https://evil.example/>",
    ];

    private static readonly string[] Names =
    [
        "Order Desk", "Customer Portal", "Claims", "Fleet", "Warehouse", "Expenses", "HR Self Service", "Field Service", "Billing", "Driver Go", "Claim Approval", "Claims Assistant", "Supplier Portal", "Contracts", "Quality Lab",
        "Returns", "Visitor Desk", "Training", "Money Formats", "Common UI", "Address Check", "Audit Log", "PDF Tools", "Notifications",
    ];

    private static readonly string[] First = ["Ana", "Ben", "Chidi", "Dana", "Elif", "Farid", "Grace", "Hugo", "Ines", "Jonas", "Kenji", "Lena"];
    private static readonly string[] Last = ["Abara", "Bauer", "Costa", "Dahl", "Ek", "Fischer", "Gomes", "Haddad", "Ito", "Jensen"];
    private readonly OdcStage[] _stages = [Stage("Development", "Development", 1), Stage("QA", "NonProduction", 2), Stage("Production", "Production", 3)];

    internal static ReportFinding[] Findings { get; } =
    [
        new("SecretExpiry", "High", "Failed", "API client deployer", "", "The secret expires in 6 days.", "Create a new secret in the ODC Portal.", "Register-OdcCredential odc-prod -ExpiresOn 2027-02-01"),
        new("PublicApp", "High", "Failed", "Order Desk", "Production", "The app can be reached from any address.", "Restrict it with an IP filter.", "New-OdcIpFilterGroup Office -Stage Production"),
        new("IdleMember", "Medium", "Failed", "Ana Abara", "", "Ana Abara has not signed in for 200 days.", "Disable the user.", "Disable-OdcUser ana.abara0@acme.example"),
        new("DebugBuild", "Medium", "Failed", "Claims", "QA", "A Debug build runs in QA.", "Deploy a Release build.", "Start-OdcDeployment Claims -Stage QA"),
        new("UntaggedRevision", "Low", "Failed", "Fleet", "Production", "The revision in production has no tag.", "Tag it.", "Set-OdcAssetRevision Fleet 5 -Tag 1.5.0"),
        new("CertificateExpiry", "High", "NotChecked", "Domains of Production", "Production", "The domains could not be read.", "Grant Domain > View domains.", ""),
        new("DefaultDomain", "Medium", "Passed", "QA", "QA", "The stage has a default domain.", "", ""),
        new("SingleAdministrator", "High", "Passed", "Organization", "", "There are 3 administrators.", "", ""),
    ];

    internal string Page(bool showsUsers = false, IReadOnlyList<ReportFinding>? findings = null) => new ReportPage(Report(), new ReportOptions(Title: null, showsUsers, findings ?? FindingsOf(), HasFindings: true)).ToString();

    internal TenantReport Report()
    {
        var random = new Random(7);
        var deployed = Enumerable.Range(0, assets).Where(i => !IsLibrary(i)).Select(i => Deployed(i, random)).ToList();
        return new TenantReport
        {
            Tenant = "acme.outsystems.dev",
            ClientId = "7d1f0c7e-52c6-4f7e-9b0f-3d1f4a1c9a55",
            CreatedAt = Now,
            Days = 30,
            Organization = new("The organization", [new OdcOrganization { Name = isHostile ? Hostile[0] : "ACME Corporation", DataPlatformRegion = "eu-central-1" }]),
            Stages = new("The stages", _stages),
            Assets = new("The assets", [.. Enumerable.Range(0, assets).Select(i => new OdcAsset { AssetKey = Key(1, i), Name = NameOf(i), AssetType = TypeOf(i) })]),
            Deployed = new("The deployed assets", deployed),
            Changes = new("The changes", [.. Changes(random).OrderByDescending(c => c.ChangedAt)]),
            Access = Access(random),
            Usage = [Usage(null, ("Application objects", 8120, 10000, "object"), ("Internal users", 187, 200, "user"), ("Agent executions", 1250, 1000, "execution"), ("Analytics stream", 12, 50, "gigabyte")),
                Usage(_stages[2], ("Database storage", 148, 200, "gigabyte"), ("Custom code duration", 31000, 90000, "second"), ("External users", 420, 1000, "user"))],
            Dependencies = new("The dependencies", [.. Enumerable.Range(0, assets).Select(i => new DependencyNode(Key(1, i), NameOf(i), TypeOf(i), Uses(i)))]),
            Notes = isHostile ? Hostile : ["Builds are left out: GET /api/builds/v1/build-operations: the API client lacks a permission: Asset management > View builds."],
        };
    }

    private IReadOnlyList<ReportFinding> FindingsOf() => isHostile ? [.. Hostile.Select(name => new ReportFinding(name, name, name, name, name, name, name, name))] : Findings;

    private string NameOf(int i) => isHostile && i < Hostile.Length ? Hostile[i] : i < Names.Length ? Names[i] : $"{Names[i % 18]} {i}";

    private bool IsLibrary(int i) => i % Names.Length >= 18;

    private string TypeOf(int i) => IsLibrary(i) ? "LowCodeLibrary" : (i % 24) switch { 9 => "MobileApplication", 10 => "Workflow", 11 => "Agent", _ => "WebApplication" };

    private string[] Uses(int i)
    {
        if (i % Names.Length == 20 || assets < 24)
            return [];
        var libraries = new[] { 18, 19, 20, 21, 22, 23 }.Where(l => l != i && (IsLibrary(i) ? l == 20 && i % 2 == 1 : (i + l) % 4 < 2)).Select(l => Key(1, l));
        return [.. libraries.Concat(IsLibrary(i) || i % 5 != 1 || i < 2 ? [] : [Key(1, i / 5)])];
    }

    private OdcDeployedAsset Deployed(int i, Random random)
    {
        var newest = 4 + random.Next(20);
        var lag = random.Next(6) switch { 0 => 2, 1 => 1, _ => 0 };
        var rows = new List<OdcDeployedRevision>();
        for (var s = 0; s < _stages.Length; s++)
        {
            if (s == 2 && random.Next(9) == 0)
                continue;
            var revision = Math.Max(1, newest - (s * lag));
            rows.Add(new OdcDeployedRevision
            {
                AssetKey = Key(1, i), AssetName = NameOf(i), Revision = revision, Tag = s > 0 ? $"1.{revision}.0" : null, DeployedStageKey = _stages[s].StageKey, DeployedStageName = _stages[s].Name,
                DeployedAt = Now.AddDays(-random.Next(60)).AddMinutes(-random.Next(600)),
            });
        }

        return new OdcDeployedAsset { AssetKey = Key(1, i), AssetType = TypeOf(i), Deployments = rows };
    }

    private IEnumerable<OdcChange> Changes(Random random)
    {
        for (var i = 0; i < Math.Max(70, assets * 2); i++)
        {
            var asset = random.Next(assets);
            var kind = new[] { ChangeKinds.Revision, ChangeKinds.Build, ChangeKinds.Publication, ChangeKinds.Deployment, ChangeKinds.Deployment, ChangeKinds.Configuration }[random.Next(6)];
            var isOfStage = kind is ChangeKinds.Deployment or ChangeKinds.Configuration;
            yield return new OdcChange
            {
                ChangedAt = Now.AddDays(-29 * Math.Sqrt(random.NextDouble())).AddMinutes(-i), Kind = kind, AssetKey = Key(1, asset), AssetName = NameOf(asset), Revision = 3 + random.Next(20),
                StageName = isOfStage ? _stages[1 + random.Next(2)].Name : kind == ChangeKinds.Publication ? "Development" : null,
                Status = kind == ChangeKinds.Revision ? null : random.Next(14) == 0 ? "FinishedWithError" : "Finished",
                CommitMessage = kind == ChangeKinds.Revision ? (isHostile ? Hostile[i % Hostile.Length] : "Faster search, asked for by ana@acme.example") : null, ChangedByName = PersonOf(i),
            };
        }
    }

    private TenantAccess Access(Random random)
    {
        var roles = new[] { "Clerk", "Approver", "Driver", "Auditor" };
        var all = Enumerable.Range(0, users).Select(i => new OdcUser
        {
            UserKey = Key(2, i), Name = isHostile && i < Hostile.Length ? Hostile[i] : PersonOf(i), Email = $"{PersonOf(i).Replace(' ', '.').ToLowerInvariant()}{i}@acme.example", Status = i % 11 == 3 ? "Invited" : i % 13 == 5 ? "Inactive" : "Active",
            LastLoginAt = i % 11 == 3 ? null : Now.AddHours(-random.Next(24 * 200)), Access = new OdcUserRoleKinds { HasEndUserRoles = true, HasOrganizationRoles = i % 9 == 0 },
        }).ToList();
        string[] members = [.. all.Where(u => u.Access!.HasOrganizationRoles == true).Select(u => u.UserKey!)];
        return new TenantAccess
        {
            Users = new("The users", all),
            OrganizationRoles = new("The organization roles", [.. new[] { ("Developer", 0.6), ("Viewer", 0.3), ("Administrator", 0.15), ("Release Crew", 0.1) }
                .Select(r => new RoleMembers(new OdcOrganizationRole { Name = isHostile ? Hostile[2] : r.Item1, Permissions = [new(), new()] }, members.Take((int)(members.Length * r.Item2)).ToArray()))]),
            EndUserRoles = new("The end-user roles", [.. from app in Enumerable.Range(0, Math.Min(assets, 12))
                                                         from role in roles.Take(2 + (app % 3))
                                                         from stage in _stages
                                                         let direct = random.Next(40)
                                                         let groups = random.Next(3)
                                                         select new RoleUse(new OdcEndUserRole { Name = isHostile ? Hostile[app % Hostile.Length] : role, AssetName = NameOf(app), StageName = stage.Name }, direct, groups, direct + (groups * 7))]),
        };
    }

    private TenantPart<OdcEntitlement> Usage(OdcStage? stage, params (string Name, double Used, double Limit, string Unit)[] rows) => new(stage is null ? "The entitlements of the organization" : "The entitlements of Production", [.. rows.Select(r => new OdcEntitlement
    {
        Name = isHostile ? Hostile[1] : r.Name, EntitlementId = r.Name, Value = r.Limit.ToString(System.Globalization.CultureInfo.InvariantCulture), DataType = "Int", Unit = r.Unit, Used = r.Used, LastUpdatedDate = Now - Now.TimeOfDay, StageKey = stage?.StageKey, StageName = stage?.Name,
    })]);

    private static string PersonOf(int i) => $"{First[i % First.Length]} {Last[i / First.Length % Last.Length]}";

    private static OdcStage Stage(string name, string purpose, int order) => new() { StageKey = Key(3, order), Name = name, Purpose = purpose, Order = order, BuiltinDomain = $"acme{(name == "Production" ? "" : "-" + name.ToLowerInvariant())}.outsystems.app" };

    private static string Key(int kind, int number) => new Guid(kind, 0, 0, 0, 0, 0, 0, 0, 0, (byte)(number >> 8), (byte)number).ToString();
}
