using System.Text.Json;

namespace OdcPowerShell;

/// <summary>An object of the API. Members that the module does not know are kept and shown as properties.</summary>
/// <remarks>Its properties are set, not init: those the serializer can fill only through an array of boxed values, which takes a third longer.</remarks>
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
