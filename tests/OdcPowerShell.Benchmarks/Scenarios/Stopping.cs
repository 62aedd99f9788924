using System.Net;
using System.Net.Sockets;

namespace OdcPowerShell.Benchmarks.Scenarios;

/// <summary>Ctrl+C in each wait: from the stop to the end of the pipeline.</summary>
internal static class Stopping
{
    private const double Target = 100;

    private const string SlowVault = """
        New-Module -Name Microsoft.PowerShell.SecretManagement -ScriptBlock {
            function Get-Slow { Start-Sleep -Seconds 60 }
            function Get-SecretVault { Get-Slow }
            function Get-SecretInfo { Get-Slow }
            function Get-Secret { Get-Slow }
        } | Import-Module -Global
        """;

    // So that the command is surely in its wait.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(0.7);

    internal static async Task<IEnumerable<Finding>> RunAsync(EmulatorProcess emulator) =>
    [
        await ConnectAsync(),
        await VaultAsync(),
        await WaitAsync("slow answer", emulator, "latency", """{"milliseconds":60000}""", """{"milliseconds":0}"""),
        await WaitAsync("slow body", emulator, "faults", Faults("SlowBody"), None),
        await WaitAsync("back-off", emulator, "faults", Faults("Error500"), None),
        await BudgetAsync(emulator),
    ];

    private static string None => """{"seed":1,"share":0,"kinds":[]}""";

    private static string Faults(string kind) => $$"""{"seed":1,"share":1,"kinds":["{{kind}}"],"delayMilliseconds":60000}""";

    private static async Task<Finding> ConnectAsync()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var engine = new Engine();
        engine.Run("param($secret) $global:secret = $secret", new NetworkCredential("", "secret").SecurePassword);
        return await MedianAsync("sign-in", engine, $"Connect-Odc http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port} -ClientId me -ClientSecret $secret");
    }

    private static async Task<Finding> VaultAsync()
    {
        using var engine = new Engine();
        engine.Run(SlowVault);
        return await MedianAsync("vault read", engine, "Connect-Odc https://acme.example -SecretName odc");
    }

    private static async Task<Finding> WaitAsync(string wait, EmulatorProcess emulator, string setting, string on, string off)
    {
        using var engine = Engine.Connected(emulator, parameters: "-MaximumRetryCount 20");
        await emulator.SetAsync(setting, on);
        var finding = await MedianAsync(wait, engine, "Get-OdcUser");
        await emulator.SetAsync(setting, off);
        return finding;
    }

    private static async Task<Finding> BudgetAsync(EmulatorProcess emulator)
    {
        using var engine = Engine.Connected(emulator, TimeSpan.FromMinutes(5), "-RateShare 0.01");
        engine.Run("Get-OdcUser -First 1");
        return await MedianAsync("rate limit", engine, "Get-OdcUser -First 1");
    }

    private static async Task<Finding> MedianAsync(string wait, Engine engine, string script)
    {
        var times = new List<double>();
        for (var run = 0; run < Measure.Runs; run++)
            times.Add(await engine.StopAsync(script, Settled));
        return Finding.Within("stop, " + wait, Measure.Median(times), Target);
    }
}
