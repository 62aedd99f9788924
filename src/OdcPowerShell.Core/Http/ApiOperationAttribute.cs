using System.Reflection;

namespace OdcPowerShell.Http;

/// <summary>
/// An operation that a command calls, by the field that has it: help, checks and errors get its permission from there. What its call depends on is
/// data as far as parameters decide it, so that a script can be read without running it; help has the same as text. Several conditions are all needed.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class ApiOperationAttribute(Type api, string member) : Attribute
{
    internal Operation Operation => (Operation)api.GetField(member, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!.GetValue(obj: null)!;

    /// <summary>The parameters that it is called with: "Wait", "AddPermission or PassThru", "Stage and PassThru", or one with a value, "ApiVersion V1".</summary>
    public string? With { get; set; }

    /// <summary>The parameters that it is called without: "Revision", "Group, User", or one with a value.</summary>
    public string? Without { get; set; }

    /// <summary>The parameters of which one key, and no more, is read with it: "User or NameOrEmail".</summary>
    public string? OneKey { get; set; }

    /// <summary>The parameters with which it is called unless their value is one key.</summary>
    public string? NotOneKey { get; set; }

    /// <summary>The parameters whose names it looks up. The look-ups of all other parameters need no attribute, they are known by the parameters' types.</summary>
    public string? LooksUp { get; set; }

    /// <summary>The parameters whose objects it reads, by name and by key, unless they are objects.</summary>
    public string? Reads { get; set; }

    /// <summary>The parameters with a revision for whose tag it is called. A number needs it not.</summary>
    public string? TagIn { get; set; }

    /// <summary>What else it is called for, which only a run shows, such as "for a build that failed". It names no parameter.</summary>
    public string? When { get; set; }

    /// <summary>Whether the command does its work without it, and only leaves something out, so that Test-OdcConnection -For does not try it.</summary>
    public bool IsOptional { get; set; }

    /// <summary>Whether the command only tries it, to find out what the API client can see, so that its permission is not needed.</summary>
    public bool IsTrial { get; set; }

    /// <summary>Whether it is called only for one value of a parameter.</summary>
    internal bool IsForOneValue => With is not null && Read(With).All(all => all.Any(one => one.Value is not null));

    /// <summary>Whether it is called only for names, types and revisions of what parameters specify.</summary>
    internal bool IsLookUp => LooksUp is not null || Reads is not null || TagIn is not null;

    /// <summary>When the command calls it, as help says it; null for always.</summary>
    internal string? Text
    {
        get
        {
            var parts = new[]
            {
                Named("with ", With), Named("without ", Without), Named("for one key in ", OneKey), Named("without a single key in ", NotOneKey),
                Named("to look up the name in ", LooksUp), Named("to read what is in ", Reads), Named("for a tag in ", TagIn), When,
            }.OfType<string>().ToList();
            return parts.Count == 0 ? null : string.Join(", ", parts);
        }
    }

    /// <summary>The parameters of a condition: of the outer list one is enough, and of the inner all are needed.</summary>
    internal static IReadOnlyList<IReadOnlyList<ParameterChoice>> Read(string condition) =>
        [.. Split(condition, ", ", " or ").Select(choice => (IReadOnlyList<ParameterChoice>)[.. Split(choice, " and ").Select(ParameterChoice.Read)])];

    private static string[] Split(string text, params string[] separators) => text.Split(separators, StringSplitOptions.RemoveEmptyEntries);

    private static string? Named(string word, string? condition)
    {
        if (condition is null)
            return null;
        List<string> choices = [.. Read(condition).Select(all => string.Join(" and ", all))];
        return word + (choices.Count == 1 ? choices[0] : $"{string.Join(", ", choices.Take(choices.Count - 1))} or {choices[choices.Count - 1]}");
    }
}

/// <summary>A parameter in a condition, with any value or with one.</summary>
internal sealed record ParameterChoice(string Parameter, string? Value)
{
    internal static ParameterChoice Read(string text)
    {
        var words = text.Split(' ');
        return new ParameterChoice(words[0], words.Length > 1 ? words[1] : null);
    }

    public override string ToString() => Value is null ? "-" + Parameter : $"-{Parameter} {Value}";
}
