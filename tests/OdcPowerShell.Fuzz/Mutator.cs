using System.Text;
using System.Text.Json.Nodes;

namespace OdcPowerShell.Fuzz;

/// <summary>Makes one case's input: texts, and JSON that differs from a sample in one to four places.</summary>
internal sealed class Mutator(Random random, Action<string>? tell)
{
    private static readonly string[] OddTexts =
    [
        "", " ", "\0", "null", "../..", "%2e%2e%2f", "a/b", "a?b#c", "*", "[", "[a-", "`", "'", "\"", "\r\nX-Evil: 1", "\ud800", "\udfff\ud800", "é", "e\u0301", "\u202e", "\ufeff", "😀",
        "00000000-0000-0000-0000-000000000000", "{11111111-1111-1111-1111-111111111111}", "11111111-1111-1111-1111-11111111111", "https://", "http://[::1", "https://a@b/",
        "https://acme.outsystems.dev/users/11111111-1111-1111-1111-111111111111?x=22222222-2222-2222-2222-222222222222", "http://127.0.0.1:99999/", "file:///etc/passwd", "javascript:alert(1)",
        "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.9999999-14:00", "2026-02-30T00:00:00Z", "2026-01-01", "24:00", "-1", "1e400", "NaN", "CON", "..", ".", "a.", "~",
    ];

    private static readonly string[] OddJson =
    [
        "null", "true", "[]", "{}", "[null]", "[[[[]]]]", "{\"\":\"\"}", "-1", "0", "0.1", "1e400", "-1e400", "2147483648", "9223372036854775808", "1e-400", "\"\\ud800\"", "\"\\u0000\"", "{\"psobject\":1}",
        "{\"PSTypeNames\":[1]}", "{\"\\ud800\":1}", "{\"a\":1,\"A\":2,\"a\":3}", "\"eyJhbGciOiJub25lIn0.e30.\"", "[1,\"a\",{}]",
    ];

    internal int Next(int below) => random.Next(below);

    internal T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    /// <summary>A text that somebody might give by mistake or on purpose.</summary>
    internal string Text(string usual = "")
    {
        var text = random.Next(6) switch
        {
            0 => usual,
            1 => Pick(OddTexts),
            2 => usual.Insert(random.Next(usual.Length + 1), Pick(OddTexts)),
            3 => usual.Length == 0 ? "" : usual.Remove(random.Next(usual.Length), 1),
            4 => new string([.. Enumerable.Range(0, random.Next(30)).Select(_ => (char)random.Next(random.Next(4) == 0 ? 0x10000 : 0x80))]),
            _ => Pick(OddTexts) + new string('a', random.Next(10) == 0 ? 70_000 : 3) + Pick(OddTexts),
        };
        tell?.Invoke($"text: {text}");
        return text;
    }

    /// <summary>A body: a sample with other members or values, or not JSON any more.</summary>
    internal byte[] Body(string sample)
    {
        var node = JsonNode.Parse(sample)!;
        for (var i = random.Next(4); i >= 0; i--)
            Change(ref node);
        var text = Raw(node.ToJsonString());
        tell?.Invoke($"body: {text}");
        return Spoil(Encoding.UTF8.GetBytes(text));
    }

    internal string ContentType() => Pick(["application/json", "application/json", "application/json; charset=utf-8", "application/problem+json", "text/html", "application/json; charset=nonsense", ""]);

    private void Change(ref JsonNode node)
    {
        var places = Places(node).ToList();
        if (places.Count == 0)
            return;
        var (parent, name, index) = Pick(places);
        if (parent is JsonObject members)
            Change(members, name!);
        else
            parent.AsArray()[index] = Odd();
    }

    private void Change(JsonObject members, string name)
    {
        switch (random.Next(5))
        {
            case 0: members.Remove(name); break;
            case 1: members[Pick(["", "psobject", "toString", name.ToUpperInvariant(), name + "2", "Length", "Keys", "\u0001"])] = Odd(); break;
            case 2: members[name] = new JsonArray(members[name]?.DeepClone()); break;
            default: members[name] = Odd(); break;
        }
    }

    // A mark that is replaced in the text: what can't be built as a node can be written as one.
    private JsonValue Odd() => JsonValue.Create(random.Next(3) == 0 ? Safe(Pick(OddTexts)) : $"@@{random.Next(OddJson.Length)}@@");

    private static string Safe(string text) => new([.. text.Where(c => !char.IsSurrogate(c))]);

    private static string Raw(string json)
    {
        for (var i = 0; i < OddJson.Length; i++)
            json = json.Replace($"\"@@{i}@@\"", OddJson[i], StringComparison.Ordinal);
        return json;
    }

    private byte[] Spoil(byte[] body)
    {
        switch (random.Next(12))
        {
            case 0: return body[..random.Next(body.Length + 1)];
            case 1 when body.Length > 0: body[random.Next(body.Length)] = (byte)random.Next(256); return body;
            case 2: return [.. Encoding.UTF8.Preamble, .. body];
            case 3: return [.. body, .. body];
            case 4: return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[", random.Next(200))));
            default: return body;
        }
    }

    private static IEnumerable<(JsonNode Parent, string? Name, int Index)> Places(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => Places(m.Value).Prepend((members, m.Key, 0))),
        JsonArray items => items.SelectMany((item, i) => Places(item).Prepend((items, null, i))),
        _ => [],
    };
}
