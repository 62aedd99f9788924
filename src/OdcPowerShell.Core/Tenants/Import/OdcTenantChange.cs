namespace OdcPowerShell.Tenants;

/// <summary>A step of an import of a tenant: what it does with an object, and how it ended.</summary>
[Columns("Order 5", "Action 6", "ObjectName 24", "Result 7", "Details", Wrap = true)]
public sealed class OdcTenantChange : OdcResource
{
    private const int MostShown = 5;

    /// <summary>The place in the order of the steps, from 1.</summary>
    public int Order { get; internal set; }

    /// <summary>Create, Change, Remove, or Skip for what can't be done.</summary>
    public string Action { get; internal set; } = "";

    /// <summary>The kind of object.</summary>
    public string Kind { get; internal set; } = "";

    /// <summary>The stage that it belongs to; null for the organization's.</summary>
    public string? StageName { get; internal set; }

    public string Name { get; internal set; } = "";

    /// <summary>The object in words: group Support in QA.</summary>
    public string ObjectName { get; internal set; } = "";

    /// <summary>Done, Failed, NotDone, WhatIf, or Planned for a plan that is saved.</summary>
    public string Result { get; internal set; } = "";

    /// <summary>Why it failed or was not done.</summary>
    public string? Reason { get; internal set; }

    /// <summary>What else it means, such as who can reach apps afterwards.</summary>
    public string? Effect { get; internal set; }

    /// <summary>In words what changes, from what to what, or why nothing was done; the first five changes if there are more.</summary>
    public string? Details { get; internal set; }

    /// <summary>What changes.</summary>
    public IReadOnlyList<OdcTenantChangedProperty>? Properties { get; internal set; }

    internal override IEnumerable<OdcResource?> Parts => Properties ?? [];

    internal static OdcTenantChange Of(TenantStep step, int order, StepOutcome outcome) => new()
    {
        Order = order,
        Action = step.Action.ToString(),
        Kind = step.Kind.Name,
        StageName = step.Stage,
        Name = step.Name,
        ObjectName = step.Object,
        Result = outcome.Result,
        Reason = outcome.Reason,
        Effect = step.Effect,
        // The error of a step that failed is shown already.
        Details = DetailsOf(step, outcome.Failure is null ? outcome.Reason : "see Reason"),
        Properties = ((IReadOnlyList<OdcTenantChangedProperty>)[.. step.Changes.Select(c => new OdcTenantChangedProperty { Property = c.Property, From = c.From, To = c.To })]).Present(),
    };

    private static string? DetailsOf(TenantStep step, string? reason)
    {
        List<string> texts = [.. step.Changes.Take(MostShown).Select(c => reason is null ? c.ToString() : c.Property)];
        if (step.Changes.Count > MostShown)
            texts.Add(FormattableString.Invariant($"and {step.Changes.Count - MostShown} more"));
        var changes = string.Join("; ", texts);
        return (changes.Length, reason ?? step.Effect) switch
        {
            (0, var text) => text,
            (_, null) => changes,
            (_, var text) when reason is null => $"{changes}; {text}",
            (_, var text) => $"{changes}: {text}",
        };
    }

    public override string ToString() => $"{Action} {Kind} {Name}{(StageName is null ? "" : $" in {StageName}")}: {Result}";
}

/// <summary>A property that an import changes.</summary>
[Columns("Property 30", "From 24", "To")]
public sealed class OdcTenantChangedProperty : OdcResource
{
    /// <summary>The property, with the item of a list: <c>roles[Order Desk/Support]</c>.</summary>
    public string Property { get; internal set; } = "";

    /// <summary>The value in the tenant; null if it was not there.</summary>
    public string? From { get; internal set; }

    /// <summary>The value afterwards; null if it is removed.</summary>
    public string? To { get; internal set; }

    public override string ToString() => Property;
}
