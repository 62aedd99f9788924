namespace OdcPowerShell.Binding;

/// <summary>Describes an object in questions, previews and errors: its type, name, stage and asset.</summary>
internal static class Described
{
    internal static string? Name(ResourceType type, object? resource, PipedObject? piped)
    {
        var shown = Best(resource, piped);
        if (shown is null)
            return null;
        var prefix = type.Prefix;
        var named = prefix is null ? null : shown.Text(prefix + "Name");
        return named ?? (IsItsName(type, shown) ? shown.Text(type.NameProperty) : null) ?? (shown.Resource is null && prefix is not null && !Guid.TryParse(shown.Text(prefix), out _) ? shown.Text(prefix) : null);
    }

    internal static string? Label(ResourceType type, object? resource, PipedObject? piped)
    {
        var shown = Best(resource, piped);
        if (shown is null)
            return null;
        var name = Name(type, resource, piped);
        var noun = type.Noun;
        if (type == ResourceTypes.User)
            return User(noun, name, Email(resource, piped));
        if (name is null)
            return null;
        var (stage, asset) = (type == ResourceTypes.Group || type == ResourceTypes.EndUserRole ? In(shown) : "", type == ResourceTypes.EndUserRole ? shown.Text("AssetName") : null);
        return $"{noun} {name}{(asset is null ? "" : " of " + asset)}{stage}";
    }

    internal static string? Email(object? resource, PipedObject? piped) =>
        Best(resource, piped) is { } shown ? shown.Text("UserEmail") ?? (IsItsName(ResourceTypes.User, shown) ? shown.Text("Email") : null) : null;

    private static string? User(string noun, string? name, string? email) => (name, email) switch
    {
        (null, null) => null,
        (null, _) => $"{noun} {email}",
        (_, null) => $"{noun} {name}",
        _ => $"{noun} {name} ({email})",
    };

    private static string In(PipedObject shown) => (shown.Text("StageName") ?? (shown.Resource is null ? shown.Text("Stage") : null)) is { } stage && !Guid.TryParse(stage, out _) ? " in " + stage : "";

    // The object of the service has more properties than a row.
    private static PipedObject? Best(object? resource, PipedObject? piped) => resource is not null ? PipedObject.Of(resource) : piped;

    /// <summary>Whether the property Name is the name of the object itself, and not of an object that refers to it.</summary>
    private static bool IsItsName(ResourceType type, PipedObject shown)
    {
        if (shown.Type is { } own)
            return type.Types.Contains(own) || type.NamedBy.Any(named => named.IsAssignableFrom(own));
        return shown.Text(type.KeyProperty) is not null && type.Outranking.All(c => shown.Text(c) is null)
            && (type != ResourceTypes.User || shown.Columns.All(c => c is "UserKey" or "Key" || !c.EndsWith("Key", StringComparison.Ordinal)));
    }
}
