using System.Text;
using System.Text.Json.Nodes;
using OdcPowerShell.Resources;

namespace OdcPowerShell.Tenants;

/// <summary>What the planning of all kinds shares: the files, the tenant as it is, the keys of names, and the steps so far.</summary>
internal sealed class ImportContext(TenantReader reader, ImportSource source, ImportOptions options, TenantContent now, SnapshotNames names, TenantKeys keys, bool isSameTenant)
{
    private readonly List<TenantStep> _steps = [];
    private readonly List<PlanFault> _faults = [];
    private readonly List<string> _notes = [];

    internal TenantReader Reader => reader;

    internal ImportSource Source => source;

    internal bool Prunes => options.Prunes;

    internal ImportOptions Options => options;

    internal TenantContent Now => now;

    internal SnapshotNames Names => names;

    internal TenantKeys Keys => keys;

    /// <summary>Whether the files come from this tenant.</summary>
    internal bool IsSameTenant => isSameTenant;

    internal TenantPlan Plan => new(_steps, _faults, now, _notes);

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

    /// <summary>Adds a fault in a file: nothing is sent.</summary>
    internal void Fault(TenantDocument document, string path, string message) => _faults.Add(new PlanFault(document, path, message));

    /// <summary>Adds what is left out unless it is asked for.</summary>
    internal void Note(string note) => _notes.Add(note);

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
            : keys.UnreadFor(what) is { } reason ? $"the {what} '{name}'{place} can't be looked up: {reason}"
            : $"the tenant has no {what} '{name}'{place}{Meant(keys.Names(what, stage), name)}";
        return Unresolved(document, path, message);
    }

    /// <summary>The key of an end-user role. If it is not there, the asset or the role is to blame.</summary>
    internal string? ResolveRole(TenantDocument document, string path, string? stage, JsonNode item)
    {
        var (asset, role) = (TenantDelta.Text(item["asset"]) ?? "", TenantDelta.Text(item["role"]) ?? "");
        var name = $"{asset}/{role}";
        if (keys.All(TenantKeys.EndUserRole, stage, name).Count > 0 || keys.UnreadFor(TenantKeys.EndUserRole) is not null)
            return Resolve(document, path, TenantKeys.EndUserRole, stage, name);
        if (keys.All(TenantKeys.Asset, null, asset).Count == 0)
            return Resolve(document, path + ".asset", TenantKeys.Asset, null, asset);
        var others = keys.Names(TenantKeys.EndUserRole, stage).Where(n => n.StartsWith(asset + "/", StringComparison.OrdinalIgnoreCase)).Select(n => n.Substring(asset.Length + 1)).ToList();
        var place = stage is null ? "" : $" in {stage}";
        return Unresolved(document, path + ".role", others.Count == 0 ? $"{asset} has no end-user roles{place}: it may not run there" : $"{asset} has no end-user role '{role}'{place}{Meant(others, role)}");
    }

    /// <summary>Reports a name that the tenant does not have: as a fault, or with -SkipMissing as a row. Returns null, for the key.</summary>
    internal string? Unresolved(TenantDocument document, string path, string message)
    {
        if (options.SkipsMissing)
            Skip(document, $"{message}; it is left out", new TenantPropertyChange(path, null, null));
        else
            Fault(document, path, message);
        return null;
    }

    internal static string Meant(IEnumerable<string> known, string name) => NearNames.Of(name, known) is { Count: > 0 } near ? $". Did you mean '{near[0]}'?" : "";

    /// <summary>The step that creates an object that another one needs; none if it is there already.</summary>
    internal IReadOnlyList<TenantStep> Creating(IEnumerable<(TenantKind Kind, string? Stage, string Name)> needed) =>
        [.. needed.SelectMany(n => _steps.Where(s => s.Action == TenantAction.Create && s.Kind == n.Kind && IsSame(s.Stage, n.Stage) && IsSame(s.Name, n.Name))).Distinct()];

    /// <summary>The name of an asset as files have it.</summary>
    internal string AssetName(string key) => names.Asset(key, known: null) ?? key;

    internal static bool IsSame(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
