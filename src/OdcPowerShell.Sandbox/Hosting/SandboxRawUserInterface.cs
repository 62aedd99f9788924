using System.Management.Automation.Host;

namespace OdcPowerShell.Sandbox.Hosting;

/// <summary>Sizes, colours and keys of the terminal, with answers that make sense when there is none.</summary>
internal sealed class SandboxRawUserInterface(Terminal terminal) : PSHostRawUserInterface
{
    public override ConsoleColor ForegroundColor
    {
        get => Console.ForegroundColor;
        set => Console.ForegroundColor = value;
    }

    public override ConsoleColor BackgroundColor
    {
        get => Console.BackgroundColor;
        set => Console.BackgroundColor = value;
    }

    public override Size BufferSize
    {
        get => new(terminal.Width, terminal.Height);
        set => throw FixedSize();
    }

    public override Size WindowSize
    {
        get => BufferSize;
        set => throw FixedSize();
    }

    public override Size MaxWindowSize => BufferSize;

    public override Size MaxPhysicalWindowSize => BufferSize;

    public override Coordinates WindowPosition { get; set; }

    public override Coordinates CursorPosition
    {
        get => terminal.IsInteractive ? new(Console.CursorLeft, Console.CursorTop) : default;
        set => Console.SetCursorPosition(value.X, value.Y);
    }

    public override int CursorSize { get; set; } = 25;

    public override string WindowTitle { get; set; } = "OdcPowerShell sandbox";

    public override bool KeyAvailable => terminal.IsInteractive && Console.KeyAvailable;

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        if (!terminal.IsInteractive) throw new HostException("There is no terminal to read a key from.");
        var key = Console.ReadKey(options.HasFlag(ReadKeyOptions.NoEcho));
        return new((int)key.Key, key.KeyChar, default, keyDown: true);
    }

    public override void FlushInputBuffer()
    {
        while (KeyAvailable) Console.ReadKey(intercept: true);
    }

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NoBuffer();

    /// <summary>The engine clears the screen this way; nothing else is filled.</summary>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        if (terminal.IsInteractive) Console.Clear();
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NoBuffer();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw NoBuffer();

    private static NotSupportedException FixedSize() => new("The window's size is the terminal's own.");

    private static NotSupportedException NoBuffer() => new("The sandbox does not read or write the screen's cells.");
}
