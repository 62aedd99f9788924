namespace OdcPowerShell.Http;

/// <summary>What an operation requires of the API client. A permission is named as the documentation names it: category, then name, as in "Stage > View stage".</summary>
internal sealed class Permission
{
    private readonly string _text;
    private readonly string _more;

    private Permission(PermissionRule rule, string text, params string[] names)
        : this(rule, text, more: "", names)
    {
    }

    private Permission(PermissionRule rule, string text, string more, IReadOnlyList<string> names) => (Rule, _text, _more, Names) = (rule, text, more, names);

    private const string AtAll = "any permission";

    /// <summary>Any permission is enough, no matter which.</summary>
    internal static Permission AnyAtAll { get; } = new(PermissionRule.AnyAtAll, "any one permission");

    /// <summary>The documentation names none.</summary>
    internal static Permission NotStated { get; } = new(PermissionRule.NotStated, "not stated");

    internal PermissionRule Rule { get; }

    /// <summary>The permissions, of which the rule requires one or all.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <summary>Whether the API client needs it for the stage that the request is about, and not for the organization.</summary>
    internal bool IsPerStage { get; private init; }

    /// <summary>The permission that limits the rows of a list; null where none does.</summary>
    internal string? LimitsRows { get; private init; }

    /// <summary>What an API client lacks whose request was rejected, in plain words.</summary>
    internal string Required => Rule switch
    {
        PermissionRule.NotStated => Names.Count == 0 ? "a permission that the documentation does not name" : string.Join(" and ", Names),
        PermissionRule.AnyAtAll => LimitsRows ?? AtAll,
        _ => _text,
    };

    /// <summary>The message of a rejected request.</summary>
    internal string Missing => Rule switch
    {
        PermissionRule.NotStated when Names.Count == 0 => "the API client lacks a permission",
        PermissionRule.NotStated => $"the API client lacks a permission: the guides name {string.Join(" and ", Names)}",
        PermissionRule.AnyAtAll when LimitsRows is null => "the API client lacks a permission: it has none",
        _ => $"the API client lacks a permission: {Required}",
    };

    /// <summary>What to do about a rejected request.</summary>
    internal string Grant => Rule switch
    {
        PermissionRule.NotStated when Names.Count == 0 => "Grant the API client the permission that the operation's documentation names (ODC Portal: API clients, edit permissions).",
        PermissionRule.NotStated =>
            $"The documentation names no permission for it; grant the API client what its guides ask for (ODC Portal: API clients, edit permissions): {string.Join(" and ", Names)}.",
        PermissionRule.AnyAtAll when LimitsRows is null => "The API client has no permission at all: grant it those that it needs (ODC Portal: API clients, edit permissions).",
        _ => $"Grant the API client this permission{(IsPerStage ? " for the stage" : "")} in the ODC Portal (API clients, edit permissions): {Required}.",
    };

    public static implicit operator Permission(string name) => new(PermissionRule.OneOf, name, name);

    /// <summary>One of several is enough.</summary>
    /// <param name="text">The names as a message says them.</param>
    /// <param name="names">The names.</param>
    internal static Permission OneOf(string text, params string[] names) => new(PermissionRule.OneOf, text, names);

    /// <summary>Which is needed depends on what the request changes.</summary>
    /// <param name="cases">What is changed, and the permission; the first case may be everything else.</param>
    internal static Permission ByCase(params (string Change, string Name)[] cases) =>
        new(PermissionRule.OneOf, string.Join("; ", cases.Select(c => c.Change.Length == 0 ? c.Name : $"{c.Change}: {c.Name}")), [.. cases.Select(c => c.Name)]);

    /// <summary>The documentation of the operation names none, but a guide does.</summary>
    internal static Permission InGuide(string name, string guide = "guides") => new(PermissionRule.NotStated, $"not stated ({guide}: {name})", name);

    /// <summary>A permission for the stage that the request is about.</summary>
    internal static Permission InStage(string name) => ((Permission)name).PerStage();

    /// <summary>The same for the stage that the request is about.</summary>
    internal Permission PerStage() => new(Rule, _text, _more, Names) { IsPerStage = true, LimitsRows = LimitsRows };

    /// <summary>Several permissions for the stage that the request is about, which are all needed.</summary>
    internal static Permission AllInStage(params string[] names) => new(PermissionRule.AllOf, string.Join(" and ", names), names) { IsPerStage = true };

    /// <summary>The same, where a further permission shows more of the answer. Without it the request is not rejected.</summary>
    internal Permission WithMore(string what, string name) => new(Rule, _text, $"{_more}; {what} {name}", Names) { IsPerStage = IsPerStage, LimitsRows = LimitsRows };

    /// <summary>The same for a list of which the API client sees the rows for which it has another permission.</summary>
    internal Permission WithRows(string name) => new(Rule, _text, $"{_more}; {name}", Names) { IsPerStage = IsPerStage, LimitsRows = name };

    /// <summary>What an API client lacks, in a sentence: "the permission Stage > View stage", or what <see cref="Required"/> says without a name.</summary>
    internal static string Lacks(string? required) => required?.Contains(" > ") == true ? $"the API client lacks the permission {required}"
        : required == AtAll ? "the API client has no permission at all" : $"the API client lacks {required}";

    public override string ToString() => _text + _more;
}

internal enum PermissionRule
{
    OneOf,
    AllOf,
    AnyAtAll,
    NotStated,
}
