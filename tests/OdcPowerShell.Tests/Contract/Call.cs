using System.Management.Automation.Language;

namespace OdcPowerShell.Tests.Contract;

/// <summary>A call of a cmdlet and the operation that it must become. A new operation needs rows in its domain's table, and nothing else here.</summary>
/// <param name="Operation">Verb and path template, as in the specification, with the API's base path.</param>
/// <param name="Script">What a user would type.</param>
/// <param name="Requests">How many requests it takes while every answer is the last page.</param>
/// <param name="PicksFromAnswer">Whether it writes only what it asked for by key: a sample does not hold those keys, so nothing is found.</param>
internal sealed record Call(string Operation, string Script, int Requests = 1, bool PicksFromAnswer = false)
{
    /// <summary>The rows of all domains.</summary>
    internal static IReadOnlyList<Call> All { get; } = [.. AssetCreationCalls.All, .. IdentityCalls.All, .. OrganizationCalls.All, .. PortfoliosCalls.All, .. RestCalls.All];

    /// <summary>Members of the answer that the module gives another operation's names, with those.</summary>
    internal IReadOnlyDictionary<string, string> Renamed { get; init; } = new Dictionary<string, string>();

    /// <summary>The module's command that the row calls.</summary>
    internal string Cmdlet => Commands().Select(c => c.GetCommandName()).Last(name => name.Contains("-Odc", StringComparison.Ordinal));

    /// <summary>Every parameter that the row names, with its command.</summary>
    internal IEnumerable<(string Cmdlet, string Parameter)> Parameters() =>
        from command in Commands()
        from parameter in command.CommandElements.OfType<CommandParameterAst>()
        select (command.GetCommandName(), parameter.ParameterName);

    private IEnumerable<CommandAst> Commands() =>
        Parser.ParseInput(Script, out _, out _).FindAll(a => a is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>();
}
