using System.Management.Automation;
using OdcPowerShell.Sandbox.Engine;
using OdcPowerShell.Sandbox.Hosting;

namespace OdcPowerShell.Sandbox.Tours;

/// <summary>Shows each step of the tour: its heading, the lines a person would type, and what they really write.</summary>
internal sealed class TourGuide(PowerShellEngine engine, SandboxUserInterface ui)
{
    private string _step = "";
    private int _number;

    public void Step(string heading)
    {
        _step = heading;
        ui.StartParagraph();
        ui.WriteLine($"{PSStyle.Instance.Bold}{++_number}. {heading}{PSStyle.Instance.Reset}");
    }

    /// <exception cref="TourFailedException">The line wrote an error.</exception>
    public RunResult Type(string command)
    {
        var result = Enter(command);
        Expect(result.Errors.Count == 0, $"{command} failed: {(result.Errors.Count > 0 ? result.Errors[0] : null)}");
        return result;
    }

    /// <exception cref="TourFailedException">The line did not write this error.</exception>
    public RunResult TypeWrong(string command, string errorId)
    {
        var result = Enter(command);
        var id = result.Errors.Count > 0 ? result.Errors[0].FullyQualifiedErrorId : "no error";
        Expect(id.StartsWith(errorId, StringComparison.Ordinal), $"{command} should write {errorId} and wrote {id}.");
        return result;
    }

    /// <exception cref="TourFailedException">The condition does not hold.</exception>
    public void Expect(bool condition, string complaint)
    {
        if (!condition) throw new TourFailedException($"Step {_number} of the tour, '{_step}', went wrong: {complaint}");
    }

    /// <summary>Names a line to try, after trying it.</summary>
    /// <exception cref="TourFailedException">The line writes an error.</exception>
    public void Suggest(string command, string gain)
    {
        Expect(engine.Collect(command).Errors.Count == 0, $"{command} failed.");
        ui.WriteLine($"{PSStyle.Instance.Foreground.Cyan}{Prompt.Text}{command,-58}{PSStyle.Instance.Reset} {gain}");
    }

    private RunResult Enter(string command)
    {
        ui.WriteLine($"{PSStyle.Instance.Foreground.Cyan}{Prompt.Text}{command}{PSStyle.Instance.Reset}");
        var result = engine.Collect(command);
        engine.Show([.. result.Objects, .. result.Errors]);
        return result;
    }
}
