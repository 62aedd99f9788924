using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace OdcPowerShell.Parameters;

/// <summary>
/// Accepts one kind of object: by key, by name, as any object with a property of that key's own name, or as a pasted portal URL. Anything
/// else is refused by name, so that a stage never passes for a user.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal class ReferenceAttribute(Kind kind) : ArgumentTransformationAttribute
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    internal Kind Kind => kind;

    /// <summary>Types that a parameter of another set takes from the pipeline: they are left to it.</summary>
    public Type[] Others { get; set; } = [];

    /// <summary>Whether all that does not fit is left to parameters of other sets.</summary>
    public bool IsChoice { get; set; }

    /// <summary>Whether nothing may be given, as by rows of which some have no such object.</summary>
    public bool IsOptional { get; set; }

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => IsOptional && Bare(inputData) is null or "" ? null : Reference(inputData);

    private protected ObjectReference Reference(object? value)
    {
        var info = Kinds.Of(kind);
        var bare = Bare(value);
        return bare switch
        {
            ObjectReference reference when reference.Kind == kind => reference,
            string text => FromText(text.Trim(), info, given: null),
            Guid key => new ObjectReference(kind, key.ToString("D"), key.ToString("D"), given: null),
            null => throw Refused($"{info.Article} {info.Noun} is expected here, not nothing."),
            _ when Others.Any(o => o.IsInstanceOfType(bare)) => throw LeftToOthers(info),
            OdcResource when info.Only?.IsInstanceOfType(bare) == false => IsChoice ? throw LeftToOthers(info) : throw Refused($"{info.Article} {info.Noun} is expected here, not {bare.GetType().Name}."),
            _ => Bare(KeyIn(value!, bare, info)) switch
            {
                string { Length: > 0 } key => FromText(key, info, bare),
                Guid key => new ObjectReference(kind, key.ToString("D"), bare.ToString() ?? "", bare),
                _ when IsChoice => throw LeftToOthers(info),
                _ => throw Refused($"{info.Article} {info.Noun} is expected here, as an object with a {info.KeyProperty}{(info.FoundBy is null ? " or by its key" : $", by its key or by its {info.FoundBy}")}, not {bare.GetType().Name}."),
            },
        };
    }

    private static object? KeyIn(object value, object bare, KindInfo info)
    {
        var properties = PSObject.AsPSObject(value).Properties;
        return properties[info.KeyProperty]?.Value ?? (bare is OdcResource ? null : info.Columns.Select(c => properties[c]?.Value).FirstOrDefault(v => v is not (null or "")));
    }

    private ObjectReference FromText(string text, KindInfo info, object? given)
    {
        if (Guid.TryParse(text, out var key) || (text.Contains("://") && Guid.TryParse(FirstKey(text), out key)))
            return new ObjectReference(kind, key.ToString("D"), given is OdcResource ? given.ToString()! : key.ToString("D"), given as OdcResource);
        if (info.Find is null || text.Length == 0 || text.Contains("://"))
            throw Refused($"'{text}' is not the key (a GUID) of {info.Article.ToLowerInvariant()} {info.Noun}.");
        return new ObjectReference(kind, key: null, text, given: null);
    }

    private static string FirstKey(string url) =>
        Regex.Match(url, "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Limit).Value;

    private protected static ArgumentTransformationMetadataException Refused(string message) => new(message);

    // The binder goes on to other parameters only where a cast failed.
    private static ArgumentTransformationMetadataException LeftToOthers(KindInfo info) => new($"It is not a {info.Noun}.", new PSInvalidCastException());

    private protected static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}

/// <summary>The same for a parameter that takes several.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ReferencesAttribute(Kind kind) : ReferenceAttribute(kind)
{
    /// <summary>Whether an empty list may be given, to say that there shall be none.</summary>
    public bool AllowsNone { get; set; }

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (IsOptional && Bare(inputData) is null or "")
            return Array.Empty<ObjectReference>();
        var references = Flat(inputData).Select(Reference).ToArray();
        // A command without its objects would take all there are.
        return references.Length > 0 || AllowsNone ? references : throw Refused($"The list of {Kinds.Of(Kind).Noun}s is empty.");
    }

    // Lists of lists are what (Get-A), (Get-B) is, and what a property of several objects gives.
    private static IEnumerable<object?> Flat(object? value) =>
        Bare(value) is IEnumerable list and not (string or IDictionary) ? list.Cast<object?>().SelectMany(Flat) : [value];
}
