using System.Management.Automation;
using System.Text.RegularExpressions;

namespace OdcPowerShell.Parameters;

/// <summary>
/// Accepts the key of one type of object: as text or GUID, as the object itself, or out of a pasted portal URL. Anything else is refused
/// by name, so that a stage never passes for a user.
/// </summary>
internal abstract class KeyAttribute(Type type, string keyProperty) : ArgumentTransformationAttribute
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Bare(inputData) is object?[] several
        ? several.Select(s => Key(Bare(s))).ToArray()
        : new[] { Key(Bare(inputData)) };

    /// <summary>A key's own text; subclasses may take names too.</summary>
    protected virtual string FromText(string text)
    {
        var found = Regex.Match(text, "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Limit);
        if (Guid.TryParse(text, out var key) || (text.Contains("://") && found.Success && Guid.TryParse(found.Value, out key)))
            return key.ToString("D");
        throw new ArgumentTransformationMetadataException($"'{text}' is not the key (a GUID) of a {Noun}.");
    }

    private string Noun => type.Name.Replace("Odc", "").ToLowerInvariant();

    private string Key(object? value) => value switch
    {
        string text => FromText(text.Trim()),
        Guid key => key.ToString("D"),
        not null when type.IsInstanceOfType(value) => type.GetProperty(keyProperty)!.GetValue(value) as string ?? throw NotOne(value),
        _ => throw NotOne(value),
    };

    private ArgumentTransformationMetadataException NotOne(object? value) =>
        new($"A {Noun} is expected here, as an object or by its key, not {(value is null ? "nothing" : "a " + value.GetType().Name)}.");

    private static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
