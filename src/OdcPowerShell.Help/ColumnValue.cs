namespace OdcPowerShell.Help;

/// <summary>What a column shows of an object: a text in quotes, or properties one after the other, through a list those of each in it.</summary>
/// <param name="Script">The value, for a script whose <c>$_</c> is the object.</param>
/// <param name="Type">Its type, or that of each where they are several.</param>
/// <param name="IsSeveral">Whether it is a list.</param>
/// <param name="IsProperty">Whether it is shown as it stands in a property of the object itself.</param>
internal sealed record ColumnValue(string Script, Type Type, bool IsSeveral, bool IsProperty)
{
    internal bool IsNumber => !IsSeveral && !Type.IsEnum && Type.GetTypeCode(Type) is >= TypeCode.SByte and <= TypeCode.Decimal;

    /// <summary>The value as a reader wants it.</summary>
    internal string Shown =>
        IsSeveral ? $"{Script} -join ', '"
        : Type == typeof(DateTimeOffset) ? $$"""if ({{Script}}) { {{Script}}.ToString('yyyy-MM-dd HH:mm') + 'Z' }"""
        : Script;

    internal static ColumnValue Of(Type type, string path)
    {
        if (path[0] == '\'')
            return new ColumnValue(path, typeof(string), IsSeveral: false, IsProperty: false);
        var names = path.Split('.');
        var (value, isSeveral) = (type, false);
        foreach (var name in names)
        {
            if (isSeveral && name == "Count")
                (value, isSeveral) = (typeof(int), false);
            else
                value = Property(value, name);
            if (ItemOf(value) is { } item)
                (value, isSeveral) = (item, true);
        }

        return new ColumnValue("$_." + path, value, isSeveral, names.Length == 1 && !isSeveral && value != typeof(DateTimeOffset));
    }

    /// <summary>The type of a property as a user sees it: without nullability.</summary>
    /// <exception cref="FormatException">There is no such property.</exception>
    internal static Type Property(Type type, string name)
    {
        var property = type.GetProperty(name)
            ?? throw new FormatException($"{type.Name} has no property {name}. It has {string.Join(", ", type.GetProperties().Select(p => p.Name).Order(StringComparer.Ordinal))}.");
        return Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
    }

    private static Type? ItemOf(Type type) => type == typeof(string) ? null : type.GetInterfaces().Append(type)
        .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];
}
