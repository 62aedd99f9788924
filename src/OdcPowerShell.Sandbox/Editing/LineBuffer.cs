namespace OdcPowerShell.Sandbox.Editing;

/// <summary>The text being edited, of one or more lines, and the place in it where the next character goes.</summary>
internal sealed class LineBuffer
{
    public string Text { get; private set; } = "";

    public int Cursor { get; private set; }

    private int LineStart => Cursor == 0 ? 0 : Text.LastIndexOf('\n', Cursor - 1) + 1;

    private int LineEnd => Text.IndexOf('\n', Cursor) is var end and >= 0 ? end : Text.Length;

    public void Set(string text) => Replace(0, Text.Length, text);

    public void Insert(string text) => Replace(Cursor, 0, text);

    public void Replace(int start, int length, string text)
    {
        Text = string.Concat(Text.AsSpan(0, start), text, Text.AsSpan(start + length));
        Cursor = start + text.Length;
    }

    public void Backspace() => DeleteBetween(Previous(), Cursor);

    public void Delete() => DeleteBetween(Cursor, Next());

    public void DeleteWord() => DeleteBetween(WordStart(), Cursor);

    public void DeleteToLineStart() => DeleteBetween(LineStart, Cursor);

    public void DeleteToLineEnd() => DeleteBetween(Cursor, LineEnd);

    public void MoveLeft() => Cursor = Previous();

    public void MoveRight() => Cursor = Next();

    public void MoveWordLeft() => Cursor = WordStart();

    public void MoveWordRight()
    {
        while (Cursor < Text.Length && !char.IsLetterOrDigit(Text[Cursor])) Cursor++;
        while (Cursor < Text.Length && char.IsLetterOrDigit(Text[Cursor])) Cursor++;
    }

    public void MoveToLineStart() => Cursor = LineStart;

    public void MoveToLineEnd() => Cursor = LineEnd;

    public void MoveToEnd() => Cursor = Text.Length;

    /// <returns>False on the first line.</returns>
    public bool TryMoveUp()
    {
        var column = Cursor - LineStart;
        if (LineStart == 0) return false;
        Cursor = LineStart - 1;
        Cursor = Math.Min(LineStart + column, Cursor);
        return true;
    }

    /// <returns>False on the last line.</returns>
    public bool TryMoveDown()
    {
        var column = Cursor - LineStart;
        if (LineEnd == Text.Length) return false;
        Cursor = LineEnd + 1;
        Cursor = Math.Min(Cursor + column, LineEnd);
        return true;
    }

    // A character outside the basic plane is two chars, and half of one must never be left behind.
    private int Previous() => Cursor - (Cursor > 1 && char.IsLowSurrogate(Text[Cursor - 1]) ? 2 : Math.Min(Cursor, 1));

    private int Next() =>
        Cursor + (Cursor + 1 < Text.Length && char.IsHighSurrogate(Text[Cursor]) ? 2 : Math.Min(Text.Length - Cursor, 1));

    private int WordStart()
    {
        var start = Cursor;
        while (start > 0 && !char.IsLetterOrDigit(Text[start - 1])) start--;
        while (start > 0 && char.IsLetterOrDigit(Text[start - 1])) start--;
        return start;
    }

    private void DeleteBetween(int start, int end) => Replace(start, end - start, "");
}
