using System.Text;
using System.Text.Json;

namespace OdcPowerShell.Tenants;

/// <summary>A JSON value with the line where it begins.</summary>
internal sealed record TenantNode(JsonTokenType Type, int Line)
{
    internal string Text { get; init; } = "";

    /// <summary>The properties of an object, in the order of the file.</summary>
    internal List<(string Name, int Line, TenantNode Value)> Members { get; } = [];

    /// <summary>The items of an array.</summary>
    internal List<TenantNode> Items { get; } = [];

    internal bool IsText => Type == JsonTokenType.String;
}

/// <summary>Reads the JSON of a file with the lines of its values. Line ends and a byte order mark may be any of UTF-8; comments are none of JSON.</summary>
internal sealed class TenantText(string file, byte[] content, Action<TenantFault> report)
{
    private readonly byte[] _bytes = Lines(content);
    private readonly int _start = content.Length >= 3 && content[0] == 0xEF && content[1] == 0xBB && content[2] == 0xBF ? 3 : 0;
    private int _line = 1;
    private long _counted;

    /// <summary>The value of the whole file; null, with a fault, if it can't be read.</summary>
    internal TenantNode? Read()
    {
        if (Encoded() is { } encoding)
            return Fault(1, $"The file is {encoding}. Save it as UTF-8.");
        if (ConflictAt() is { } conflict)
            return Fault(conflict, "A merge conflict is not solved here: the line begins with a conflict marker.");
        try
        {
            var reader = new Utf8JsonReader(_bytes.AsSpan(_start));
            reader.Read();
            var node = Value(ref reader);
            reader.Read();
            return node;
        }
        catch (JsonException e)
        {
            var line = (int)(e.LineNumber ?? 0) + 1;
            return Fault(line, Explain(line, (int)(e.BytePositionInLine ?? 0), e.Message));
        }
        catch (InvalidOperationException)
        {
            // Text with half a surrogate pair, or bytes that are no UTF-8.
            return Fault(_line, "The text here is not valid UTF-8 or has half a surrogate pair. Save the file as UTF-8.");
        }
    }

    // By its byte order mark, or by the zero bytes beside the first character, which is one of ASCII in all JSON.
    private string? Encoded()
    {
        var start = string.Concat(_bytes.Take(4).Select(b => b switch { 0 => '0', 0xFE => 'E', 0xFF => 'F', _ => 'x' }));
        return start is "FE00" or "00EF" or "000x" or "x000" ? "UTF-32"
            : start.Length > 1 && start.Substring(0, 2) is "FE" or "EF" or "0x" or "x0" ? "UTF-16"
            : null;
    }

    // Line ends of a carriage return alone become those that the reader of JSON counts. In a text, both are not allowed.
    private static byte[] Lines(byte[] content)
    {
        var lines = (byte[])content.Clone();
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i] == (byte)'\r' && (i + 1 == lines.Length || lines[i + 1] != (byte)'\n'))
                lines[i] = (byte)'\n';
        }

        return lines;
    }

    private TenantNode Value(ref Utf8JsonReader reader)
    {
        var node = new TenantNode(reader.TokenType, LineOf(reader.TokenStartIndex)) { Text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : RawText(ref reader) };
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                node.Items.Add(Value(ref reader));
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var (name, line) = (reader.GetString()!, LineOf(reader.TokenStartIndex));
                reader.Read();
                var value = Value(ref reader);
                if (node.Members.Find(m => m.Name == name) is { Value: not null } first)
                    report(new TenantFault(file, line, FormattableString.Invariant($"\"{name}\" is here a second time; the first is in line {first.Line}.")));
                else
                    node.Members.Add((name, line, value));
            }
        }

        return node;
    }

    private static string RawText(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(reader.ValueSpan.ToArray()) : "";

    private int LineOf(long index)
    {
        // Values come in the order of the file.
        for (; _counted < index; _counted++)
        {
            if (_bytes[_start + _counted] == (byte)'\n')
                _line++;
        }

        return _line;
    }

    private int? ConflictAt()
    {
        var line = 1;
        for (var i = _start; i < _bytes.Length; i++)
        {
            var isStart = i == _start || _bytes[i - 1] == (byte)'\n';
            if (isStart && i + 6 < _bytes.Length && _bytes[i] is (byte)'<' or (byte)'=' or (byte)'>' or (byte)'|' && _bytes.Skip(i).Take(7).All(b => b == _bytes[i]))
                return line;
            if (_bytes[i] == (byte)'\n')
                line++;
        }

        return null;
    }

    private string Explain(int line, int position, string message)
    {
        var lines = Encoding.UTF8.GetString(_bytes, _start, _bytes.Length - _start).Split('\n');
        var rest = line <= lines.Length ? Encoding.UTF8.GetBytes(lines[line - 1]).Skip(position).ToArray() : [];
        if (rest.Length > 0 && rest[0] == (byte)'/')
            return "Comments are not allowed: an export would remove them.";
        if (message.Contains("trailing comma"))
            return "There is a comma after the last item.";
        if (lines.All(string.IsNullOrWhiteSpace))
            return "The file is empty.";
        // The message ends with the line and the byte, and the path of a property.
        return "This is not JSON: " + message.Split(["LineNumber:", "Path:"], StringSplitOptions.None)[0].Trim();
    }

    private TenantNode? Fault(int line, string text)
    {
        report(new TenantFault(file, line, text));
        return null;
    }
}

/// <summary>What is wrong in a file of a tenant, and where.</summary>
/// <param name="File">The file, relative to the folder, with slashes.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Text">What is wrong, and what to write instead.</param>
internal sealed record TenantFault(string File, int Line, string Text)
{
    public override string ToString() => FormattableString.Invariant($"{File}:{Line}: {Text}");
}

/// <summary>All that is wrong in the files of a tenant, as one error.</summary>
internal static class TenantFaults
{
    private const int MostShown = 50;

    internal static OdcException Error(string folder, IReadOnlyCollection<TenantFault> faults)
    {
        var shown = faults.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).Take(MostShown).Select(f => f.ToString()).ToList();
        if (faults.Count > shown.Count)
            shown.Add(FormattableString.Invariant($"and {faults.Count - shown.Count} more"));
        var count = faults.Count == 1 ? "One fault" : FormattableString.Invariant($"{faults.Count} faults");
        return new OdcException(OdcErrorCause.InvalidRequest, $"{count} in the files of {folder}. Nothing was sent.\n{string.Join("\n", shown)}", "Correct the files. Their schemas, in .schema, list the properties and values.");
    }
}
