using System.Diagnostics;
using System.Text.Json;

namespace OdcPowerShell.Benchmarks.Scenarios;

/// <summary>New processes of the pinned pwsh: the import alone, and the first commands against a script that does the same with Invoke-RestMethod.</summary>
internal static class Cold
{
    private const string Token = "$token = (Invoke-RestMethod $env:ODC_TOKEN_ENDPOINT -Method Post -Body @{ grant_type = 'client_credentials'; client_id = $env:ODC_CLIENT_ID; client_secret = $env:ODC_CLIENT_SECRET }).access_token; ";
    private const string ByHand = Token + "$null = (Invoke-RestMethod ([uri]::new([uri] $env:ODC_TENANT_URL, '/api/identity/v1/users?limit=1')).AbsoluteUri -Headers @{ Authorization = \"Bearer $token\" }).results";

    internal static async Task<IEnumerable<Finding>> RunAsync(EmulatorProcess emulator)
    {
        var manifest = await PackagedModule.StageAsync();
        var whole = await Measure.AlternateAsync(
            () => ScriptAsync(emulator, $"Import-Module '{manifest}'; Connect-Odc -EnvironmentVariable; $null = Get-OdcUser -First 1"),
            () => ScriptAsync(emulator, ByHand),
            () => ScriptAsync(emulator, $"Import-Module '{manifest}'"),
            () => ScriptAsync(emulator, $"Import-Module '{Files.EmptyModule}'"));
        var steps = new List<(Dictionary<string, double> Ours, Dictionary<string, double> Theirs)>();
        for (var run = 0; run < Measure.Runs; run++)
            steps.Add((await StepsAsync(emulator, manifest), await StepsAsync(emulator, manifest: null)));
        return
        [
            Finding.AtMost("cold start", whole[0].Wall, "Invoke-RestMethod", whole[1].Wall, 1),
            Finding.AtMost("cold import", whole[2].Wall, "empty module", whole[3].Wall, 1.5),
            // The first table of a process loads what formats: from the first command on, both sides have done that.
            Of("first table", "Invoke-RestMethod", "first", "table"), Of("first Tab", "Invoke-RestMethod", "tab"), Of("first help", "Start-ThreadJob", "help"),
        ];

        Finding Of(string scenario, string baseline, params string[] parts) => Finding.AtMost(
            scenario, Measure.Median(steps.Select(s => parts.Sum(p => s.Ours[p]))), baseline, Measure.Median(steps.Select(s => parts.Sum(p => s.Theirs[p]))), 1.5);
    }

    private static async Task<Dictionary<string, double>> StepsAsync(EmulatorProcess emulator, string? manifest) =>
        JsonSerializer.Deserialize<Dictionary<string, double>>(await Pwsh.RunAsync(emulator, ["-File", Files.CompareColdStart, .. manifest is null ? (string[])[] : ["-Manifest", manifest]]))!;

    private static Task<string> ScriptAsync(EmulatorProcess emulator, string script) => Pwsh.RunAsync(emulator, "-Command", "$ErrorActionPreference = 'Stop'; " + script);
}

/// <summary>The module as a package has it, with the code that was compiled ahead for this system.</summary>
internal static class PackagedModule
{
    /// <summary>Stages it from the build that this program is of, and returns its manifest.</summary>
    internal static async Task<string> StageAsync()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "package");
        using var process = Process.Start("dotnet",
        [
            "msbuild", Files.Project, "-target:StageModule", "-nologo", "-verbosity:quiet", $"-property:PackageRoot={folder}/", "-property:TargetFrameworks=net8.0",
            $"-property:Configuration={new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name}", $"-property:CompiledRuntimes={System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}",
        ]);
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? Path.Combine(folder, "stage", "OdcPowerShell", "OdcPowerShell.psd1") : throw new InvalidOperationException("The module could not be staged.");
    }
}
