using System.Management.Automation.Language;
using System.Reflection;
using System.Text.Json.Nodes;

namespace OdcPowerShell.Tests.Contract;

/// <summary>A call of a cmdlet and the operation that it must become. A new operation needs rows in its domain's table, and nothing else here.</summary>
/// <param name="Operation">Verb and path template, as in the specification, with the API's base path.</param>
/// <param name="Script">What a user would type.</param>
/// <param name="Requests">How many requests of the operation it takes while every answer is the last page.</param>
/// <param name="PicksFromAnswer">Whether it writes only what it asked for by key or name: a sample does not hold those, so nothing is found.</param>
internal sealed record Call(string Operation, string Script, int Requests = 1, bool PicksFromAnswer = false)
{
    /// <summary>The rows by their table: one or a few for each domain.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<Call>> Tables { get; } = (
        from type in typeof(Call).Assembly.GetTypes()
        where type.Name.EndsWith("Calls", StringComparison.Ordinal)
        orderby type.Name
        let calls = ((IEnumerable<Call>?)type.GetProperty(nameof(All), BindingFlags.Static | BindingFlags.NonPublic)?.GetValue(obj: null) ?? []).ToList()
        where calls.Count > 0
        select (type.Name, calls)).ToDictionary(t => t.Name, t => (IReadOnlyList<Call>)t.calls, StringComparer.Ordinal);

    /// <summary>The rows of all tables.</summary>
    internal static IReadOnlyList<Call> All { get; } = [.. Tables.Values.SelectMany(calls => calls)];

    /// <summary>Members of the answer that the module gives another operation's names, with those.</summary>
    internal IReadOnlyDictionary<string, string> Renamed { get; init; } = new Dictionary<string, string>();

    /// <summary>Picks the objects that are written out of the answer, where they are not the answer itself or its results.</summary>
    internal Func<JsonNode, IEnumerable<JsonNode?>>? Rows { get; init; }

    /// <summary>The operations of the other requests that it sends, one for each: look-ups of names, and reading again what was changed.</summary>
    internal IReadOnlyList<string> Further { get; init; } = [];

    /// <summary>Answers to its other requests that a sample does not have, by operation: what it looks up before it changes something.</summary>
    internal IReadOnlyDictionary<string, string> Given { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether null, which a schema allows, would leave nothing to write or to ask after, so that its answer is always a whole sample.</summary>
    internal bool NeedsWholeAnswer { get => field || Operation.EndsWith("-analyses", StringComparison.Ordinal); init; }

    /// <summary>The error that a sample is answered with, where the sample says that nothing was done; null where it is a success.</summary>
    internal string? Refusal { get; init; }

    /// <summary>The JSON that the first request of the operation sends; null when it must send none.</summary>
    internal string? Body { get; init; }

    /// <summary>The text of the file that it sends, beside or instead of JSON.</summary>
    internal string? File { get; init; }

    /// <summary>The operation whose answer is written: its own, or the one that reads again what was changed.</summary>
    internal string Writes { get => field ?? Operation; init; }

    /// <summary>The answer with the objects that are written as its results.</summary>
    internal string RowsOf(string json) => Rows is null ? json : new JsonObject { ["results"] = new JsonArray([.. Rows(JsonNode.Parse(json)!).Select(row => row?.DeepClone())]) }.ToJsonString();

    /// <summary>The module's command that the row calls.</summary>
    internal string Cmdlet => Commands().Select(c => c.GetCommandName()).Last(name => name.Contains("-Odc", StringComparison.Ordinal));

    /// <summary>The operations of all its requests, sorted.</summary>
    internal IEnumerable<string> Sent => Enumerable.Repeat(Operation, Requests).Concat(Further).Order(StringComparer.Ordinal);

    /// <summary>Every parameter that the row names, with its command.</summary>
    internal IEnumerable<(string Cmdlet, string Parameter)> Parameters() =>
        from command in Commands()
        from parameter in command.CommandElements.OfType<CommandParameterAst>()
        select (command.GetCommandName(), parameter.ParameterName);

    private IEnumerable<CommandAst> Commands() =>
        Parser.ParseInput(Script, out _, out _).FindAll(a => a is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>();
}
