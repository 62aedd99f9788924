using System.Collections;
using System.Text.RegularExpressions;

namespace OdcPowerShell.Binding;

/// <summary>
/// Accepts an object of one type: by key, by name, as an object, as a row with its key, or as a pasted portal URL. An object of
/// another type that only refers to one of this type is rejected, unless the command only reads. A rejected value becomes a reference with
/// the reason. The command reports it as an error of this input, with an id and an action, which PowerShell's own binding errors don't have.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal class ReferenceAttribute(Type resource) : ArgumentTransformationAttribute, IResourceParameter
{
    /// <summary>The type of the objects.</summary>
    internal Type Resource => resource;

    public ResourceType ResourceType => ResourceTypes.Of(resource);

    /// <summary>Whether any object with such a key is accepted: for commands that read, never for commands that change something.</summary>
    public bool Follows { get; set; }

    /// <summary>Other types that are accepted here, because they identify an object of this type.</summary>
    public Type[] Also { get; set; } = [];

    /// <summary>Further columns of rows with the name, where a row can be of nothing else.</summary>
    public string[] Columns { get; set; } = [];

    /// <summary>Columns that show that a row is of something else.</summary>
    public string[] NotWith { get; set; } = [];

    /// <summary>Types that another parameter of the command takes.</summary>
    public Type[] Others { get; set; } = [];

    /// <summary>Resource types that other parameters of the command take, as objects and as rows.</summary>
    public Type[] Besides { get; set; } = [];

    /// <summary>Whether values that are not accepted go to the parameters of other sets.</summary>
    public bool IsChoice { get; set; }

    /// <summary>Whether the value may be empty, for rows that have no such object.</summary>
    public bool IsOptional { get; set; }

    /// <summary>Whether a text that is not a key is the name of an asset, whose builds are meant.</summary>
    public bool OrAsset { get; set; }

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => IsOptional && Bare(inputData) is null or "" ? null : Reference(inputData);

    private protected ObjectReference Reference(object? value)
    {
        var info = ResourceType;
        return Bare(value) switch
        {
            ObjectReference reference => reference.Type == info || (OrAsset && reference.Type == ResourceTypes.Asset) ? reference : Rejected(new Rejection(info).Other($"a reference to {reference.Type.Noun}"), reference),
            string text => FromText(text.Trim(), info, piped: null, text),
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
        // What comes next must not happen to a revision that failed.
        if (piped.Resource is CodeQuality.OdcCodeQualityResult { Passed: false } closed && Also.Contains(typeof(CodeQuality.OdcCodeQualityResult)))
            return Rejected(new Rejection(info).Failed(closed), piped.Target);
        if (IsOfAnother(piped, info))
            throw LeftToOthers(new Rejection(info).Piped(piped));
        if (!IsTaken(piped, info))
            return Choice(new Rejection(info).Piped(piped), piped.Target);
        if (KeyIn(piped, info) is { } key)
            return FromText(key, info, piped);
        return Choice(new Rejection(info).WithoutKey(piped), piped.Target);
    }

    // An object's own type counts first, even if it refers to an object of another type.
    private bool IsOfAnother(PipedObject piped, ResourceType info)
    {
        if (piped.Type is { } type)
        {
            return Others.Any(o => o.IsAssignableFrom(type))
                || (!info.Types.Contains(type) && !Also.Contains(type) && Besides.Select(ResourceTypes.Of).Any(other => other.Types.Contains(type) || other.Rows.Contains(type)));
        }

        return (KeyIn(piped, info) is null || IsOfElse(piped)) && Besides.Select(ResourceTypes.Of).Any(other => KeyIn(piped, other) is not null && !IsOfOtherOrigin(piped, other));
    }

    private bool IsTaken(PipedObject piped, ResourceType info)
    {
        if (piped.Type is { } type)
            return info.Types.Contains(type) || (Also.Contains(type) && !IsOtherChange(piped, info)) || (Follows && !info.SharesKeyName);
        if ((!Follows && IsOfOtherOrigin(piped, info)) || IsOfElse(piped))
            return false;
        // A row of changes has operations of several kinds.
        if (piped.Origins.Any(origin => origin != typeof(OdcChange) && (info.Types.Contains(origin) || Also.Contains(origin))))
            return true;
        var others = Besides.Select(b => ResourceTypes.Of(b).KeyProperty).Concat(Also.SelectMany(type => KeysOf(type, info))).ToList();
        return Follows || Rejection.OutrankedBy(piped, info, others) is null;
    }

    private bool IsOfElse(PipedObject row) => NotWith.Any(column => row.Text(column) is not null);

    // The changes of Get-OdcChange have operations of several kinds, whose keys have the same name.
    private static bool IsOtherChange(PipedObject piped, ResourceType info) => piped.Resource is OdcChange change && !ChangeKinds.IsOperation(change, info.Noun);

    // The key is that of an object that only refers to one of this type. A column that the object does not have was added on purpose.
    private bool IsOfOtherOrigin(PipedObject piped, ResourceType info) => KeyIn(piped, info) is not null && piped.Origins is { Count: > 0 } origins
        && origins.All(origin => !info.Types.Contains(origin) && !Also.Contains(origin) && info.Columns.Prepend(info.KeyProperty).Any(column => origin.GetProperty(column) is not null));

    // A row with a build's key is a build and not an asset, if the parameter takes builds too.
    private static IEnumerable<string> KeysOf(Type type, ResourceType info) =>
        type.GetProperties().Select(p => p.Name).Where(n => n.EndsWith("Key", StringComparison.Ordinal) || info.Outranking.Contains(n, StringComparer.Ordinal));

    private string? KeyIn(PipedObject piped, ResourceType info)
    {
        if (piped.Text(info.KeyProperty) is { } key)
            return key;
        var columns = piped.Resource is null ? info.Columns.Concat(Columns) : [];
        return columns.Concat(Follows ? info.Pointers : []).Select(piped.Text).FirstOrDefault(text => text is not null);
    }

    private ObjectReference FromText(string text, ResourceType info, PipedObject? piped, string? typed = null)
    {
        if (Guid.TryParse(text, out var key))
            return new ObjectReference(info, key.ToString("D"), key.ToString("D"), piped);
        // The key of an object of this module is a key even if it is not a GUID.
        if (piped?.Resource is not null)
            return new ObjectReference(info, text, text, piped);
        if (text.Contains("://"))
        {
            return PortalUrl.Read(text, info) is { } page
                ? new ObjectReference(info, page.Key, page.Key, piped) { Host = page.Host }
                : Rejected(new Rejection(info).NoKey(text), piped?.Target ?? text);
        }

        if (info.HasTextKey && text.Length > 0)
            return new ObjectReference(info, text, text, piped);
        if (info.IsFoundByName && text.Length > 0)
            return new ObjectReference(info, key: null, text, piped) { Typed = typed };
        return OrAsset && text.Length > 0 ? new ObjectReference(ResourceTypes.Asset, key: null, text, piped) : Rejected(new Rejection(info).NoKey(text), piped?.Target ?? text);
    }

    private protected ObjectReference Rejected(OdcException why, object? target) => new(ResourceType, why, target);

    private ObjectReference Choice(OdcException why, object target) => IsChoice ? throw LeftToOthers(why) : Rejected(why, target);

    // PowerShell tries other parameters only after a failed cast. For a typed parameter it shows this text.
    private static ArgumentTransformationMetadataException LeftToOthers(OdcException why) => new($"{why.Message} {why.RecommendedAction} (OdcInvalidRequest)", new PSInvalidCastException());

    private protected static object? Bare(object? value) => ReferenceEquals(value, System.Management.Automation.Internal.AutomationNull.Value) ? null : value is PSObject wrapped ? wrapped.BaseObject : value;
}

/// <summary>The same for a parameter that takes several.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ReferencesAttribute(Type resource) : ReferenceAttribute(resource)
{
    /// <summary>Whether an empty list is accepted, which means none.</summary>
    public bool AllowsNone { get; set; }

    /// <summary>Whether a text can contain several names, separated by semicolons, as the cells of a CSV file do.</summary>
    public bool IsSeparated { get; set; }

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (IsOptional && Bare(inputData) is null or "")
            return Array.Empty<ObjectReference>();
        var items = Flat(inputData).SelectMany(Separated).ToList();
        // The import has already reported rows for which it created no user.
        var references = items.Where(g => Bare(g) is not Identity.OdcUserImportResult { IsSuccess: false } || !Also.Contains(typeof(Identity.OdcUserImportResult))).Select(Reference).ToArray();
        if (references.Length == 0 && items.Count > 0)
            return references;
        // With an empty list the command would apply to all objects.
        return references.Length > 0 || AllowsNone ? references : [Rejected(new Rejection(ResourceType).Empty, target: null)];
    }

    private IEnumerable<object?> Separated(object? item) => IsSeparated && Bare(item) is string text && text.IndexOf(';') >= 0
        ? text.Split(';').Select(part => part.Trim()).Where(part => part.Length > 0)
        : [item];

    // (Get-A), (Get-B) is a list of lists, and so is a list property of several objects.
    private static IEnumerable<object?> Flat(object? value) =>
        Bare(value) is IEnumerable list and not (string or IDictionary) ? list.Cast<object?>().SelectMany(Flat) : [value];
}

/// <summary>The address of a page of the ODC Portal, with the key of the object that it shows.</summary>
internal sealed record PortalUrl(string Host, string Key)
{
    private const string Guid = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private const int Longest = 4000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>The key that follows the word for this type of object; without the word, the last key. Null when the URL has no key.</summary>
    internal static PortalUrl? Read(string text, ResourceType info)
    {
        // The time of the search grows with the square of the length.
        if (text.Length > Longest || !Uri.TryCreate(text, UriKind.Absolute, out var url))
            return null;
        var keys = Regex.Matches(text, $"((?<word>[^/?#=&]+)[/=])?(?<key>{Guid})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Limit).Cast<Match>().ToList();
        var found = keys.LastOrDefault(m => info.Segments.Contains(m.Groups["word"].Value, StringComparer.OrdinalIgnoreCase)) ?? keys.LastOrDefault();
        return found is null ? null : new PortalUrl(url.Host, System.Guid.Parse(found.Groups["key"].Value).ToString("D"));
    }
}
