using System.Management.Automation;

namespace OdcPowerShell.Sandbox.Hosting;

/// <summary>Progress as one line that rewrites itself and leaves nothing behind; on a terminal only.</summary>
internal sealed class ProgressLine(Terminal terminal)
{
    private const int BarWidth = 20;
    private bool _visible;

    public void Show(ProgressRecord record)
    {
        if (!terminal.IsInteractive) return;
        if (record.RecordType == ProgressRecordType.Completed)
        {
            Hide();
            return;
        }

        var text = $"{record.Activity}: {record.StatusDescription}{Bar(record.PercentComplete)}";
        if (text.Length >= terminal.Width) text = text[..(terminal.Width - 1)];
        Console.Out.Write($"\r\e[K{text}");
        _visible = true;
    }

    public void Hide()
    {
        if (!_visible) return;
        Console.Out.Write("\r\e[K");
        _visible = false;
    }

    private static string Bar(int percent)
    {
        if (percent is < 0 or > 100) return "";
        var done = percent * BarWidth / 100;
        return $" [{new string('o', done)}{new string(' ', BarWidth - done)}] {percent} %";
    }
}
