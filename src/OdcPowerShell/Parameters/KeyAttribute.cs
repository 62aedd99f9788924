using System.Management.Automation;
using System.Text.RegularExpressions;

namespace OdcPowerShell.Parameters;

/// <summary>
/// Accepts the key of one type of object: as text or GUID, as the object itself, as an object that names it, or out of a pasted portal URL.
/// Anything else is refused by name, so that a stage never passes for a user.
/// </summary>
internal abstract class KeyAttribute(Type type, string keyProperty) : ArgumentTransformationAttribute
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Bare(inputData) is object?[] several
        ? several.Select(Key).ToArray()
        : new[] { Key(inputData) };

    /// <summary>A key's own text; subclasses may take names too.</summary>
    protected virtual string FromText(string text)
    {
        var found = Regex.Match(text, "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Limit);
        if (Guid.TryParse(text, out var key) || (text.Contains("://") && found.Success && Guid.TryParse(found.Value, out key)))
            return key.ToString("D");
        throw new ArgumentTransformationMetadataException($"'{text}' is not the key (a GUID) of a {Noun}.");
    }

    private string Noun => type.Name.Replace("Odc", "").ToLowerInvariant();

    private string Key(object? value) => Bare(value) switch
    {
        string text => FromText(text.Trim()),
        Guid key => key.ToString("D"),
        { } own when type.IsInstanceOfType(own) => type.GetProperty(keyProperty)!.GetValue(own) as string ?? throw NotOne(own),
        // A row of a CSV file, or another object that names one; binding by property name would come too late to be tried.
        not null when PSObject.AsPSObject(value).Properties[keyProperty]?.Value is { } named && Bare(named) is string or Guid => Key(named),
        var other => throw NotOne(other),
    };

    private ArgumentTransformationMetadataException NotOne(object? value) =>
        new($"A {Noun} is expected here, as an object or by its key, not {(value is null ? "nothing" : "a " + value.GetType().Name)}.");

    private static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
