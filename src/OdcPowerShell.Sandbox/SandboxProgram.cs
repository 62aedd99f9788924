using System.Management.Automation;
using OdcPowerShell.Emulator;
using OdcPowerShell.Sandbox.Engine;
using OdcPowerShell.Sandbox.Hosting;
using OdcPowerShell.Sandbox.Tours;

namespace OdcPowerShell.Sandbox;

/// <summary>Starts the emulated tenant, then whatever the options ask for, and ends the tenant with it.</summary>
internal static class SandboxProgram
{
    public const string Usage = """
        A PowerShell prompt with the OdcPowerShell module, connected to an emulated ODC tenant on this machine.

          dotnet run --project src/OdcPowerShell.Sandbox [-- options]

          (none)              a short tour, then the prompt; without a terminal the tour alone
          -NoTour             straight to the prompt
          -Command <text>     run the text and leave; all that follows is part of it
          -File <path> [args] run the script with the arguments and leave
          -Pwsh               the same in the machine's own pwsh instead of the built-in engine
          -Users <n>          users of the tenant (250)
          -Seed <n>           another number makes other names (1)
          -Help               this text

        Exit codes: 0, 1 when the last line or a step of the tour failed, 2 for a wrong option, or the script's own.
        """;

    public static async Task<int> RunAsync(SandboxOptions options)
    {
        await using var emulator = await OdcEmulator.StartAsync(new EmulatorOptions { Users = options.Users, Seed = options.Seed });
        emulator["acme"].PublishToEnvironment();
        if (options.Pwsh) return await PwshProcess.RunAsync(options.Script);

        var terminal = new Terminal();
        var ui = new SandboxUserInterface(terminal);
        var host = new SandboxHost(ui);
        using var engine = PowerShellEngine.Open(host);
        Console.CancelKeyPress += (_, press) => press.Cancel = engine.TryStop();
        engine.Set("acme", emulator["acme"].ToVariable());
        engine.Set("globex", emulator["globex"].ToVariable());
        if (!engine.Run($"Import-Module {ScriptText.Quote(ModuleManifest.Find())} -ErrorAction Stop")) return 1;
        return new Session(options, engine, host, ui, terminal).Run(emulator["acme"]);
    }
}
