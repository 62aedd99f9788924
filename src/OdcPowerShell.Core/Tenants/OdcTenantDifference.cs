namespace OdcPowerShell.Tenants;

/// <summary>A difference of two tenants, of two exports, or of two stages.</summary>
[Columns("Change 8", "Kind 13", "Name 18", "Stage 10", "Property 15", "Reference 10", "Difference")]
public sealed class OdcTenantDifference : OdcResource
{
    /// <summary>The kind of object: Group, Domain, AssetSettings.</summary>
    public string? Kind { get; internal set; }

    public string? Name { get; internal set; }

    /// <summary>The stage that the object belongs to; null for the organization's.</summary>
    public string? Stage { get; internal set; }

    /// <summary>The property, with the item of a list or the name of a setting, such as <c>roles[Order Desk/Support]</c>. Null for a whole object.</summary>
    public string? Property { get; internal set; }

    /// <summary>The value in the reference; null if it is not there.</summary>
    public string? Reference { get; internal set; }

    /// <summary>The value in what is compared with it; null if it is not there.</summary>
    public string? Difference { get; internal set; }

    /// <summary>Added, Removed or Changed: what happened between the reference and what is compared with it.</summary>
    public string? Change { get; internal set; }

    /// <summary>Whether it is only shown, and can't be changed through the API.</summary>
    public bool IsState { get; internal set; }

    /// <summary>The file and the line, where the reference is a folder: <c>groups/Sales.json:12</c>.</summary>
    public string? File { get; internal set; }

    internal static OdcTenantDifference Of(TenantDifference found, TenantDocument? file) => new()
    {
        Kind = found.Kind.Name,
        Name = found.Name,
        Stage = found.Stage,
        Property = found.Property,
        Reference = found.Reference,
        Difference = found.Difference,
        Change = found.Change,
        IsState = found.IsState,
        File = file?.PlaceOf(found.Property),
    };

    public override string ToString() => $"{Change}: {Kind} {Name}{(Stage is null ? "" : " in " + Stage)}{(Property is null ? "" : ", " + Property)}";
}
