namespace OdcPowerShell.Tenants;

/// <summary>A difference of two tenants, of two exports, or of two stages.</summary>
[Columns("ObjectName 32", "OnlyIn 10", "Property", "Reference", "Difference", Wrap = true)]
public sealed class OdcTenantDifference : OdcResource
{
    /// <summary>The kind of object: Group, Domain, AssetSettings.</summary>
    public string? Kind { get; internal set; }

    public string? Name { get; internal set; }

    /// <summary>The stage that the object belongs to; null for the organization's, and for what both of two stages have.</summary>
    public string? Stage { get; internal set; }

    /// <summary>The property, with the item of a list or the name of a setting, such as <c>roles[Order Desk/Support]</c>. Null for a whole object.</summary>
    public string? Property { get; internal set; }

    /// <summary>The value in the reference; null if it is not there.</summary>
    public string? Reference { get; internal set; }

    /// <summary>The value in what is compared with it; null if it is not there.</summary>
    public string? Difference { get; internal set; }

    /// <summary>Added, Removed or Changed: what happened between the reference and what is compared with it. OnlyIn shows which side has it.</summary>
    public string? Change { get; internal set; }

    /// <summary>The side that has the object or value, if only one has it: Files or Tenant, a folder, a stage, or a tenant. Null if both have one.</summary>
    public string? OnlyIn { get; internal set; }

    /// <summary>Kind, name and stage as one text, such as <c>Group Sales in QA</c>.</summary>
    [JsonIgnore]
    public string ObjectName => $"{Kind} {Name}{(Stage is null ? "" : " in " + Stage)}";

    /// <summary>Whether it is only shown, and can't be changed through the API.</summary>
    public bool IsState { get; internal set; }

    /// <summary>The file and the line, where the reference is a folder: <c>groups/Sales.json:12</c>.</summary>
    public string? File { get; internal set; }

    /// <summary>What distinguishes the object that was compared.</summary>
    internal (string Kind, string Stage, string Name) Identity { get; private set; }

    /// <param name="found">The difference.</param>
    /// <param name="file">The object of the reference.</param>
    /// <param name="reference">The name of the reference.</param>
    /// <param name="difference">The name of what is compared with it.</param>
    /// <param name="areStages">Whether these are stages: then an object that only one has belongs to that.</param>
    internal static OdcTenantDifference Of(TenantDifference found, TenantDocument? file, string reference, string difference, bool areStages) => new()
    {
        Identity = (found.Kind.Name, found.Stage ?? "", found.Name),
        Kind = found.Kind.Name,
        Name = found.Name,
        Stage = !areStages ? found.Stage : found.Property is not null ? null : found.Difference is null ? reference : difference,
        Property = found.Property,
        Reference = found.Reference,
        Difference = found.Difference,
        Change = found.Change,
        OnlyIn = found.Difference is null ? reference : found.Reference is null ? difference : null,
        IsState = found.IsState,
        File = file?.PlaceOf(found.Property),
    };

    public override string ToString() => $"{Change}{(OnlyIn is null ? "" : $" (only in {OnlyIn})")}: {ObjectName}{(Property is null ? "" : ", " + Property)}";
}
