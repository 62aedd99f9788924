namespace OdcPowerShell.Sandbox.Editing;

/// <summary>The lines entered so far, and the one being written while older ones are looked at.</summary>
internal sealed class LineHistory
{
    private readonly List<string> _lines = [];
    private int _position;
    private string _draft = "";

    public void Add(string line)
    {
        if (_lines.Count == 0 || !string.Equals(_lines[^1], line, StringComparison.Ordinal)) _lines.Add(line);
        _position = _lines.Count;
    }

    public string? Older(string current)
    {
        if (_position == 0) return null;
        if (_position == _lines.Count) _draft = current;
        return _lines[--_position];
    }

    public string? Newer()
    {
        if (_position == _lines.Count) return null;
        return ++_position == _lines.Count ? _draft : _lines[_position];
    }

    public void Rewind() => _position = _lines.Count;
}
