using System.Management.Automation;
using OdcPowerShell.Emulator;
using OdcPowerShell.Sandbox.Engine;
using OdcPowerShell.Sandbox.Hosting;
using OdcPowerShell.Sandbox.Tours;

namespace OdcPowerShell.Sandbox;

/// <summary>One use of the sandbox in the built-in engine: a script, or the tour and the prompt.</summary>
internal sealed class Session(SandboxOptions options, PowerShellEngine engine, SandboxHost host, SandboxUserInterface ui, Terminal terminal)
{
    private const string SignIn = "Connect-Odc -EnvironmentVariable -Name acme";

    /// <returns>The exit code of the process.</returns>
    public int Run(EmulatedTenant tenant)
    {
        var toured = options is { Script: null, NoTour: false };
        if (toured && !TryTour(tenant)) return 1;
        if (!toured && !engine.Run(SignIn)) return 1;
        if (options.Script is null && terminal.IsInteractive) return new Prompt(engine, host, ui, terminal).Run();
        if (options.Script is null)
        {
            ui.StartParagraph();
            ui.WriteLine("Without a terminal there is no prompt; -Command and -File run lines and scripts.");
            return 0;
        }

        var succeeded = engine.Run(options.Script);
        return host.ExitCode ?? (succeeded ? 0 : 1);
    }

    private bool TryTour(EmulatedTenant tenant)
    {
        try
        {
            new Tour(new TourGuide(engine, ui), tenant).Run();
            return true;
        }
        catch (TourFailedException exception)
        {
            ui.WriteErrorLine(exception.Message);
            return false;
        }
        catch (PipelineStoppedException)
        {
            ui.StartParagraph();
            ui.WriteLine("The tour was stopped.");
            return engine.Run(SignIn);
        }
    }
}
