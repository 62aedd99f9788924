using System.Text.Json;

namespace OdcPowerShell.Tenants.Rules;

/// <summary>Reads JSON value by value, and knows where each stands.</summary>
internal sealed class SettingsReader(string file, byte[] json)
{
    private JsonReaderState _state = new(new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
    private int _at;
    private long _start;
    private JsonTokenType _token;
    private string? _text;
    private int? _number;

    /// <summary>An error at a place of the file.</summary>
    internal OdcException Wrong(long at, string message)
    {
        var before = json.Take((int)at).ToList();
        var line = before.LastIndexOf((byte)'\n');
        return RuleSettings.Error(file, before.Count(b => b == '\n') + 1, at - line, message);
    }

    /// <summary>Reads an object, and returns its place. The reader of a member must read its value.</summary>
    internal long Members(string what, Action<string, long> read)
    {
        Next();
        var start = Require(JsonTokenType.StartObject, $"{what} is an object");
        Next();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (_token == JsonTokenType.PropertyName)
        {
            // JSON lets the last of them win, which no reader of the file sees.
            if (!names.Add(_text!))
                throw Wrong(_start, $"'{_text}' is there twice.");
            read(_text!, _start);
            Next();
        }

        return start;
    }

    internal void Items(string what, Action read)
    {
        Next();
        Require(JsonTokenType.StartArray, $"{what} is a list");
        while (Peek() != JsonTokenType.EndArray)
            read();
        Next();
    }

    internal bool Flag(string name)
    {
        Next();
        return _token is JsonTokenType.True or JsonTokenType.False ? _token == JsonTokenType.True : throw Wrong(_start, $"{name} is true or false.");
    }

    internal string Text(string name)
    {
        Next();
        Require(JsonTokenType.String, $"{name} is a text");
        return _text!;
    }

    internal int Number(string name)
    {
        Next();
        return _number ?? throw Wrong(_start, $"{name} is a whole number.");
    }

    /// <summary>Makes sure that nothing follows.</summary>
    internal void End() => Read(advances: true);

    private long Require(JsonTokenType token, string rule) => _token == token ? _start : throw Wrong(_start, $"This is wrong: {rule}.");

    private void Next() => Read(advances: true);

    private JsonTokenType Peek()
    {
        var token = _token;
        var next = Read(advances: false);
        _token = token;
        return next;
    }

    private JsonTokenType Read(bool advances)
    {
        var reader = new Utf8JsonReader(json.AsSpan(_at), isFinalBlock: true, _state);
        if (!reader.Read())
            return _token = JsonTokenType.None;
        _token = reader.TokenType;
        _start = _at + reader.TokenStartIndex;
        _text = reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String ? reader.GetString() : null;
        _number = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : null;
        if (advances)
        {
            _at += (int)reader.BytesConsumed;
            _state = reader.CurrentState;
        }

        return reader.TokenType;
    }
}
