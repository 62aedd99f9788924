using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace OdcPowerShell.Tests.Sandbox;

/// <summary>The sandbox as a process without a terminal: what a fresh machine and CI see of it.</summary>
public sealed class SandboxTests : IDisposable
{
    private readonly Pwsh _surroundings = new();

    [Fact]
    public async Task The_tour_shows_real_output_and_ends_well()
    {
        var (code, output, error) = await RunAsync();
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("PS> Get-OdcUser -HasEndUserRole -First 10", output, StringComparison.Ordinal);
        Assert.Contains("User management > View end users", output, StringComparison.Ordinal);
        Assert.Contains("8. What to try next", output, StringComparison.Ordinal);
        Assert.EndsWith("Without a terminal there is no prompt. -Command and -File run lines and scripts.\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tour_stops_at_the_line_that_fails()
    {
        // The tour signs in as the auditor and then lists; a script that takes the list away makes that line fail.
        var (code, output, error) = await RunAsync("-NoTour", "-Command", $"function Get-OdcUser {{ throw 'gone' }}; & '{Path.Combine(Path.GetDirectoryName(Program)!, "Tour.ps1")}'");
        Assert.Equal(1, code);
        // The error is broken into the lines of a console.
        var words = string.Join(' ', (output + error).Split([' ', '\n', '\r', '|'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Step 4 of the tour failed at the line 'Get-OdcUser -HasEndUserRole -First 10'", words, StringComparison.Ordinal);
        Assert.DoesNotContain("5. A connection", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_a_full_PowerShell_with_two_tenants()
    {
        var (code, output, error) = await RunAsync("-Users", "20", "-Command", """
            "$($PSVersionTable.PSVersion)".Substring(0, 3), (Get-Module PSReadLine -ListAvailable).Name | Select-Object -First 2
            Get-OdcUser | Sort-Object Name | Select-Object -First 1 Name | Export-Csv one.csv; (Import-Csv one.csv).Name.Length -gt 0
            (Get-Date) -is [datetime]
            $globex.admin.GetType().Name; $acme.Clients -join ','
            (Get-OdcConnection -Default).Name, @(Get-OdcUser).Count
            $env:ODC_SANDBOX
            """);
        Assert.Equal((0, "", "7.6|PSReadLine|True|True|PSCredential|admin,auditor,endusers,deployer,empty,special|acme|20"), (code, error, string.Join('|', output.Split('\n', StringSplitOptions.RemoveEmptyEntries))));
    }

    [Theory]
    [InlineData(0, "Acme", "-Command", "(Get-OdcOrganization).Name")]
    [InlineData(0, "7", "-Command", "@(Get-OdcUser", "-First", "7).Count")]
    [InlineData(3, "", "-Command", "exit 3")]
    [InlineData(1, "no", "-Command", "throw 'no'")]
    [InlineData(0, "-Command", "-Help")]
    public async Task Lines_run_connected_and_their_exit_code_is_the_sandboxs(int expected, string holds, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.Equal(expected, code);
        Assert.Contains(holds, output + error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_the_tour_says_to_try_next_works()
    {
        var lines = Regex.Matches(await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(Program)!, "Tour.ps1"), TestContext.Current.CancellationToken), "(?m)^Show-Suggestion '(?<line>[^']+)'", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(m => m.Groups["line"].Value).ToList();
        Assert.Equal(4, lines.Count);
        var (code, output, error) = await RunAsync("-Command", "$ErrorActionPreference = 'Stop'; " + string.Join("; ", lines.Select(l => $"@({l}).Count -gt 0")));
        Assert.Equal((0, "", "True\nTrue\nTrue\nTrue\n"), (code, error, output.ReplaceLineEndings("\n")));
    }

    [Theory]
    [InlineData(null, null, "en_US.UTF-8")]
    [InlineData("C", null, "en_US.UTF-8")]
    [InlineData("POSIX", null, "en_US.UTF-8")]
    [InlineData("C.UTF-8", "", "en_US.UTF-8")]
    [InlineData("de_DE.UTF-8", "C", "en_US.UTF-8")]
    [InlineData("de_DE.UTF-8", null, "de_DE.UTF-8")]
    [InlineData("C.UTF-8", "de_DE.UTF-8", "de_DE.UTF-8")]
    public void The_language_is_the_machines_unless_it_has_none(string? language, string? overruling, string expected) =>
        Assert.Equal(expected, OdcPowerShell.Sandbox.Language.Of(name => name switch { "LANG" => language, "LC_ALL" => overruling, _ => null }));

    [Theory]
    [InlineData("C", null, "en-US")]
    [InlineData("C.UTF-8", "de_DE.UTF-8", "de-DE")]
    public async Task A_machine_without_a_language_breaks_no_line_within_a_word(string? language, string? overruling, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has its languages elsewhere.");
        foreach (var (name, value) in new[] { ("LANG", language), ("LC_ALL", overruling), ("LC_MESSAGES", null) })
            _surroundings.Variables[name] = value ?? "";
        var (code, output, error) = await RunAsync("-Users", "5", "-Command", $"(Get-Culture).Name; [pscustomobject] @{{ Words = '{string.Concat(Enumerable.Repeat("unbroken ", 30))}' }} | Format-List");
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith(expected + "\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(30, Regex.Count(output, @"\bunbroken\b", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData("-Nonsense is not an option of the sandbox; -Help lists them.", "-Nonsense")]
    [InlineData("-Users needs a whole number from 1 to 1000000, not '0'.", "-Users", "0")]
    [InlineData("-Users needs a value.", "-Users")]
    [InlineData("-Seed needs a whole number from 0 to 2147483647, not 'x'.", "-Seed", "x")]
    [InlineData("There is no script 'nowhere.ps1'.", "-File", "nowhere.ps1")]
    public async Task What_it_cannot_do_is_one_line_and_exit_code_2(string line, params string[] arguments)
    {
        Assert.Equal((2, "", line + "\n"), Lines(await RunAsync(arguments)));
    }

    [Fact]
    public async Task A_port_in_use_is_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (code, output, error) = await RunAsync("-Port", ((IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("The emulator can't listen on the port of -Port, or on the next one: ", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no network")]
    [InlineData("no package folder")]
    public async Task PowerShell_that_cannot_be_downloaded_is_one_line_after_the_one_that_says_so(string what)
    {
        // An empty package folder, and a source that refuses every connection; or a package folder that is a file.
        var packages = Path.Combine(_surroundings.Folder, "packages");
        if (what == "no network")
            await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(_surroundings.Folder, "..", ".nuget", "NuGet")).FullName, "NuGet.Config"), Unreachable, TestContext.Current.CancellationToken);
        else
            await File.WriteAllTextAsync(packages, "", TestContext.Current.CancellationToken);
        _surroundings.Variables["NUGET_PACKAGES"] = packages;
        _surroundings.Variables["DOTNET_CLI_HOME"] = Path.GetFullPath(Path.Combine(_surroundings.Folder, ".."));

        var (code, output, error) = await RunAsync();
        Assert.Equal((2, ""), (code, output));
        var lines = error.TrimEnd().Split('\n');
        Assert.Equal((2, error), (lines.Length, error));
        Assert.StartsWith("Downloading PowerShell 7.6.9", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("PowerShell 7.6.9 can't be downloaded: ", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    /// <summary>dotnet remembers where it has put a tool, and does not ask for its package folder again.</summary>
    [Fact]
    public async Task PowerShell_in_another_package_folder_is_no_question_of_the_network()
    {
        _surroundings.Variables["NUGET_PACKAGES"] = Path.Combine(_surroundings.Folder, "packages");
        var home = _surroundings.Variables["DOTNET_CLI_HOME"] = Path.GetFullPath(Path.Combine(_surroundings.Folder, ".."));
        var shim = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(Pwsh.Program))!, "Microsoft.PowerShell.GlobalTool.Shim.dll").Replace('\\', '/');
        var cache = Directory.CreateDirectory(Path.Combine(home, ".dotnet", "toolResolverCache", "1")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(cache, "powershell"),
            $$"""[{"Version":"7.6.9","TargetFramework":"net10.0","RuntimeIdentifier":"any","Name":"pwsh","Runner":"dotnet","PathToExecutable":"{{shim}}"}]""",
            TestContext.Current.CancellationToken);
        var (code, output, error) = await RunAsync();
        Assert.Equal((2, ""), (code, output));
        Assert.EndsWith("/packages': dotnet has it in another one. Unset NUGET_PACKAGES, or delete the folder .dotnet/toolResolverCache in your home folder.\n", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7.4.1", 0, "")]
    [InlineData("7.3.9", 2, "The pwsh of this machine is PowerShell 7.3.9; the sandbox needs 7.4 or later. Omit -UseInstalled to use the pinned one.")]
    [InlineData(null, 2, "There is no pwsh on the PATH. Omit -UseInstalled to use the pinned one.")]
    public async Task The_machines_own_pwsh_is_taken_on_request_if_it_is_new_enough(string? version, int expected, string line)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for an installed pwsh is a shell script.");
        if (version is not null && !OperatingSystem.IsWindows())
        {
            var file = Path.Combine(_surroundings.Folder, "pwsh");
            await File.WriteAllTextAsync(file, $"#!/bin/sh\nPATH='{Environment.GetEnvironmentVariable("PATH")}'\n[ \"$3\" = -Version ] && echo 'PowerShell {version}' && exit\nexec '{Dotnet}' '{Pwsh.Program}' \"$@\"\n", TestContext.Current.CancellationToken);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        _surroundings.Variables["PATH"] = _surroundings.Folder;
        var (code, output, error) = await RunAsync("-UseInstalled", "-Command", "(Get-OdcOrganization).Name");
        Assert.Equal((expected, line), (code, error.Trim()));
        Assert.Equal(expected == 0, output.StartsWith("ACME", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_script_runs_with_its_arguments()
    {
        var script = Path.Combine(_surroundings.Folder, "it's.ps1");
        await File.WriteAllTextAsync(script, "param([int] $Count, [switch] $Twice) Connect-Odc -EnvironmentVariable -Name again; (Get-OdcUser -First $Count).Count; \"$Twice\"; exit 4", TestContext.Current.CancellationToken);
        Assert.Equal((4, "4\nTrue\n", ""), Lines(await RunAsync("-File", script, "-Count", "4", "-Twice")));
    }

    /// <summary>As pwsh -File has it: such a script has no exit code of its own.</summary>
    [Theory]
    [InlineData("if (")]
    [InlineData("#requires -Version 99\n'ran'")]
    [InlineData("throw 'broken'")]
    public async Task A_script_that_does_not_run_to_its_end_is_no_success(string text)
    {
        var script = Path.Combine(_surroundings.Folder, "broken.ps1");
        await File.WriteAllTextAsync(script, text, TestContext.Current.CancellationToken);
        var (code, output, error) = await RunAsync("-File", script);
        Assert.Equal((1, ""), (code, output));
        Assert.NotEmpty(error);
    }

    [Fact]
    public async Task Arguments_reach_a_script_as_they_do_with_pwsh()
    {
        var script = Path.Combine(_surroundings.Folder, "arguments.ps1");
        await File.WriteAllTextAsync(script, "param($Name, [switch] $Twice, [switch] $Once) \"$Name|$Twice|$Once\"", TestContext.Current.CancellationToken);
        Assert.Equal((0, "a 'b'|False|True\n", ""), Lines(await RunAsync("-File", script, "-Name:a 'b'", "-Twice:$false", "-Once")));
    }

    private const string Unreachable = """
        <configuration>
          <packageSources><clear /><add key="none" value="https://127.0.0.1:9/index.json" /></packageSources>
        </configuration>
        """;

    // The sandbox is built beside the tests, in the same configuration.
    internal static string Program { get; } = Path.Combine(ModuleFiles.Repository, "src", "OdcPowerShell.Sandbox", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "OdcPowerShell.Sandbox.dll");

    private static (int Code, string Output, string Error) Lines(Pwsh.Ended ended) => (ended.Code, ended.Output.ReplaceLineEndings("\n"), ended.Error.ReplaceLineEndings("\n"));

    private Task<Pwsh.Ended> RunAsync(params string[] arguments) => _surroundings.StartAsync(Dotnet, ["exec", Program, .. arguments]);

    // By its path: one test takes the PATH away.
    private static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(f => Path.Combine(f, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet")).First(File.Exists);

    public void Dispose() => _surroundings.Dispose();
}
