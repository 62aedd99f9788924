using System.Text.Json.Nodes;
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
    /// <summary>What applies afterwards because a limit is taken away, such as all stages; null if none is.</summary>
    internal string? Widens { get; init; }

    /// <summary>Whether an item of a list is taken away.</summary>
    internal bool IsRemoval => To is null && From is not null && IsItem;

    private bool IsItem => Property.EndsWith("]", StringComparison.Ordinal);

    public override string ToString() => (From, To) switch
    {
        (null, null) => Property,
        (null, { } to) when IsItem => $"adds {Property}{(Property.EndsWith($"[{to}]", StringComparison.Ordinal) ? "" : $": {Redactor.Excerpt(to, 60)}")}",
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

    /// <summary>The vault entries that it reads.</summary>
    internal IReadOnlyList<string> SecretNames { get; init; } = [];

    /// <summary>For a new user, what the service can take together with those of others.</summary>
    internal NewUser? User { get; init; }

    /// <summary>The steps without which it can't be done.</summary>
    internal IReadOnlyList<TenantStep> Needs { get; init; } = [];

    /// <summary>What it means for who can reach apps; null where it changes no IP filter.</summary>
    internal FilterReach? Reach { get; init; }

    /// <summary>Its first request, for -WhatIf.</summary>
    internal Func<ApiRequest>? Preview { get; init; }

    /// <summary>Sends its requests; null for a step that does nothing.</summary>
    internal Func<StepSender, Task>? Send { get; init; }

    internal bool IsSkipped => action == TenantAction.Skip;

    /// <summary>The object: group Support in QA.</summary>
    internal string Object => $"{kind.Noun} {(kind.IsSingle ? "" : name + " ")}{(stage is null ? "" : "in " + stage)}".TrimEnd();

    /// <summary>What changes, from what to what; for a step that does nothing, why.</summary>
    internal string Details => string.Join("; ", Changes.Select(c => c.ToString()).Concat(new[] { Effect, Reason }.OfType<string>()));

    /// <summary>The step in plain words.</summary>
    public override string ToString()
    {
        var details = Details;
        return $"{action.ToString().ToLowerInvariant()} {Object}{(details.Length == 0 ? "" : ": " + details)}";
    }
}

/// <summary>A new user, for one request that creates many.</summary>
/// <param name="Profile">The profile that the service takes.</param>
/// <param name="AddAccess">Grants the roles of the user with the key.</param>
internal sealed record NewUser(JsonObject Profile, Func<StepSender, string, Task> AddAccess);

/// <summary>What is wrong in a file for this tenant: a name that it does not have, or that several objects of it have, or a value that it would not take.</summary>
/// <param name="Document">The document.</param>
/// <param name="Path">Where it stands in it.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record PlanFault(TenantDocument Document, string Path, string Message)
{
    public override string ToString() => $"{Document.PlaceOf(Path) ?? Document.ToString()}: {Message}";
}

/// <summary>What an import will do, in this order.</summary>
/// <param name="Steps">The steps, with those that do nothing.</param>
/// <param name="Faults">What is wrong in the files.</param>
/// <param name="Now">The tenant as it was read.</param>
/// <param name="Notes">What is left out unless it is asked for, with its number and how to include it.</param>
internal sealed record TenantPlan(IReadOnlyList<TenantStep> Steps, IReadOnlyList<PlanFault> Faults, TenantContent Now, IReadOnlyList<string> Notes)
{
    internal IEnumerable<TenantStep> Sent => Steps.Where(s => !s.IsSkipped);
}
