using System.Management.Automation;

namespace OdcPowerShell.Help;

/// <summary>All that is said of a cmdlet in words.</summary>
internal sealed record CommandHelp(CmdletInfo Command, string Synopsis, IReadOnlyList<string> Description, IReadOnlyList<ParameterHelp> Parameters)
{
    internal IReadOnlyList<ExampleHelp> Examples { get; init; } = [];

    internal IReadOnlyList<string> Notes { get; init; } = [];

    internal IReadOnlyList<TypeHelp> Inputs => InputReader.Read(Parameters);

    internal IReadOnlyList<TypeHelp> Outputs { get; init; } = [];
}

/// <summary>A type that goes in or comes out.</summary>
internal sealed record TypeHelp(string Name, string Text);

/// <summary>An example: what to type, and what comes of it.</summary>
internal sealed record ExampleHelp(string Code, string Explanation);

/// <summary>A parameter, whichever set it is in.</summary>
internal sealed record ParameterHelp(ParameterMetadata Parameter, string Text)
{
    internal string Name => Parameter.Name;

    /// <summary>As a user writes it: without nullability.</summary>
    internal Type Type => Nullable.GetUnderlyingType(Parameter.ParameterType) ?? Parameter.ParameterType;

    internal string? Default { get; init; }

    /// <summary>The only values that it takes, when they are few.</summary>
    internal IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The least and the greatest value.</summary>
    internal string? Range { get; init; }

    internal bool TakesWildcards => Parameter.Attributes.Any(a => a is SupportsWildcardsAttribute);
}
