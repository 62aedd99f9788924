namespace OdcPowerShell.Sandbox.Hosting;

/// <summary>What this process is attached to: a person at a terminal, or files and pipes.</summary>
internal sealed class Terminal
{
    private const int WidthOfNoTerminal = 120;

    public Terminal()
    {
        // A "dumb" terminal can neither be coloured nor redrawn: treat it as a file.
        var capable = !string.Equals(Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal)
            && WindowsConsole.TryEnableEscapeCodes();
        var coloured = capable && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        ColoursOutput = coloured && !Console.IsOutputRedirected;
        ColoursError = coloured && !Console.IsErrorRedirected;
        IsInteractive = capable && !Console.IsInputRedirected && !Console.IsOutputRedirected;
    }

    public bool ColoursOutput { get; }

    public bool ColoursError { get; }

    public bool IsInteractive { get; }

    // Some pseudo terminals report 0 columns, and a table of width 0 prints nothing.
    public int Width => Console.IsOutputRedirected || Console.WindowWidth <= 0 ? WidthOfNoTerminal : Console.WindowWidth;

    public int Height => Console.IsOutputRedirected || Console.WindowHeight <= 0 ? int.MaxValue : Console.WindowHeight;
}
