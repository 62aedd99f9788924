using System.Globalization;
using System.Text;

namespace OdcPowerShell.Sandbox.Editing;

/// <summary>
/// Draws the edited text over what was drawn before. Rows are broken here rather than by the terminal, because terminals
/// disagree about where the cursor is after the last column.
/// </summary>
internal sealed class LineScreen(string prompt, int width)
{
    private const string Continuation = ">> ";
    private int _drawnCursorRow;

    public void Draw(LineBuffer buffer, IReadOnlyList<string> below)
    {
        var output = new StringBuilder();
        if (_drawnCursorRow > 0) output.Append(CultureInfo.InvariantCulture, $"\e[{_drawnCursorRow}A");
        output.Append("\r\e[J").Append(prompt);
        var (row, column) = (0, prompt.Length);
        var cursor = (Row: 0, Column: 0);
        for (var index = 0; index <= buffer.Text.Length; index++)
        {
            var character = index < buffer.Text.Length ? buffer.Text[index] : ' ';
            if (character != '\n' && column + Cells(character) > width)
            {
                output.Append("\r\n");
                (row, column) = (row + 1, 0);
            }

            if (index == buffer.Cursor) cursor = (row, Math.Min(column, width - 1));
            if (index == buffer.Text.Length) break;
            if (character == '\n')
            {
                output.Append("\r\n").Append(Continuation);
                (row, column) = (row + 1, Continuation.Length);
                continue;
            }

            output.Append(character);
            column += Cells(character);
        }

        foreach (var line in below) output.Append("\r\n").Append(line);
        var up = row + below.Count - cursor.Row;
        if (up > 0) output.Append(CultureInfo.InvariantCulture, $"\e[{up}A");
        output.Append('\r');
        if (cursor.Column > 0) output.Append(CultureInfo.InvariantCulture, $"\e[{cursor.Column}C");
        _drawnCursorRow = cursor.Row;
        Console.Out.Write(output);
    }

    public void Finish(LineBuffer buffer)
    {
        buffer.MoveToEnd();
        Draw(buffer, []);
        Console.Out.WriteLine();
    }

    public void Clear()
    {
        Console.Out.Write("\e[2J\e[H");
        _drawnCursorRow = 0;
    }

    /// <summary>Columns of a character: two for the scripts and pictures that terminals draw double.</summary>
    private static int Cells(char character) => character switch
    {
        (>= '\u1100' and <= '\u115F') or (>= '\u2E80' and <= '\uA4CF') or (>= '\uAC00' and <= '\uD7A3') => 2,
        (>= '\uF900' and <= '\uFAFF') or (>= '\uFE30' and <= '\uFE6F') or (>= '\uFF00' and <= '\uFF60') => 2,
        _ when char.IsHighSurrogate(character) => 2,
        _ when char.IsLowSurrogate(character) => 0,
        _ => 1,
    };
}
