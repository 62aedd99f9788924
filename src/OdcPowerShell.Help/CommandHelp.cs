using System.Management.Automation;
using System.Text.RegularExpressions;
using OdcPowerShell.Resources;

namespace OdcPowerShell.Help;

/// <summary>The help of a cmdlet.</summary>
internal sealed record CommandHelp(CmdletInfo Command, string Synopsis, IReadOnlyList<string> Description, IReadOnlyList<ParameterHelp> Parameters)
{
    internal IReadOnlyList<ExampleHelp> Examples { get; init; } = [];

    internal IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Other commands and topics to read.</summary>
    internal IReadOnlyList<string> Related { get; init; } = [];

    internal IReadOnlyList<TypeHelp> Inputs => InputReader.Read(Parameters);

    internal IReadOnlyList<TypeHelp> Outputs { get; init; } = [];
}

/// <summary>An input or output type.</summary>
internal sealed record TypeHelp(string Name, string Text);

/// <summary>An example: the code, and its result.</summary>
internal sealed record ExampleHelp(string Code, string Explanation);

/// <summary>A parameter of any parameter set.</summary>
internal sealed record ParameterHelp(ParameterMetadata Parameter, string Text)
{
    internal string Name => Parameter.Name;

    /// <summary>As a user writes it: without nullability.</summary>
    internal Type Type => Nullable.GetUnderlyingType(Parameter.ParameterType) ?? Parameter.ParameterType;

    internal string? Default { get; init; }

    /// <summary>The accepted values, if they are few.</summary>
    internal IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The least and the greatest value.</summary>
    internal string? Range { get; init; }

    internal bool TakesWildcards => Parameter.Attributes.Any(a => a is SupportsWildcardsAttribute);
}

/// <summary>Finds related topics: commands that the help mentions, next steps, commands with the same noun, and some of the same domain.</summary>
internal static partial class RelatedLinks
{
    private const int Most = 12;
    private const int Enough = 6;
    private const int MostNext = 4;

    internal static CommandHelp Add(CommandHelp help, IReadOnlyList<CmdletInfo> all)
    {
        var text = string.Join('\n', help.Description.Concat(help.Examples.Select(e => e.Code)).Concat(help.Parameters.Select(p => p.Text)).Prepend(help.Synopsis));
        var mentioned = Command().Matches(text).Select(m => m.Value).Where(n => all.Any(c => c.Name == n));
        var noun = help.Command.Noun;
        var akin = all.Where(c => c.Noun == noun).Concat(all.Where(c => noun.Length > 3 && (c.Noun.StartsWith(noun, StringComparison.Ordinal) || (c.Noun.Length > 3 && noun.StartsWith(c.Noun, StringComparison.Ordinal)))));
        // After starting an operation, users wait for it.
        var follows = help.Command.Parameters.ContainsKey("Wait") ? ["Wait-OdcOperation"] : Array.Empty<string>();
        var isSession = help.Command.ImplementingType.Namespace!.EndsWith(".Session", StringComparison.Ordinal);
        var near = mentioned.Concat(follows).Concat(Next(help.Command, all)).Concat(akin.Select(c => c.Name)).Where(n => n != help.Command.Name && n != "Connect-Odc").Distinct(StringComparer.Ordinal).ToList();
        var domain = all.Where(c => c.ImplementingType.Namespace == help.Command.ImplementingType.Namespace).Select(c => c.Name).Except(near, StringComparer.Ordinal).Where(n => n != help.Command.Name);
        return help with { Related = [.. near.Concat(domain.Take(isSession ? Most : Math.Max(0, Enough - near.Count))).Take(Most), Topic(help.Command, isSession)] };
    }

    // The commands that accept the output of this one.
    private static IEnumerable<string> Next(CmdletInfo command, IReadOnlyList<CmdletInfo> all)
    {
        var written = command.OutputType.Select(o => o.Type).OfType<Type>().ToList();
        return all.Where(c => c.Verb != "Get" && c.Parameters.Values.Any(p => p.ParameterSets.Values.Any(s => s.ValueFromPipeline)
            && p.Attributes.OfType<IResourceParameter>().Any(r => r.ResourceType.Types.Any(written.Contains)))).Select(c => c.Name).Take(MostNext);
    }

    private static string Topic(CmdletInfo command, bool isSession) =>
        isSession ? "about_OdcAuthentication"
        : command.Parameters.ContainsKey("Wait") ? "about_OdcAutomation"
        : command.Parameters.ContainsKey("WhatIf") ? "about_OdcErrors"
        : command.Parameters.ContainsKey("First") ? "about_OdcRateLimits"
        : "about_Odc";

    [GeneratedRegex(@"\b[A-Z][a-z]+-Odc\w*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Command();
}
