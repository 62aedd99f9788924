using System.Management.Automation;
using System.Management.Automation.Language;
using OdcPowerShell.Sandbox.Editing;
using OdcPowerShell.Sandbox.Engine;
using OdcPowerShell.Sandbox.Hosting;

namespace OdcPowerShell.Sandbox;

/// <summary>Reads a line, runs it, and again, until the person leaves.</summary>
internal sealed class Prompt(PowerShellEngine engine, SandboxHost host, SandboxUserInterface ui, Terminal terminal)
{
    public const string Text = "PS> ";

    public int Run()
    {
        ui.StartParagraph();
        ui.WriteLine("Tab completes, the arrow keys bring lines back, Ctrl+C stops a command, exit or Ctrl+D leaves.");
        ui.WriteLine("Missing here: Select-Object, Sort-Object, Format-Table, Export-Csv and the like; -- -Pwsh opens a full PowerShell.");
        engine.Run(MemberCompletion.Script);
        var editor = new LineEditor(terminal) { IsIncomplete = IsIncomplete, Complete = engine.Complete };
        while (host.ExitCode is null)
        {
            var input = editor.Read(Text);
            if (input.Kind == InputKind.EndOfInput) return 0;
            if (string.IsNullOrWhiteSpace(input.Text)) continue;
            if (!engine.Run(input.Text)) Explain(engine.LastError());
        }

        return host.ExitCode.Value;
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out var errors);
        return errors.Any(error => error.IncompleteInput);
    }

    private void Explain(ErrorRecord? error)
    {
        if (error?.Exception is not CommandNotFoundException { CommandName: { } name }) return;
        if (name.Contains("-Odc", StringComparison.OrdinalIgnoreCase)) return;
        ui.WriteWarningLine($"The sandbox has the engine's own commands and the module's. For {name} start it with -- -Pwsh.");
    }
}
