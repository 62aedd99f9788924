using System.Collections;
using System.Text.RegularExpressions;

namespace OdcPowerShell.Binding;

/// <summary>
/// Accepts one kind of object: by key, by name, as an object of this kind, as a row whose own key it is, or as a pasted portal URL. An object
/// of another kind that only refers to one of this kind is refused, unless the command reads. What is refused becomes a reference that
/// says why: the command reports it as an error of this input, with an id and an action, which PowerShell's own refusal does not have.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal class ReferenceAttribute(Type resource) : ArgumentTransformationAttribute, IResourceParameter
{
    /// <summary>The type of the objects.</summary>
    internal Type Resource => resource;

    public ResourceType ResourceType => ResourceTypes.Of(resource);

    /// <summary>Whether any object will do that has such a key: for commands that read, and never for those that change.</summary>
    public bool Follows { get; set; }

    /// <summary>Types of other kinds that mean one of this kind here.</summary>
    public Type[] Also { get; set; } = [];

    /// <summary>Types that a parameter beside this one takes: they are left to it.</summary>
    public Type[] Others { get; set; } = [];

    /// <summary>Types of resources that parameters beside this one take: their objects and rows are left to them.</summary>
    public Type[] Besides { get; set; } = [];

    /// <summary>Whether all that does not fit is left to parameters of other sets.</summary>
    public bool IsChoice { get; set; }

    /// <summary>Whether nothing may be given, as by rows of which some have no such object.</summary>
    public bool IsOptional { get; set; }

    /// <summary>Whether a text that is no key is taken as the name of an asset, whose builds are meant.</summary>
    public bool OrAsset { get; set; }

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => IsOptional && Bare(inputData) is null or "" ? null : Reference(inputData);

    private protected ObjectReference Reference(object? value)
    {
        var info = ResourceType;
        return Bare(value) switch
        {
            ObjectReference reference => reference.Type == info || (OrAsset && reference.Type == ResourceTypes.Asset) ? reference : Rejected(new Rejection(info).Other($"a reference to {reference.Type.Noun}"), reference),
            string text => FromText(text.Trim(), info, piped: null),
            Guid key => new ObjectReference(info, key.ToString("D"), key.ToString("D"), piped: null),
            null => Rejected(new Rejection(info).Nothing, target: null),
            IDictionary table => Choice(new Rejection(info).Other("a " + table.GetType().Name), table),
            _ => FromObject(PipedObject.Of(value!), info),
        };
    }

    private ObjectReference FromObject(PipedObject piped, ResourceType info)
    {
        if (piped.WrongDelimiter() is { } delimiter)
            return new ObjectReference(info, delimiter, piped.Target) { EndsCommand = true };
        if (IsOfAnother(piped, info))
            throw LeftToOthers(new Rejection(info).Piped(piped));
        if (!IsTaken(piped, info))
            return Choice(new Rejection(info).Piped(piped), piped.Target);
        if (KeyIn(piped, info) is { } key)
            return FromText(key, info, piped);
        return Choice(new Rejection(info).WithoutKey(piped), piped.Target);
    }

    // Its own kind comes first, also where it says something of another.
    private bool IsOfAnother(PipedObject piped, ResourceType info)
    {
        if (piped.Type is { } type)
        {
            return Others.Any(o => o.IsAssignableFrom(type))
                || (!info.Types.Contains(type) && !Also.Contains(type) && Besides.Select(ResourceTypes.Of).Any(other => other.Types.Contains(type) || other.Rows.Contains(type)));
        }

        return KeyIn(piped, info) is null && Besides.Select(ResourceTypes.Of).Any(other => KeyIn(piped, other) is not null);
    }

    private bool IsTaken(PipedObject piped, ResourceType info)
    {
        if (piped.Type is { } type)
            return info.Types.Contains(type) || (Also.Contains(type) && !IsOtherChange(piped, info)) || (Follows && !info.SharesKeyName);
        if (IsOfOtherOrigin(piped, info))
            return false;
        var others = Besides.Select(b => ResourceTypes.Of(b).KeyProperty).Concat(Also.SelectMany(KeysOf)).ToList();
        return Follows || Rejection.OutrankedBy(piped, info, others) is null;
    }

    // A time line has changes of several kinds, whose operation keys have the same name.
    private static bool IsOtherChange(PipedObject piped, ResourceType info) => piped.Resource is OdcChange change && !ChangeKinds.IsOperation(change, info.Noun);

    // Of another object, Select-Object took a key that only refers to one of this kind. A column that the object does not have was made on purpose.
    private bool IsOfOtherOrigin(PipedObject piped, ResourceType info) => !Follows && piped.Origin is { } origin
        && !info.Types.Contains(origin) && !Also.Contains(origin) && origin.GetProperty(info.KeyProperty) is not null && KeyIn(piped, info) is not null;

    // A row of a build is no asset; where builds are taken too, it is one of them.
    private static IEnumerable<string> KeysOf(Type type) => type.GetProperties().Select(p => p.Name).Where(n => n.EndsWith("Key", StringComparison.Ordinal));

    private string? KeyIn(PipedObject piped, ResourceType info)
    {
        if (piped.Text(info.KeyProperty) is { } key)
            return key;
        if (piped.Resource is null)
            return info.Columns.Select(piped.Text).FirstOrDefault(text => text is not null);
        return Follows ? info.Pointers.Select(piped.Text).FirstOrDefault(text => text is not null) : null;
    }

    private ObjectReference FromText(string text, ResourceType info, PipedObject? piped)
    {
        if (Guid.TryParse(text, out var key))
            return new ObjectReference(info, key.ToString("D"), key.ToString("D"), piped);
        // The key of an object of this module is a key, whatever it looks like.
        if (piped?.Resource is not null)
            return new ObjectReference(info, text, text, piped);
        if (text.Contains("://"))
        {
            return PortalUrl.Read(text, info) is { } page
                ? new ObjectReference(info, page.Key, page.Key, piped) { Host = page.Host }
                : Rejected(new Rejection(info).NoKey(text), piped?.Target ?? text);
        }

        if (info.List is not null && text.Length > 0)
            return new ObjectReference(info, key: null, text, piped);
        return OrAsset && text.Length > 0 ? new ObjectReference(ResourceTypes.Asset, key: null, text, piped) : Rejected(new Rejection(info).NoKey(text), piped?.Target ?? text);
    }

    private protected ObjectReference Rejected(OdcException why, object? target) => new(ResourceType, why, target);

    private ObjectReference Choice(OdcException why, object target) => IsChoice ? throw LeftToOthers(why) : Rejected(why, target);

    // The binder goes on to other parameters only where a cast failed. Where there is none, as for what was typed, it shows this text.
    private static ArgumentTransformationMetadataException LeftToOthers(OdcException why) => new($"{why.Message} {why.RecommendedAction} (OdcInvalidRequest)", new PSInvalidCastException());

    private protected static object? Bare(object? value) => ReferenceEquals(value, System.Management.Automation.Internal.AutomationNull.Value) ? null : value is PSObject wrapped ? wrapped.BaseObject : value;
}

/// <summary>The same for a parameter that takes several.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ReferencesAttribute(Type resource) : ReferenceAttribute(resource)
{
    /// <summary>Whether an empty list may be given, to say that there shall be none.</summary>
    public bool AllowsNone { get; set; }

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (IsOptional && Bare(inputData) is null or "")
            return Array.Empty<ObjectReference>();
        var items = Flat(inputData).ToList();
        // What became of a row of which no user was made was reported by the import.
        var references = items.Where(g => Bare(g) is not Identity.OdcUserImportResult { IsSuccess: false } || !Also.Contains(typeof(Identity.OdcUserImportResult))).Select(Reference).ToArray();
        if (references.Length == 0 && items.Count > 0)
            return references;
        // A command without its objects would take all there are.
        return references.Length > 0 || AllowsNone ? references : [Rejected(new Rejection(ResourceType).Empty, target: null)];
    }

    // Lists of lists are what (Get-A), (Get-B) is, and what a property of several objects gives.
    private static IEnumerable<object?> Flat(object? value) =>
        Bare(value) is IEnumerable list and not (string or IDictionary) ? list.Cast<object?>().SelectMany(Flat) : [value];
}

/// <summary>The address of a page of the ODC Portal, with the key of what it shows.</summary>
internal sealed record PortalUrl(string Host, string Key)
{
    private const string Guid = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private const int Longest = 4000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>The key behind the word for this kind of object; without the word, the last key. Null where the URL has none.</summary>
    internal static PortalUrl? Read(string text, ResourceType info)
    {
        // The search takes the square of the length.
        if (text.Length > Longest || !Uri.TryCreate(text, UriKind.Absolute, out var url))
            return null;
        var keys = Regex.Matches(text, $"((?<word>[^/?#=&]+)[/=])?(?<key>{Guid})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Limit).Cast<Match>().ToList();
        var found = keys.LastOrDefault(m => info.Segments.Contains(m.Groups["word"].Value, StringComparer.OrdinalIgnoreCase)) ?? keys.LastOrDefault();
        return found is null ? null : new PortalUrl(url.Host, System.Guid.Parse(found.Groups["key"].Value).ToString("D"));
    }
}
