using System.Management.Automation;
using System.Text.RegularExpressions;

namespace OdcPowerShell.Parameters;

/// <summary>
/// Accepts the key of one kind of object: as text or GUID, from any object that has a property of that key's own name, or out of a pasted
/// portal URL. Anything else is refused by name, so that a stage never passes for a user.
/// </summary>
internal abstract class KeyAttribute(string noun, string keyProperty) : ArgumentTransformationAttribute
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Bare(inputData) is object?[] several
        ? several.Select(Key).ToArray()
        : new[] { Key(inputData) };

    /// <summary>A key's own text; subclasses may take names too.</summary>
    protected virtual string FromText(string text)
    {
        var found = Regex.Match(text, "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Limit);
        if (Guid.TryParse(text, out var key) || (text.Contains("://") && found.Success && Guid.TryParse(found.Value, out key)))
            return key.ToString("D");
        throw new ArgumentTransformationMetadataException($"'{text}' is not the key (a GUID) of a {noun}.");
    }

    private string Key(object? value) => Bare(value) switch
    {
        string text => FromText(text.Trim()),
        Guid key => key.ToString("D"),
        null => throw NotOne("nothing"),
        var other => Bare(PSObject.AsPSObject(value).Properties[keyProperty]?.Value) switch
        {
            string key => FromText(key),
            Guid key => key.ToString("D"),
            _ => throw NotOne("a " + other.GetType().Name),
        },
    };

    private ArgumentTransformationMetadataException NotOne(string what) =>
        new($"A {noun} is expected here, as an object with a {keyProperty} or by its key, not {what}.");

    private static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
