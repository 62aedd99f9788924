using System.Text.Json;

namespace OdcPowerShell;

/// <summary>An object of the API. Members that the module does not know are kept and shown as properties.</summary>
/// <remarks>Its properties are set, not init: the serializer fills init properties through an array of boxed values, which takes a third longer.</remarks>
public abstract class OdcResource
{
    [JsonInclude]
    [JsonExtensionData]
    internal Dictionary<string, JsonElement>? Unknown { get; set; }

    /// <summary>The resources inside this one, whose unknown members are shown too.</summary>
    [JsonIgnore]
    internal virtual IEnumerable<OdcResource?> Parts => [];
}

/// <summary>A part that tables show as a text, and that can be compared with that text: <c>Where-Object Access -eq 'Member'</c>.</summary>
public abstract class OdcTextPart : OdcResource
{
    public override bool Equals(object? obj) => ReferenceEquals(this, obj) || (obj is string text && string.Equals(text, ToString(), StringComparison.OrdinalIgnoreCase));

    public override int GetHashCode() => base.GetHashCode();

    public abstract override string ToString();
}

/// <summary>An object that users know by its name and the API by its key.</summary>
internal interface INamed
{
    string? Key { get; }

    string? Name { get; }
}

/// <summary>The columns of the table in which a user sees objects of the class, from which the build makes the module's views.</summary>
/// <remarks>
/// <para><c>Name 24</c>: a property, which is the heading too, and the width. Without a width it shares the room that is left: usually the last column.</para>
/// <para>A column shows what the property contains: numbers are aligned right, lists joined by semicolons. Dates are shown to the minute, to the day
/// (<c>ExpiresOn 11 day</c>) or to the second (<c>Timestamp 20 second</c>), in UTC, and the same in every culture.</para>
/// <para>For anything else, add a property to the class, so that scripts can use what the table shows.</para>
/// <para>At 80 columns, of which it uses 79, PowerShell leaves out the last columns and cuts the one before: what identifies the object comes first, keys come last, and no
/// column may be cut below its heading.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class ColumnsAttribute(params string[] columns) : Attribute
{
    internal IReadOnlyList<string> Columns => columns;

    /// <summary>Whether a long text continues in further lines, instead of being cut.</summary>
    public bool Wrap { get; set; }
}
