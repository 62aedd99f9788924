using System.Management.Automation.Language;
using System.Text.Json;
using OdcPowerShell.Tests.Deployments;
using OdcPowerShell.Tests.Packaging;
using OdcPowerShell.Tests.Samples;
using OdcPowerShell.Tests.Sandbox;

namespace OdcPowerShell.Tests.Readme;

/// <summary>A pwsh whose environment signs in to an emulated tenant.</summary>
public abstract class ReaderTests : IAsyncLifetime
{
    private protected OdcEmulator Emulator { get; private set; } = null!;

    private protected EmulatedTenant Tenant => Emulator["acme"];

    private protected Pwsh Reader { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Emulator = await Lab.StartAsync();
        Use(Tenant);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Reader.Dispose();
        await Emulator.DisposeAsync();
    }

    private protected void Use(EmulatedTenant tenant)
    {
        Reader.Variables["ODC_TENANT_URL"] = tenant.Url.ToString();
        Reader.Variables["ODC_CLIENT_ID"] = tenant.Clients["admin"].ClientId;
        Reader.Variables["ODC_CLIENT_SECRET"] = tenant.Clients["admin"].Secret;
    }
}

/// <summary>Every line of code in the README is run as it is written, in the pinned pwsh, and what it returns is compared with the emulator's data.</summary>
public sealed class LineTests : ReaderTests
{
    private const string SignedIn = "Connect-Odc -EnvironmentVariable -Name acme";

    private static string Import => $"Import-Module '{ModuleFiles.Manifest}'";

    // A whole tenant takes minutes under the service's limits, which other tests keep to.
    private string Unlimited => $$"""
        $budgets = [AppDomain]::CurrentDomain.GetAssemblies().Where{ $_.GetName().Name -eq 'OdcPowerShell.Core' }[0].GetType('OdcPowerShell.Http.RateBudgets').GetProperty('Shared', [Reflection.BindingFlags] 'NonPublic, Static').GetValue($null)
        $budgets.GetType().GetMethod('Set', [Reflection.BindingFlags] 'NonPublic, Instance').Invoke($budgets, @([uri] '{{Tenant.Url}}', [timespan]::Zero, $null))
        """;

    [Fact]
    public void There_is_no_block_of_code_but_those_of_these_tests()
    {
        Assert.Equal((4, 6, 2), (SampleFile.Blocks("shell").Count(), SampleFile.Blocks("powershell").Count(), SampleFile.Blocks("yaml").Count()));
        // Those and the four that ReadmeTests compares with the sources are all there are.
        Assert.Equal(2 * 16, File.ReadLines(Path.Combine(ModuleFiles.Repository, "README.md")).Count(l => l.TrimStart().StartsWith("```", StringComparison.Ordinal)));
    }

    /// <summary>Their checks run in OdcPowerShell.Live.Tests, and build.ps1 in the suite Package.</summary>
    [Fact]
    public void The_lines_of_the_live_checks_are_lines_of_build_ps1()
    {
        var script = Parser.ParseFile(Path.Combine(ModuleFiles.Repository, "build.ps1"), out _, out _);
        var names = script.ParamBlock.Parameters.Select(p => p.Name.VariablePath.UserPath).ToList();
        var lines = SampleFile.Readme("Verified against a live tenant", "shell").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(3, lines.Length);
        foreach (var line in lines)
        {
            var command = Parser.ParseInput(line, out _, out var errors).FindAll(a => a is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>().Single();
            Assert.Empty(errors);
            Assert.Equal("./build.ps1", command.GetCommandName());
            Assert.Subset(names.ToHashSet(StringComparer.Ordinal), command.CommandElements.OfType<CommandParameterAst>().Select(p => p.ParameterName).ToHashSet(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task The_seven_tasks_return_what_the_tenant_has()
    {
        await File.WriteAllLinesAsync(Path.Combine(Reader.Folder, "users.csv"), ["Email,Name,Group,Stage,Role", "ana@new.example,Ana,Clerks,Production,Clerk", "not an address,Ben,Clerks,Production,", "cleo@new.example,Cléo,Clerks,Production,"], TestContext.Current.CancellationToken);
        var before = DateTimeOffset.UtcNow.AddDays(-90);
        var ran = await Reader.RunAsync(Emulator, $"{Import}; {SignedIn}; $null = New-OdcGroup Clerks -Stage Production", SampleFile.Readme("Seven tasks", "powershell"));
        Assert.Equal(7, ran.Count);

        Assert.Equal(Tenant.OrganizationName, Assert.Single(ran[0].All("Name")));

        Assert.Empty(ran[1].Errors);
        var idle = (await File.ReadAllLinesAsync(Path.Combine(Reader.Folder, "idle.csv"), TestContext.Current.CancellationToken)).Length - 1;
        Assert.Equal(Tenant.Users.Count(u => u is { Status: "Active", LastLoginAt: { } last } && last <= before), idle);
        Assert.InRange(idle, 1, 59);

        var production = Tenant.Stages[^1];
        // Before the line that creates users: none of them has a role yet.
        var old = Tenant.Users.Where(u => !u.Email.EndsWith("@new.example", StringComparison.Ordinal)).ToList();
        var roles = old.SelectMany(u => u.Roles.Where(r => r.StageKey == production.Key).Select(r => $"{u.Email} {r.Name} {Tenant.Identity.AssetNames[r.AssetKey]}")).Concat(
            old.SelectMany(u => u.OrganizationGrants.Select(g => $"{u.Email} {Tenant.Identity.OrganizationRoles.Single(r => r.Key == g.RoleKey).Name} {Tenant.Delivery.Assets.FirstOrDefault(a => a.Key == g.AssetKey)?.Name}"))).Distinct().Order().ToList();
        Assert.Equal(roles, ran[2].All("UserEmail").Zip(ran[2].All("RoleName"), ran[2].All("AssetName")).Select(r => $"{r.First} {r.Second} {r.Third}").Distinct().Order());
        Assert.InRange(roles.Count, 5, 1000);

        Assert.Contains("Row 2", Assert.Single(ran[3].Errors), StringComparison.Ordinal);
        var clerks = Tenant.Identity.Groups.Single(g => g.Name == "Clerks");
        Assert.Equal(["ana@new.example", "cleo@new.example"], Tenant.Identity.MembersOf(clerks).Select(u => u.Email).Order(StringComparer.Ordinal));
        Assert.Equal("Clerk", Assert.Single(Tenant.Users.Single(u => u.Email == "ana@new.example").DirectRoles).Name);

        var delivery = Tenant.Delivery;
        var behind = delivery.Assets.Where(a => delivery.DeployedRevision(a.Key, Tenant.Stages[1].Key) > delivery.DeployedRevision(a.Key, production.Key)).Select(a => a.Name);
        Assert.Equal(behind.Order(StringComparer.Ordinal), ran[4].All("AssetName").Order(StringComparer.Ordinal));
        Assert.All(ran[4].All("Behind"), stage => Assert.Equal("Production", stage));

        // The tenant's history is older; what the other lines changed are users.
        Assert.Empty(ran[5].Errors);
        Assert.Empty(ran[5].All("Kind"));

        Assert.Equal(Tenant.Stages.Select(s => s.Name).Order(StringComparer.Ordinal), ran[6].All("name").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_tenant_becomes_files_that_are_compared_and_imported()
    {
        var lines = SampleFile.Readme("A tenant as files", "powershell");
        var ran = await Reader.RunAsync(Emulator, $"{Import}; {Unlimited}; {SignedIn}", lines);
        Assert.Equal(3, ran.Count);
        Assert.All(ran.Take(2), r => Assert.Empty(r.Errors));
        var files = Directory.EnumerateFiles(Path.Combine(Reader.Folder, "tenant", "stages", "QA", "groups"), "*.json").Count();
        var qa = Tenant.Stages[1].Key;
        Assert.Equal(Tenant.Identity.Groups.Count(g => g.StageKey == qa), files);
        Assert.InRange(files, 1, 1000);

        // What was changed since is found, and would be undone.
        var later = lines[lines.IndexOf("# what differs", StringComparison.Ordinal)..];
        ran = await Reader.RunAsync(Emulator, $"{Import}; {Unlimited}; {SignedIn}; Get-OdcGroup -Stage QA -First 1 | Set-OdcGroup -Description 'not as in git'", later);
        Assert.Contains(ran[0].Errors, e => e.StartsWith("OdcOperationFailed: ./tenant and ", StringComparison.Ordinal));
        Assert.Contains("not as in git", await File.ReadAllTextAsync(Path.Combine(Reader.Folder, "drift.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(Tenant.Identity.Groups, g => g.Description == "not as in git");
    }

    [Fact]
    public async Task Every_way_to_sign_in_signs_in()
    {
        var before = $$"""
            {{Import}}
            {{FakeVault.Install}}
            function Get-AutomationPSCredential { param($Name) if ($Name -eq 'odc') { $credential } }
            function Get-MyCredential { $credential }
            Connect-Odc -Tenant '{{Tenant.Url}}' -Credential $credential -Name first
            $token = (Get-OdcAccessToken).Token
            Disconnect-Odc first
            $after = { Get-OdcConnection | ForEach-Object { "$($_.ClientId) $($_.Source) $(@(Get-OdcUser -First 2).Count)"; $_ | Disconnect-Odc } }
            """;
        var ran = await Reader.RunAsync(Emulator, before, SampleFile.Readme("Sign in", "powershell"));
        Assert.All(ran, r => Assert.Empty(r.Errors));
        var client = Tenant.Clients["admin"].ClientId;
        string[] sources = ["-Credential", "-ClientSecret", "environment", "odc-prod", "odc", "credential provider", "access token"];
        var connected = ran.Where(r => r.After.ValueKind == JsonValueKind.String).Select(r => r.After.GetString()!).ToList();
        Assert.Equal(sources.Length, connected.Count);
        Assert.All(connected.Zip(sources), c => Assert.Matches($"(?i)^({client})? .*{c.Second}.* 2$", c.First));
        Assert.Equal(ran.Count - 1, connected.Count);
    }

    [Fact]
    public async Task The_step_for_Azure_DevOps_deploys_to_Production()
    {
        await using var lab = await StageLab.StartAsync();
        var wanted = lab.Running("Order Desk", lab.Qa);
        Use(lab.Tenant);
        var deploy = Directory.CreateDirectory(Path.Combine(Reader.Folder, "deploy")).FullName;
        File.Copy(Path.Combine(SampleFile.Folder, "Deploy-OdcAsset.ps1"), Path.Combine(deploy, "Deploy-OdcAsset.ps1"));
        var step = Assert.Single(PipelineStep.Read(SampleFile.Readme("Azure DevOps", "yaml")));

        (await Reader.RunAsync($"$ErrorActionPreference = 'stop'; {Import}\n{step.Text}")).Succeeded();
        Assert.Equal(wanted, lab.Running("Order Desk", lab.Production));
    }

    [Fact]
    public async Task The_lines_of_the_sandbox_run_the_readers_own()
    {
        Assert.Equal("dotnet run --project src/OdcPowerShell.Sandbox\n", SampleFile.Blocks("shell").First());
        Assert.Equal("dotnet test\n", SampleFile.Blocks("shell").ElementAt(1));
        var report = Path.Combine(Reader.Folder, "report.ps1");
        await File.WriteAllTextAsync(report, "(Get-OdcOrganization).Name", TestContext.Current.CancellationToken);
        // A pwsh on the PATH, as on a machine that has one.
        var installed = Path.Combine(Reader.Folder, OperatingSystem.IsWindows() ? "pwsh.cmd" : "pwsh");
        await File.WriteAllTextAsync(installed, OperatingSystem.IsWindows() ? $"@dotnet \"{Pwsh.Program}\" %*" : $"#!/bin/sh\nexec dotnet '{Pwsh.Program}' \"$@\"\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(installed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Reader.Variables["PATH"] = Reader.Folder + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");

        var lines = SampleFile.Blocks("shell").ElementAt(2).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] expected = ["Name *Email", "^ACME Corporation\r?\n$", "^Without a terminal there is no prompt"];
        Assert.Equal(expected.Length, lines.Length);
        foreach (var (line, pattern) in lines.Zip(expected))
        {
            // The build under test runs this: it must not be built again meanwhile.
            var command = line.Replace("dotnet run ", $"dotnet run --no-build --configuration {PackageFixture.Configuration} ", StringComparison.Ordinal).Replace("./report.ps1", report, StringComparison.Ordinal);
            var output = (await Reader.RunAsync($"Set-Location '{ModuleFiles.Repository}'; {command}; exit $LASTEXITCODE")).Succeeded();
            Assert.Matches(pattern, output);
        }
    }

    [Fact]
    public async Task The_picture_is_of_a_real_session()
    {
        var picture = Path.Combine(Reader.Folder, "session.svg");
        var script = Path.Combine(ModuleFiles.Repository, "tests", "Readme", "Save-Picture.ps1");
        (await Reader.StartAsync("dotnet", "exec", SandboxTests.Program, "-File", script, "-Path", picture)).Succeeded();
        var committed = await File.ReadAllTextAsync(Path.Combine(ModuleFiles.Repository, "tests", "Readme", "session.svg"), TestContext.Current.CancellationToken);
        Assert.Equal(committed.ReplaceLineEndings("\n"), await File.ReadAllTextAsync(picture, TestContext.Current.CancellationToken));
    }
}

/// <summary>Those lines that install the package.</summary>
[Collection("Package")]
public sealed class InstallLineTests(PackageFixture package) : ReaderTests
{
    [Fact]
    public async Task The_package_is_installed_as_written_and_does_the_main_job()
    {
        Directory.CreateSymbolicLink(Path.Combine(Reader.Folder, "artifacts"), package.Folder);
        var lines = SampleFile.Blocks("powershell", "Install").ToList();
        Assert.Equal("dotnet pack\n", lines[0]);
        var ran = await Reader.RunAsync(Emulator, "$after = { [string] (Get-Module OdcPowerShell -ListAvailable).Version }", lines[1]);
        Assert.All(ran, r => Assert.Empty(r.Errors));
        Assert.Equal("0.1.0", ran[^1].After.GetString());

        var runbook = await Reader.RunAsync(Emulator, "function Get-AutomationPSCredential { param($Name) if ($Name -eq 'odc') { $credential } }", SampleFile.Readme("Azure Automation", "powershell"));
        Assert.Equal(Tenant.Users.Where(u => u.Status == "Invited").Select(u => u.Email).Order(StringComparer.Ordinal), runbook[^1].All("Email").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_job_for_GitHub_installs_the_module_and_deploys_to_Production()
    {
        await using var lab = await StageLab.StartAsync();
        var (wanted, before) = (lab.Running("Order Desk", lab.Qa), lab.Running("Order Desk", lab.Production));
        Assert.NotEqual(wanted, before);
        Use(lab.Tenant);
        var steps = PipelineStep.Read(SampleFile.Readme("GitHub Actions", "yaml"));
        Assert.Equal(2, steps.Count);

        // The repository that a runner would have once the module is in the gallery.
        var repository = $"Unregister-PSResourceRepository -Name PSGallery; Register-PSResourceRepository -Name odc -Uri '{Path.Combine(package.Folder, "module")}'";
        (await Reader.RunAsync($"$ErrorActionPreference = 'stop'; {repository}\n{steps[0].Text}")).Succeeded();
        (await Reader.RunAsync($"$ErrorActionPreference = 'stop'\n{steps[1].Text}")).Succeeded();
        Assert.Equal(wanted, lab.Running("Order Desk", lab.Production));
    }
}
