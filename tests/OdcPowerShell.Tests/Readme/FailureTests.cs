using OdcPowerShell.Tests.Contract.Specs;
using OdcPowerShell.Tests.Deployments;
using OdcPowerShell.Tests.Samples;

namespace OdcPowerShell.Tests.Readme;

/// <summary>The README's tasks and its job for GitHub with a misspelt name, without a permission, and behind a page that wants a sign-in: each fails, and says why.</summary>
public sealed class FailureTests : IAsyncLifetime
{
    private const string Page = "<html><body>Please sign in to Example Net</body></html>";
    private readonly Pwsh _pwsh = new();
    private Recorder _page = null!;

    private static string Import => $"Import-Module '{ModuleFiles.Manifest}'";

    public async ValueTask InitializeAsync()
    {
        _page = await Recorder.StartAsync();
        _page.Answer = _ => new RecorderAnswer(200, Page) { ContentType = "text/html" };
    }

    public async ValueTask DisposeAsync()
    {
        _pwsh.Dispose();
        await _page.DisposeAsync();
    }

    [Fact]
    public async Task Each_of_the_seven_tasks_fails_and_says_why()
    {
        await using var emulator = await Lab.StartAsync(hasGlobex: false);
        var tenant = emulator["acme"];
        await File.WriteAllLinesAsync(Path.Combine(_pwsh.Folder, "users.csv"), ["Email,Name", "ana@new.example,Ana", "cleo@new.example,Cl\u00e9o"], TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(Path.Combine(_pwsh.Folder, "misspelt.csv"), ["Email,Name,Group,Stage", "ana@new.example,Ana,Clerks,Prodction", "cleo@new.example,Cl\u00e9o,Clreks,Production"], TestContext.Current.CancellationToken);
        var tasks = SampleFile.Readme("Seven tasks", "powershell");
        var misspelt = Misspelt(tasks, ("Production", "Prodction"), ("users.csv", "misspelt.csv"), ("environments", "environmnts"), ("Active", "Actve"));
        var before = $$"""
            {{Import}}
            $ErrorActionPreference = 'Continue'
            Connect-Odc '{{tenant.Url}}' -Credential $credential -Name admin -MaximumRetryCount 1
            $null = New-OdcGroup Clerks -Stage Production
            $empty = [pscredential]::new('{{tenant.Clients["empty"].ClientId}}', (ConvertTo-SecureString '{{tenant.Clients["empty"].Secret}}' -AsPlainText -Force))
            """;
        var code = $"{misspelt}\nConnect-Odc '{tenant.Url}' -Credential $empty -Name empty -MaximumRetryCount 1\n{tasks}\nConnect-Odc '{_page.Url}' -Credential $credential -Name page -MaximumRetryCount 1\n{tasks}";
        var ran = await _pwsh.RunAsync(emulator, before, code);
        Assert.Equal((7 * 3) + 2, ran.Count);
        Assert.Empty(ran[7].Errors.Concat(ran[15].Errors));

        // Which organization it is, and what changed, say no name that could be misspelt.
        Assert.Empty(ran[0].Errors.Concat(ran[5].Errors));
        Says(ran[1], "OdcInvalidRequest", "Actve");
        Says(ran[2], "OdcNotFound", "Prodction");
        Says(ran[3], "Odc", "Prodction");
        Says(ran[3], "Odc", "Clreks");
        Says(ran[4], "OdcNotFound", "Prodction");
        Says(ran[6], "OdcUnavailable", "environmnts");
        foreach (var task in ran.Skip(8).Take(7))
            Says(task, "Odc", "permission");
        foreach (var task in ran.Skip(16).Take(7))
            Says(task, "OdcUnexpectedResponse", "Please sign in to Example Net");
        Assert.DoesNotContain(tenant.Users, u => u.Email.EndsWith("new.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_job_for_GitHub_ends_with_an_exit_code_and_says_why()
    {
        await using var lab = await StageLab.StartAsync();
        var before = lab.Running("Order Desk", lab.Production);
        Assert.NotEqual(lab.Running("Order Desk", lab.Qa), before);
        var job = PipelineStep.Read(SampleFile.Readme("GitHub Actions", "yaml"))[1].Text;
        var (admin, reader) = (lab.Tenant.Clients["admin"], lab.Tenant.Clients["empty"]);
        reader.Permissions = [.. admin.Permissions.Where(p => !p.Contains("eploy", StringComparison.Ordinal))];

        (string Job, string Url, ApiClient Client, string[] Said)[] jobs =
        [
            (Misspelt(job, ("Order Desk", "Order Dsk")), lab.Tenant.Url.ToString(), admin, ["Order Dsk"]),
            (Misspelt(job, ("Stage QA", "Stage QAA")), lab.Tenant.Url.ToString(), admin, ["QAA"]),
            (Misspelt(job, ("Production", "Prodction")), lab.Tenant.Url.ToString(), admin, ["Prodction"]),
            (job, lab.Tenant.Url.ToString(), reader, ["lacks a permission"]),
            (job, _page.Url, admin, ["Please sign in to Example Net"]),
        ];
        // As a runner runs a step; one process for all, but for the exit code of one.
        var script = $$"""
            {{Import}}
            $jobs = Get-Content -Raw jobs.json | ConvertFrom-Json
            foreach ($job in $jobs) {
                $env:ODC_TENANT_URL, $env:ODC_CLIENT_ID, $env:ODC_CLIENT_SECRET = $job.Url, $job.Id, $job.Secret
                Get-OdcConnection | Disconnect-Odc
                $said = try { & ([scriptblock]::Create("`$ErrorActionPreference = 'stop'`n" + $job.Text)) *>&1 | Out-String -Width 400; 'ENDED WELL' } catch { "$_" }
                '@@' + (ConvertTo-Json -Compress "$said")
            }
            """;
        await File.WriteAllTextAsync(Path.Combine(_pwsh.Folder, "jobs.json"), System.Text.Json.JsonSerializer.Serialize(jobs.Select(j => new { j.Url, Id = j.Client.ClientId, j.Client.Secret, Text = j.Job })), TestContext.Current.CancellationToken);
        var said = (await _pwsh.RunAsync(script)).Succeeded().Split('\n').Where(l => l.StartsWith("@@", StringComparison.Ordinal)).Select(l => System.Text.Json.JsonSerializer.Deserialize<string>(l[2..])!).ToList();
        Assert.Equal(jobs.Length, said.Count);
        Assert.All(said.Zip(jobs), pair => Assert.All(pair.Second.Said, part => Assert.Contains(part, pair.First, StringComparison.Ordinal)));
        Assert.All(said, text => Assert.DoesNotContain("ENDED WELL", text, StringComparison.Ordinal));

        (_pwsh.Variables["ODC_TENANT_URL"], _pwsh.Variables["ODC_CLIENT_ID"], _pwsh.Variables["ODC_CLIENT_SECRET"]) = (jobs[0].Url, admin.ClientId, admin.Secret);
        var ended = await _pwsh.RunAsync($"$ErrorActionPreference = 'stop'; {Import}\n{jobs[0].Job}");
        Assert.Equal(1, ended.Code);
        Assert.Contains("Order Dsk", ended.Output + ended.Error, StringComparison.Ordinal);
        Assert.Equal(before, lab.Running("Order Desk", lab.Production));
        // Without the permission, the service is asked and says so.
        Assert.All(lab.Sent(StageLab.Posts), r => Assert.Equal(403, r.Status));
    }

    /// <summary>Whichever permission is taken away: the job deploys what it says, or it fails and says which.</summary>
    [Fact]
    public async Task Without_any_one_permission_the_job_deploys_or_says_which_it_lacks()
    {
        await using var lab = await StageLab.StartAsync();
        var job = PipelineStep.Read(SampleFile.Readme("GitHub Actions", "yaml"))[1].Text.Replace("Connect-Odc -EnvironmentVariable", "", StringComparison.Ordinal).TrimEnd() + " -WhatIf";
        var client = lab.Tenant.Clients["empty"];
        var all = lab.Tenant.Clients["admin"].Permissions;
        var (denied, found) = (0, new List<string>());
        foreach (var permission in all)
        {
            client.Permissions = [.. all.Except([permission])];
            lab.Shell.Connect(lab.Tenant, "empty", "-Name job -Force").ThrowOnError();
            var result = lab.Shell.Run("$ErrorActionPreference = 'stop'; " + job);
            if (result.HasError)
            {
                denied++;
                if (!(result.Error + result.Error.ErrorDetails.RecommendedAction).Contains(permission, StringComparison.Ordinal))
                    found.Add($"{permission}: {result.Error}");
            }
            else if (!lab.Shell.Host.Text.Contains("Order Desk", StringComparison.Ordinal))
            {
                found.Add($"{permission}: nothing");
            }

            lab.Shell.Run("Disconnect-Odc job");
        }

        Faults.None(found);
        Assert.InRange(denied, 1, all.Count - 1);
    }

    private static void Says(Code.Ran task, string id, string part)
    {
        if (!task.Errors.Any(e => e.StartsWith(id, StringComparison.Ordinal) && e.Contains(part, StringComparison.Ordinal)))
            Assert.Fail($"{task.Line} did not say {id}, {part}: {string.Join('\n', task.Errors)}");
    }

    private static string Misspelt(string code, params (string Name, string Wrong)[] names)
    {
        foreach (var (name, wrong) in names)
        {
            Assert.Contains(name, code, StringComparison.Ordinal);
            code = code.Replace(name, wrong, StringComparison.Ordinal);
        }

        return code;
    }
}
