namespace OdcPowerShell.Tenants;

/// <summary>A step of an import of a tenant: what it does with an object, and how it ended.</summary>
[Columns("Order 5", "Action 8", "Kind 13", "StageName 12", "Name 20", "Result 8", "Reason")]
public sealed class OdcTenantChange : OdcResource
{
    /// <summary>The place in the order of the steps, from 1.</summary>
    public int Order { get; internal set; }

    /// <summary>Create, Change, Remove, or Skip for what can't be done.</summary>
    public string Action { get; internal set; } = "";

    /// <summary>The kind of object.</summary>
    public string Kind { get; internal set; } = "";

    /// <summary>The stage that it belongs to; null for the organization's.</summary>
    public string? StageName { get; internal set; }

    public string Name { get; internal set; } = "";

    /// <summary>Done, Failed, NotDone, WhatIf, or Planned for a plan that is saved.</summary>
    public string Result { get; internal set; } = "";

    /// <summary>Why it failed or was not done.</summary>
    public string? Reason { get; internal set; }

    /// <summary>What changes.</summary>
    public IReadOnlyList<OdcTenantChangedProperty>? Properties { get; internal set; }

    internal override IEnumerable<OdcResource?> Parts => Properties ?? [];

    internal static OdcTenantChange Of(TenantStep step, int order) => new()
    {
        Order = order,
        Action = step.Action.ToString(),
        Kind = step.Kind.Name,
        StageName = step.Stage,
        Name = step.Name,
        Reason = step.Reason,
        Properties = ((IReadOnlyList<OdcTenantChangedProperty>)[.. step.Changes.Select(c => new OdcTenantChangedProperty { Property = c.Property, From = c.From, To = c.To })]).Present(),
    };

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
