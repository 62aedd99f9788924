using OdcPowerShell.EnvironmentConfigurations;

namespace OdcPowerShell.Tenants;

/// <summary>What an import does with an object.</summary>
internal enum TenantAction
{
    Create,
    Change,
    Remove,

    /// <summary>Nothing: the API has no way to do it, or something that it needs is missing.</summary>
    Skip,
}

/// <summary>A property that an import changes.</summary>
/// <param name="Property">The property, with the item of a list: <c>roles[Order Desk/Support]</c>.</param>
/// <param name="From">The value in the tenant; null if it is not there.</param>
/// <param name="To">The value afterwards; null if it is removed.</param>
internal sealed record TenantPropertyChange(string Property, string? From, string? To)
{
    /// <summary>Whether an item of a list is taken away.</summary>
    internal bool IsRemoval => To is null && From is not null && IsItem;

    private bool IsItem => Property.IndexOf('[') >= 0;

    public override string ToString() => (From, To) switch
    {
        (null, null) => Property,
        (null, _) when IsItem => $"adds {Property}",
        (_, null) when IsItem => $"removes {Property}",
        _ => $"{Property} {Shown(From)} becomes {Shown(To)}",
    };

    private static string Shown(string? value) => value is null ? "(empty)" : $"'{Redactor.Excerpt(value, 60)}'";
}

/// <summary>From where apps can be reached after a step, and before it: for the warning that this machine would be locked out.</summary>
/// <param name="After">From where afterwards.</param>
/// <param name="Before">From where now; null where it is not known, empty if no app is concerned.</param>
internal sealed record FilterReach(IpFilterReach After, IReadOnlyList<IpFilterReach?> Before);

/// <summary>One step of an import: one object, and what happens with it.</summary>
internal sealed class TenantStep(TenantAction action, TenantKind kind, string? stage, string name)
{
    internal TenantAction Action => action;

    internal TenantKind Kind => kind;

    internal string? Stage => stage;

    internal string Name => name;

    internal IReadOnlyList<TenantPropertyChange> Changes { get; init; } = [];

    /// <summary>For a step that does nothing, why, and what to do instead.</summary>
    internal string? Reason { get; init; }

    /// <summary>What else it means, for questions.</summary>
    internal string? Effect { get; init; }

    /// <summary>The vault entry that it reads; null for none.</summary>
    internal string? SecretName { get; init; }

    /// <summary>The steps without which it can't be done.</summary>
    internal IReadOnlyList<TenantStep> Needs { get; init; } = [];

    /// <summary>What it means for who can reach apps; null where it changes no IP filter.</summary>
    internal FilterReach? Reach { get; init; }

    /// <summary>Its first request, for -WhatIf.</summary>
    internal Func<ApiRequest>? Preview { get; init; }

    /// <summary>Sends its requests; null for a step that does nothing.</summary>
    internal Func<StepSender, Task>? Send { get; init; }

    internal bool IsSkipped => action == TenantAction.Skip;

    /// <summary>Whether it can take something away from people: it needs their agreement.</summary>
    internal bool IsCritical => !IsSkipped && (action == TenantAction.Remove || kind == TenantKinds.IpFilterGroup || kind == TenantKinds.Subscription || Changes.Any(c => c.IsRemoval));

    /// <summary>The object: group Support in QA.</summary>
    internal string Object => $"{kind.Noun} {(kind.IsSingle ? "" : name + " ")}{(stage is null ? "" : "in " + stage)}".TrimEnd();

    /// <summary>The step in plain words.</summary>
    public override string ToString()
    {
        var details = string.Join("; ", Changes.Select(c => c.ToString()).Concat(new[] { Effect, Reason }.OfType<string>()));
        return $"{action.ToString().ToLowerInvariant()} {Object}{(details.Length == 0 ? "" : ": " + details)}";
    }
}

/// <summary>A name in a file that the tenant does not have, or that several objects of it have.</summary>
/// <param name="Document">The document with the name.</param>
/// <param name="Path">Where the name stands in it.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record MissingName(TenantDocument Document, string Path, string Message)
{
    public override string ToString() => $"{Document.PlaceOf(Path) ?? Document.ToString()}: {Message}";
}

/// <summary>What an import will do, in this order.</summary>
/// <param name="Steps">The steps, with those that do nothing.</param>
/// <param name="Missing">The names that were not found.</param>
/// <param name="Now">The tenant as it was read.</param>
internal sealed record TenantPlan(IReadOnlyList<TenantStep> Steps, IReadOnlyList<MissingName> Missing, TenantContent Now)
{
    internal IEnumerable<TenantStep> Sent => Steps.Where(s => !s.IsSkipped);
}

/// <summary>The files of an import.</summary>
/// <param name="Content">The objects, and what was not exported.</param>
/// <param name="Kinds">The kinds that the files are about: -Prune removes nothing of others.</param>
/// <param name="Stages">The names of the stages that the files are about; empty for all.</param>
/// <param name="WithUsers">Whether users and the members of groups were exported.</param>
internal sealed record ImportSource(TenantContent Content, IReadOnlyCollection<TenantKind> Kinds, IReadOnlyCollection<string> Stages, bool WithUsers)
{
    internal static ImportSource Of(TenantContent content)
    {
        var scope = content.Scope ?? new TenantScope(TenantKinds.All, [], WithUsers: true);
        return new ImportSource(content, [.. scope.Kinds.Where(k => scope.WithUsers || k != TenantKinds.User)], scope.Stages, scope.WithUsers);
    }
}

/// <summary>How an import is done.</summary>
/// <param name="Prunes">Whether what the files don't have is removed.</param>
/// <param name="SkipsMissing">Whether names that the tenant does not have are left out; otherwise they are errors.</param>
/// <param name="SetsSecrets">Whether secrets are set that have a value already.</param>
internal sealed record ImportOptions(bool Prunes = false, bool SkipsMissing = false, bool SetsSecrets = false);
