using OdcPowerShell.AssetRepository;
using OdcPowerShell.DependencyManagement;
using OdcPowerShell.Identity;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Parameters;

/// <summary>What an object is called in questions, previews and errors: its kind, name, stage and asset.</summary>
internal static class Described
{
    internal static string? Name(Kind kind, object? given, PipedObject? piped)
    {
        var shown = Best(given, piped);
        if (shown is null)
            return null;
        var prefix = Kinds.Of(kind).Prefix;
        var named = prefix is null ? null : shown.Text(prefix + "Name");
        return named ?? (IsItsName(kind, shown) ? shown.Text("Name") : null) ?? (shown.Resource is null && prefix is not null && !Guid.TryParse(shown.Text(prefix), out _) ? shown.Text(prefix) : null);
    }

    internal static string? Label(Kind kind, object? given, PipedObject? piped)
    {
        var shown = Best(given, piped);
        if (shown is null)
            return null;
        var name = Name(kind, given, piped);
        var noun = Kinds.Of(kind).Noun;
        return kind switch
        {
            Kind.User => User(noun, name, Email(given, piped)),
            _ when name is null => null,
            Kind.Group => $"{noun} {name}{In(shown)}",
            Kind.EndUserRole => $"{noun} {name}{(shown.Text("AssetName") is { } asset ? " of " + asset : "")}{In(shown)}",
            _ => $"{noun} {name}",
        };
    }

    internal static string? Email(object? given, PipedObject? piped) =>
        Best(given, piped) is { } shown ? shown.Text("UserEmail") ?? (IsItsName(Kind.User, shown) ? shown.Text("Email") : null) : null;

    private static string? User(string noun, string? name, string? email) => (name, email) switch
    {
        (null, null) => null,
        (null, _) => $"{noun} {email}",
        (_, null) => $"{noun} {name}",
        _ => $"{noun} {name} ({email})",
    };

    private static string In(PipedObject shown) => (shown.Text("StageName") ?? (shown.Resource is null ? shown.Text("Stage") : null)) is { } stage && !Guid.TryParse(stage, out _) ? " in " + stage : "";

    // What was found by name or key is more than what a row says.
    private static PipedObject? Best(object? given, PipedObject? piped) => given is not null ? PipedObject.Of(given) : piped;

    /// <summary>Whether the property Name is that of the object of this kind, and not that of what refers to it.</summary>
    private static bool IsItsName(Kind kind, PipedObject shown)
    {
        var info = Kinds.Of(kind);
        if (shown.Type is { } type)
        {
            return info.Types.Contains(type) || (kind != Kind.User && info.Rows.Contains(type))
                || (kind == Kind.User && type == typeof(OdcUserImportResult))
                || (kind == Kind.Asset && (typeof(OdcAsset).IsAssignableFrom(type) || typeof(OdcDependentAsset).IsAssignableFrom(type) || type == typeof(OdcDeployedAsset) || type == typeof(OdcLibrary)));
        }

        return shown.Text(info.KeyProperty) is not null && info.Outranking.All(c => shown.Text(c) is null)
            && (kind != Kind.User || shown.Columns.All(c => c is "UserKey" or "Key" || !c.EndsWith("Key", StringComparison.Ordinal)));
    }
}
