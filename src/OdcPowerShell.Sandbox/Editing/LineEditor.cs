using System.Management.Automation;
using OdcPowerShell.Sandbox.Hosting;

namespace OdcPowerShell.Sandbox.Editing;

/// <summary>Reads one input from the keyboard, letting it be edited until it is complete.</summary>
internal sealed class LineEditor(Terminal terminal)
{
    private readonly LineHistory _history = new();
    private LineBuffer _buffer = new();
    private CompletionCycle? _completions;

    /// <summary>Says that Enter must begin another line, because the text so far is only half a statement.</summary>
    public Func<string, bool> IsIncomplete { get; init; } = _ => false;

    public Func<string, int, CommandCompletion>? Complete { get; init; }

    public LineInput Read(string prompt)
    {
        _buffer = new();
        _completions = null;
        _history.Rewind();
        var screen = new LineScreen(prompt, terminal.Width);
        Console.TreatControlCAsInput = true;
        try
        {
            var input = ReadKeys(screen);
            if (!string.IsNullOrWhiteSpace(input.Text)) _history.Add(input.Text);
            return input;
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    private LineInput ReadKeys(LineScreen screen)
    {
        while (true)
        {
            // A pasted script is drawn once at its end, not once a character.
            if (!Console.KeyAvailable) screen.Draw(_buffer, _completions?.List(terminal.Width) ?? []);
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Tab)
            {
                CompleteNext(forward: !key.Modifiers.HasFlag(ConsoleModifiers.Shift));
                continue;
            }

            _completions = null;
            if (Ended(key) is { } kind)
            {
                screen.Finish(_buffer);
                return new(kind, kind == InputKind.Line ? _buffer.Text : "");
            }

            if (key is { Key: ConsoleKey.L, Modifiers: ConsoleModifiers.Control }) screen.Clear();
            else Edit(key);
        }
    }

    private InputKind? Ended(ConsoleKeyInfo key) => key switch
    {
        { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control } => InputKind.Cancelled,
        { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } when _buffer.Text.Length == 0 => InputKind.EndOfInput,
        { Key: ConsoleKey.Enter } when !IsIncomplete(_buffer.Text) => InputKind.Line,
        _ => null,
    };

    private void Edit(ConsoleKeyInfo key)
    {
        var control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        switch (key.Key)
        {
            case ConsoleKey.Enter: _buffer.Insert("\n"); break;
            case ConsoleKey.UpArrow: if (!_buffer.TryMoveUp()) Recall(_history.Older(_buffer.Text)); break;
            case ConsoleKey.DownArrow: if (!_buffer.TryMoveDown()) Recall(_history.Newer()); break;
            case ConsoleKey.LeftArrow when control: _buffer.MoveWordLeft(); break;
            case ConsoleKey.RightArrow when control: _buffer.MoveWordRight(); break;
            case ConsoleKey.LeftArrow: _buffer.MoveLeft(); break;
            case ConsoleKey.RightArrow: _buffer.MoveRight(); break;
            case ConsoleKey.Home or ConsoleKey.A when control || key.Key == ConsoleKey.Home: _buffer.MoveToLineStart(); break;
            case ConsoleKey.End or ConsoleKey.E when control || key.Key == ConsoleKey.End: _buffer.MoveToLineEnd(); break;
            case ConsoleKey.Backspace or ConsoleKey.W when control: _buffer.DeleteWord(); break;
            case ConsoleKey.Backspace: _buffer.Backspace(); break;
            case ConsoleKey.Delete or ConsoleKey.D when control || key.Key == ConsoleKey.Delete: _buffer.Delete(); break;
            case ConsoleKey.U when control: _buffer.DeleteToLineStart(); break;
            case ConsoleKey.K when control: _buffer.DeleteToLineEnd(); break;
            case ConsoleKey.Escape: _buffer.Set(""); break;
            default: if (!char.IsControl(key.KeyChar)) _buffer.Insert(key.KeyChar.ToString()); break;
        }
    }

    private void Recall(string? line)
    {
        if (line is not null) _buffer.Set(line);
    }

    private void CompleteNext(bool forward)
    {
        if (Complete is null) return;
        _completions ??= new(Complete(_buffer.Text, _buffer.Cursor));
        _completions.Next(_buffer, forward);
        if (_completions.IsOver) _completions = null;
    }
}
