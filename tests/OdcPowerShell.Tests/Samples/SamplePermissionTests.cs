using OdcPowerShell.Http;
using OdcPowerShell.Tests.Deployments;
using OdcPowerShell.Tests.Session;

namespace OdcPowerShell.Tests.Samples;

/// <summary>An API client with the permissions that Get-OdcRequiredPermission lists for a sample, and no other, can run it. Without one of them it can't, or only leaves out what is optional.</summary>
[Collection(nameof(EnvironmentTests))]
public sealed class SamplePermissionTests : IDisposable
{
    // Azure's commands, and a sign-in with the environment's client, however the sample signs in.
    private const string StandIns = """
        foreach ($name in 'Az.Accounts', 'Az.KeyVault', 'Microsoft.PowerShell.SecretManagement') { if (-not (Get-Module $name)) { New-Module -Name $name -ScriptBlock {} | Import-Module } }
        function Connect-AzAccount { [pscustomobject]@{ Context = [pscustomobject]@{ Subscription = [pscustomobject]@{ Id = 'x' } } } }
        function Register-SecretVault {}
        function Connect-Odc { OdcPowerShell\Connect-Odc -EnvironmentVariable; $speedUp.Invoke((OdcPowerShell\Get-OdcConnection -Default)) }
        """;

    /// <summary>How each sample is run, and what it then writes.</summary>
    private static readonly Dictionary<string, (string Line, string Writes)> Runs = new()
    {
        ["Deploy-OdcAsset.ps1"] = ("& $sample -Asset 'Order Desk' -From Development -To QA -OutFile $folder/out.xml", "Deployed Order Desk"),
        ["Export-OdcUsageReport.ps1"] = ("& $sample -Stage Production -Folder $folder", " rows of "),
        ["Export-OdcUserAudit.ps1"] = ("& $sample -Stage QA -Folder $folder", " roles of "),
        ["Publish-OdcMobileApp.ps1"] = ("& $sample -Asset 'Driver Go' -Stage QA -MinimumScore 60 -Folder $folder", "Saved "),
        ["Runbook-AutomationCredential.ps1"] = ("& $sample -Stage QA; 'ended'", "ended"),
        ["Runbook-KeyVault.ps1"] = ("& $sample -KeyVault contoso-kv", "have not signed in"),
        ["Set-OdcSettings.ps1"] = ("'Asset,Name,Value', 'Order Desk,MaxOrderLines,321' | Set-Content $folder/settings.csv; & $sample -Path $folder/settings.csv -Stage QA", "Applied the settings of Order Desk"),
        ["profile.ps1"] = (". $sample; odc; prompt", "PS "),
    };

    /// <summary>Samples that need a process of their own, with the sample whose permissions they need.</summary>
    private static readonly Dictionary<string, string> OfOthers = new() { ["Export-OdcUserAudit.Tests.ps1"] = "Export-OdcUserAudit.ps1" };

    /// <summary>Samples that Pester runs, with the commands whose permissions they need. The rules that lack one are skipped, which the tests of the rules show.</summary>
    private static readonly Dictionary<string, string> OfCommands = new() { ["Test-OdcTenant.Tests.ps1"] = "Test-OdcTenant -IncludePassed" };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public static TheoryData<string> Samples => [.. SampleFile.Scripts];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task It_runs_with_its_permissions_and_not_without_one(string sample)
    {
        var rows = Required(sample);
        Assert.DoesNotContain(rows, r => r.Needed == "Unknown");
        if (OfCommands.TryGetValue(sample, out var command))
        {
            Assert.NotEmpty(rows);
            Assert.Equal(RequiredBy($"-ScriptBlock {{ {command} }}").Select(r => $"{r.Permission} {r.Needed}"), rows.Select(r => $"{r.Permission} {r.Needed}"));
            return;
        }

        if (OfOthers.TryGetValue(sample, out var other))
        {
            Assert.Equal(Required(other).Select(r => $"{r.Permission} {r.Needed}"), rows.Select(r => $"{r.Permission} {r.Needed}"));
            return;
        }

        Assert.True(Runs.ContainsKey(sample), $"add {sample} to the samples that are run here");
        var granted = Chosen(rows);
        var (code, log) = await RunAsync(sample, granted);
        Assert.True(code == 0 && log.Contains(Runs[sample].Writes, StringComparison.Ordinal), $"{sample} with {string.Join(", ", granted)}: {code}\n{log}");

        var faults = new List<string>();
        foreach (var taken in granted)
        {
            var need = rows.Where(r => Enough(r, granted.Where(g => g != taken)) == false).Select(r => r.Needed).Distinct().ToList();
            (code, log) = await RunAsync(sample, [.. granted.Where(g => g != taken)]);
            var hasRun = code == 0 && log.Contains(Runs[sample].Writes, StringComparison.Ordinal);
            var isNamed = log.Contains(taken.Split(" > ")[1], StringComparison.Ordinal);
            // What is needed only if a condition holds is named when it does.
            var isRight = need.Contains("Always") ? !hasRun && isNamed : need.Contains("OnlyIf") ? hasRun || isNamed : hasRun;
            if (!isRight)
                faults.Add($"{sample} without {taken} ({string.Join(", ", need)}): {(hasRun ? "runs" : "fails")}, {code}\n{log}");
        }

        Faults.None(faults);
    }

    [Fact]
    public async Task What_is_optional_is_left_out_with_a_verbose_line()
    {
        var rows = Required("Export-OdcUserAudit.ps1");
        const string names = "Asset management > Open";
        Assert.Equal("Optional", Assert.Single(rows, r => r.Permission == names).Needed);
        var granted = Chosen(rows);
        var (code, log) = await RunAsync("Export-OdcUserAudit.ps1", [.. granted.Where(g => g != names)], "$VerbosePreference = 'Continue'");
        Assert.Equal(0, code);
        Assert.Contains("Asset names are left out: the API client lacks", log, StringComparison.Ordinal);
        Assert.Contains(names, log, StringComparison.Ordinal);
        (_, log) = await RunAsync("Export-OdcUserAudit.ps1", granted, "$VerbosePreference = 'Continue'");
        Assert.DoesNotContain("are left out", log, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static IReadOnlyList<OdcRequiredPermission> Required(string sample) => RequiredBy($"'{Path.Combine(SampleFile.Folder, sample)}'");

    private static IReadOnlyList<OdcRequiredPermission> RequiredBy(string arguments)
    {
        using var shell = new Shell();
        return shell.Run($"Get-OdcRequiredPermission {arguments}").All<OdcRequiredPermission>();
    }

    /// <summary>The permissions of the rows. Of alternatives, one that another row needs, or else the first.</summary>
    private static IReadOnlyList<string> Chosen(IReadOnlyList<OdcRequiredPermission> rows)
    {
        List<string> single = [.. rows.Where(r => r.Names.Count == 1).Select(r => r.Names[0])];
        var others = rows.Where(r => r.Names.Count > 1 && !r.Names.Intersect(single).Any()).Select(r => r.Names[0]);
        var all = single.Concat(others).Distinct().ToList();
        // Any permission is enough.
        return all.Count == 0 ? ["Stage > View stage"] : all;
    }

    private static bool? Enough(OdcRequiredPermission row, IEnumerable<string> granted) => row.Names.Count == 0 ? null : row.Names.Intersect(granted).Any();

    private async Task<(int Code, string Log)> RunAsync(string sample, IReadOnlyList<string> permissions, string before = "")
    {
        await using var emulator = await Lab.StartAsync(users: 12);
        var tenant = emulator["acme"];
        var client = tenant.Clients["empty"];
        client.Permissions = permissions.ToList();
        using var shell = new Shell();
        shell.Set("sample", Path.Combine(SampleFile.Folder, sample));
        shell.Set("folder", _folder.FullName);
        shell.Set("speedUp", new Action<OdcConnection>(c => c.Client.Polling = new PollPlan(TimeSpan.FromMilliseconds(60), TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(60))));
        var set = new Dictionary<string, string> { ["ODC_TENANT_URL"] = tenant.Url.ToString(), ["ODC_CLIENT_ID"] = client.ClientId, ["ODC_CLIENT_SECRET"] = client.Secret };
        try
        {
            foreach (var (name, value) in set)
                Environment.SetEnvironmentVariable(name, value);
            shell.Run(StandIns).ThrowOnError();
            var result = shell.Run($"{before}\n$global:LASTEXITCODE = 0\n{Runs[sample].Line}");
            var code = result.HasError ? 1 : (int?)shell.Runspace.SessionStateProxy.GetVariable("LASTEXITCODE") ?? 0;
            var log = result.Output.Select(o => o.ToString()!).Concat(result.Warnings).Concat(result.Verbose).Concat(result.Errors.Select(e => $"{e} {e.ErrorDetails?.RecommendedAction}"));
            return (code, string.Join('\n', [.. log, shell.Host.Text, result.Terminating?.Message ?? ""]));
        }
        finally
        {
            foreach (var name in set.Keys)
                Environment.SetEnvironmentVariable(name, null);
        }
    }
}
