using System.Text;
using System.Text.Json.Nodes;

namespace OdcPowerShell.Tenants;

/// <summary>What the planning of all kinds shares: the files, the tenant as it is, the keys of names, and the steps so far.</summary>
internal sealed class ImportContext(TenantReader reader, ImportSource source, ImportOptions options, TenantContent now, SnapshotNames names, TenantKeys keys)
{
    private readonly List<TenantStep> _steps = [];
    private readonly List<MissingName> _missing = [];

    internal TenantReader Reader => reader;

    internal ImportSource Source => source;

    internal bool Prunes => options.Prunes;

    internal bool SetsSecrets => options.SetsSecrets;

    internal TenantContent Now => now;

    internal SnapshotNames Names => names;

    internal TenantKeys Keys => keys;

    /// <summary>Whether the files come from this tenant: a built-in domain is one tenant's. Files without any do not show it.</summary>
    internal bool IsSameTenant { get; } = source.Content.Documents.Any(d => d.Kind == TenantKinds.BuiltInDomains && now.Find(d.Kind, d.Stage, d.Name) is { } present && Prefixes(d).Intersect(Prefixes(present), StringComparer.OrdinalIgnoreCase).Any());

    internal TenantPlan Plan => new(_steps, _missing, now);

    internal static ApiBody Body(JsonObject json) => new(Encoding.UTF8.GetBytes(json.ToJsonString()));

    internal static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)JsonValue.Create(text))]);

    internal TenantStep Add(TenantStep step)
    {
        _steps.Add(step);
        return step;
    }

    /// <summary>Adds a row for what can't be done, with the reason and what to do instead.</summary>
    internal void Skip(TenantDocument document, string reason, params IReadOnlyList<TenantPropertyChange> changes) =>
        Add(new TenantStep(TenantAction.Skip, document.Kind, document.Stage, document.Name) { Reason = reason, Changes = changes });

    /// <summary>The object in the tenant that a document is about. Names that differ only in case are the same if no other object has the name.</summary>
    internal TenantDocument? Match(TenantDocument wanted)
    {
        if (now.Find(wanted.Kind, wanted.Stage, wanted.Name) is { } exact)
            return exact;
        var similar = now.Documents.Where(d => d.Kind == wanted.Kind && IsSame(d.Stage, wanted.Stage) && IsSame(d.Name, wanted.Name)).ToList();
        return similar.Count == 1 ? similar[0] : null;
    }

    /// <summary>The document of an object of the tenant; null if the files have none.</summary>
    internal TenantDocument? Wanted(TenantDocument present) => source.Content.Documents.FirstOrDefault(d => d.Kind == present.Kind && ReferenceEquals(Match(d), present));

    /// <summary>The key of a name in a document. A name that is not there is an error of the whole import, or with -SkipMissing left out.</summary>
    /// <param name="document">The document.</param>
    /// <param name="path">Where the name stands in it.</param>
    /// <param name="what">What it names.</param>
    /// <param name="stage">The stage in which it is looked for.</param>
    /// <param name="name">The name.</param>
    internal string? Resolve(TenantDocument document, string path, string what, string? stage, string name)
    {
        var found = keys.All(what, stage, name);
        if (found.Count == 1)
            return found[0];
        var place = stage is null ? "" : $" in {stage}";
        var message = found.Count > 1 ? $"{found.Count} objects of the tenant are named '{name}': {string.Join(", ", found)}"
            : keys.MissingFor(what) is { } permission ? $"the {what} '{name}'{place} can't be looked up: the API client lacks {permission}"
            : $"the tenant has no {what} '{name}'{place}";
        if (options.SkipsMissing)
            Skip(document, $"{message}; it is left out", new TenantPropertyChange(path, null, null));
        else
            _missing.Add(new MissingName(document, path, message));
        return null;
    }

    /// <summary>The step that creates an object that another one needs; none if it is there already.</summary>
    internal IReadOnlyList<TenantStep> Creating(IEnumerable<(TenantKind Kind, string? Stage, string Name)> needed) =>
        [.. needed.SelectMany(n => _steps.Where(s => s.Action == TenantAction.Create && s.Kind == n.Kind && IsSame(s.Stage, n.Stage) && IsSame(s.Name, n.Name))).Distinct()];

    /// <summary>The name of an asset as files have it.</summary>
    internal string AssetName(string key) => names.Asset(key, known: null) ?? key;

    private static IEnumerable<string> Prefixes(TenantDocument domains) => (domains.Content["domains"] as JsonArray ?? []).Select(d => TenantDelta.Text(d?["prefix"])).OfType<string>();

    internal static bool IsSame(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
