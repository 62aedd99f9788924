using System.Management.Automation;

namespace OdcPowerShell.Sandbox.Editing;

/// <summary>One word's completions: each Tab puts the next into the text, and all are listed beneath it.</summary>
internal sealed class CompletionCycle(CommandCompletion found)
{
    private const int MaximumRows = 6;
    private int _length = found.ReplacementLength;

    public bool IsOver => found.CompletionMatches.Count < 2;

    public void Next(LineBuffer buffer, bool forward)
    {
        if (found.GetNextResult(forward) is not { } result) return;
        buffer.Replace(found.ReplacementIndex, _length, result.CompletionText);
        _length = result.CompletionText.Length;
    }

    public IReadOnlyList<string> List(int width)
    {
        var names = found.CompletionMatches.Select(match => match.ListItemText).ToArray();
        var cell = Math.Min(names.Max(name => name.Length) + 2, width - 1);
        var rowLength = Math.Max(1, (width - 1) / cell);
        var rows = names.Select((name, index) => Cell(name, cell, index == found.CurrentMatchIndex)).Chunk(rowLength).ToArray();
        var first = Math.Max(0, (found.CurrentMatchIndex / rowLength) - MaximumRows + 1);
        var shown = rows.Skip(first).Take(MaximumRows).Select(row => string.Concat(row)).ToList();
        if (rows.Length > MaximumRows) shown.Add($"{found.CurrentMatchIndex + 1} of {names.Length}");
        return shown;
    }

    private static string Cell(string name, int width, bool current)
    {
        var text = name.Length > width - 2 ? name[..(width - 2)] : name;
        var gap = new string(' ', width - text.Length);
        return current ? $"\e[7m{text}\e[27m{gap}" : text + gap;
    }
}
