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
internal sealed class TenantText(string file, byte[] bytes, Action<TenantFault> report)
{
    private readonly int _start = bytes.Length >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0;
    private int _line = 1;
    private long _counted;

    /// <summary>The value of the whole file; null, with a fault, if it can't be read.</summary>
    internal TenantNode? Read()
    {
        if (bytes.Length >= 2 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF)))
            return Fault(1, "The file is UTF-16. Save it as UTF-8.");
        if (ConflictAt() is { } conflict)
            return Fault(conflict, "A merge conflict is not solved here: the line begins with a conflict marker.");
        try
        {
            var reader = new Utf8JsonReader(bytes.AsSpan(_start));
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
            if (bytes[_start + _counted] == (byte)'\n')
                _line++;
        }

        return _line;
    }

    private int? ConflictAt()
    {
        var line = 1;
        for (var i = _start; i < bytes.Length; i++)
        {
            var isStart = i == _start || bytes[i - 1] == (byte)'\n';
            if (isStart && i + 6 < bytes.Length && bytes[i] is (byte)'<' or (byte)'=' or (byte)'>' or (byte)'|' && bytes.Skip(i).Take(7).All(b => b == bytes[i]))
                return line;
            if (bytes[i] == (byte)'\n')
                line++;
        }

        return null;
    }

    private string Explain(int line, int position, string message)
    {
        var lines = Encoding.UTF8.GetString(bytes, _start, bytes.Length - _start).Split('\n');
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
