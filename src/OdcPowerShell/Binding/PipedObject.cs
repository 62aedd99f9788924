using System.Collections;
using System.Reflection;

namespace OdcPowerShell.Binding;

/// <summary>
/// An object that was piped or passed to a command: an object of this module, live or as Import-Clixml, a job or a CSV file with types returns it, or a
/// row from elsewhere.
/// </summary>
internal sealed class PipedObject
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public;
    private readonly PSObject _shell;

    private PipedObject(PSObject shell, OdcResource? resource)
    {
        _shell = shell;
        Resource = resource;
    }

    /// <summary>The object of this module, also when it was written to a file and read again; null for a row.</summary>
    internal OdcResource? Resource { get; }

    internal Type? Type => Resource?.GetType();

    /// <summary>The target of errors: the object itself.</summary>
    internal object Target => (object?)Resource ?? _shell;

    internal string TypeName => Type?.Name ?? (IsRow ? "row" : _shell.BaseObject.GetType().Name);

    /// <summary>The types of this module that a row can come from: the one whose properties Select-Object selected, or those that have all its columns, as Export-Csv writes them.</summary>
    internal IReadOnlyList<Type> Origins => !IsRow ? [] : Selected is { } selected ? [selected] : RowShapes.Of(Columns);

    /// <summary>Whether Select-Object made the row of an object of this module.</summary>
    internal bool IsSelected => Selected is not null;

    private Type? Selected => _shell.TypeNames.Contains(Cmdlets.Portfolios.StageMatrix.TypeName) ? typeof(OdcDeployedAsset)
        : _shell.TypeNames.FirstOrDefault() is { } name && name.StartsWith("Selected.", StringComparison.Ordinal) && name.IndexOf("OdcPowerShell.", StringComparison.Ordinal) is >= 0 and var start
        ? typeof(OdcResource).Assembly.GetType(name.Substring(start), throwOnError: false) : null;

    /// <summary>Whether it is a row with columns, as from a CSV file.</summary>
    internal bool IsRow => Resource is null && _shell.BaseObject is PSCustomObject;

    internal IReadOnlyList<string> Columns => [.. _shell.Properties.Select(p => p.Name)];

    internal static PipedObject Of(object value)
    {
        var shell = PSObject.AsPSObject(value);
        return new PipedObject(shell, shell.BaseObject as OdcResource ?? Revived(shell));
    }

    internal object? Value(string property) => Shown(property) is PSObject wrapped and { BaseObject: not PSCustomObject } ? wrapped.BaseObject : Shown(property);

    /// <summary>A property as text; null when it is missing or blank.</summary>
    internal string? Text(string property) => Value(property) switch
    {
        string text => string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
        Guid key => key.ToString("D"),
        _ => null,
    };

    /// <summary>The error for a CSV file that was read with the wrong delimiter, which makes one column of the whole heading.</summary>
    internal OdcException? WrongDelimiter()
    {
        if (!IsRow || Columns.Count != 1 || Columns[0].IndexOfAny([';', '\t', '|', ',']) is not (>= 0 and var at))
            return null;
        var delimiter = Columns[0][at] == '\t' ? "`t" : Columns[0][at].ToString();
        return new OdcException(
            OdcErrorCause.InvalidRequest, $"The rows have one column, which is called '{Short(Columns[0])}': the file has another delimiter.",
            $"Specify it: Import-Csv -Delimiter {(delimiter == "`t" ? "\"`t\"" : $"'{delimiter}'")}.");
    }

    /// <summary>The warning for columns that no parameter takes, although their names are near one that the row lacks; null for none.</summary>
    internal string? MisnamedColumns(CommandInfo command)
    {
        if (!IsRow)
            return null;
        var taken = command.Parameters.Values.Where(p => p.ParameterSets.Values.Any(s => s.ValueFromPipelineByPropertyName)).Select(p => (string[])[p.Name, .. p.Aliases]).ToList();
        var free = taken.Where(names => !names.Any(IsColumn)).Select(names => names[0]).ToList();
        var meant = Columns.Where(c => !taken.Exists(names => names.Contains(c, StringComparer.OrdinalIgnoreCase)))
            .Select(c => (Column: c, Near: NearNames.Of(c, free, letters: 5))).Where(c => c.Near.Count > 0).ToList();
        return meant.Count == 0 ? null
            : $"{string.Join(" ", meant.Select(c => $"The column {c.Column} is not used. Did you mean {string.Join(" or ", c.Near)}?"))} Only columns that are named like a parameter are used.";
    }

    private bool IsColumn(string name) => Columns.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string Short(string text) => text.Length > 80 ? text.Substring(0, 80) + "…" : text;

    // A property whose getter throws has no usable value.
    private object? Shown(string property)
    {
        try
        {
            return _shell.Properties[property]?.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    private static OdcResource? Revived(PSObject shell)
    {
        // PowerShell 7 writes the type itself before the name with CSV.
        if (shell.BaseObject is not PSCustomObject || (shell.TypeNames.FirstOrDefault(n => n.StartsWith("CSV:", StringComparison.Ordinal)) ?? shell.TypeNames.FirstOrDefault()) is not { } name)
            return null;
        var start = name.StartsWith("Deserialized.", StringComparison.Ordinal) ? "Deserialized.".Length : name.StartsWith("CSV:", StringComparison.Ordinal) ? "CSV:".Length : 0;
        var type = start == 0 ? null : typeof(OdcResource).Assembly.GetType(name.Substring(start), throwOnError: false);
        return type is { IsAbstract: false } && type.IsSubclassOf(typeof(OdcResource)) ? Revived(shell, type) : null;
    }

    private static OdcResource Revived(PSObject shell, Type type)
    {
        var resource = (OdcResource)Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties(Any).Where(p => p.GetSetMethod(nonPublic: true) is not null && p.GetIndexParameters().Length == 0))
        {
            if (shell.Properties[property.Name]?.Value is { } value && Converted(value, property.PropertyType) is { } converted)
                property.SetValue(resource, converted);
        }

        Complete(resource, name => shell.Properties[name]?.Value?.ToString());
        return resource;
    }

    private static object? Converted(object value, Type wanted)
    {
        var bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        if (wanted == typeof(OdcResource))
            return Of(value).Resource;
        if (wanted.IsSubclassOf(typeof(OdcResource)))
            return value is PSObject { BaseObject: PSCustomObject } part && !wanted.IsAbstract ? Revived(part, wanted) : null;
        if (wanted.IsGenericType && wanted.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return bare is IEnumerable several and not string ? Items(several, wanted.GetGenericArguments()[0]) : null;
        var target = Nullable.GetUnderlyingType(wanted) ?? wanted;
        if (target == typeof(DateTimeOffset))
            return DateAttribute.TryRead(bare, out var date) ? date : null;
        return LanguagePrimitives.TryConvertTo(bare, target, System.Globalization.CultureInfo.InvariantCulture, out var converted) && !converted.Equals("") ? converted : null;
    }

    private static object Items(IEnumerable several, Type type)
    {
        var items = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type))!;
        foreach (var item in several)
        {
            if (item is not null && Converted(item, type) is { } converted)
                items.Add(converted);
        }

        return items;
    }

    // These properties are copies of parts of the object. A file or a job may have kept only the copies.
    private static void Complete(OdcResource resource, Func<string, string?> shown)
    {
        switch (resource)
        {
            case OdcUserGroup { GroupKey: null } group:
                group.Group = new OdcGroup { GroupKey = shown("GroupKey"), Name = shown("Name"), StageKey = shown("StageKey"), StageName = shown("StageName") };
                break;
            case OdcGroupUser { UserKey: null } user:
                user.User = new OdcGroupUserProfile { UserKey = shown("UserKey"), Name = shown("Name"), Email = shown("Email"), Status = shown("Status") };
                break;
            case OdcUserImportResult { Record.Email: null } result:
                result.Record = new OdcUserImportRecord { UserKey = shown("UserKey"), Email = shown("Email") };
                break;
            case OdcDeployment { Revision: null } deployment when int.TryParse(shown("Revision"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var revision):
                deployment.Revisions = [revision];
                break;
            case OdcDeploymentAnalysis { ReportStatus: null } analysis when shown("ReportStatus") is { Length: > 0 } status:
                analysis.Report = new OdcDeploymentReport { Status = status };
                break;
            case OdcDeletionAnalysis { ReportStatus: null } analysis when shown("ReportStatus") is { Length: > 0 } status:
                analysis.Report = new OdcDeletionReport { Status = status };
                break;
            case OdcDomain { Certificate: null } domain when shown("CertificateStatus") is { Length: > 0 } status:
                domain.Certificate = new OdcDomainCertificate { Status = status };
                break;
            default:
                break;
        }
    }
}

/// <summary>Recognizes the rows of a CSV file that was written from objects of this module: they have a column for each property of the type.</summary>
internal static class RowShapes
{
    // Fewer columns than these can be those of any table.
    private const int Fewest = 5;

    private static readonly IReadOnlyList<(Type Type, IReadOnlyList<string> Columns)> All =
        [.. from type in typeof(OdcResource).Assembly.GetExportedTypes()
            where type.IsSubclassOf(typeof(OdcResource)) && !type.IsAbstract
            let columns = type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(p => p.GetIndexParameters().Length == 0).Select(p => p.Name).ToList()
            where columns.Count >= Fewest
            orderby columns.Count descending
            select (type, (IReadOnlyList<string>)columns)];

    /// <summary>The types with the most columns of which the row has all; none if it lacks some of every type.</summary>
    internal static IReadOnlyList<Type> Of(IReadOnlyList<string> columns)
    {
        var present = new HashSet<string>(columns, StringComparer.OrdinalIgnoreCase);
        var fitting = All.Where(shape => shape.Columns.Count <= present.Count && shape.Columns.All(present.Contains)).ToList();
        return [.. fitting.TakeWhile(shape => shape.Columns.Count == fitting[0].Columns.Count).Select(shape => shape.Type)];
    }
}
