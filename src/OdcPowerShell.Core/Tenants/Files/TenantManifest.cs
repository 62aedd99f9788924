using System.Globalization;
using System.Text.Json.Nodes;

namespace OdcPowerShell.Tenants;

/// <summary>The file tenant.json of an export: what the folder is complete for, and what could not be read. It is written last, so that a folder without it is not complete.</summary>
internal sealed record TenantManifest(TenantScope Scope, IReadOnlyList<UnreadPart> Unread)
{
    internal const string File = "tenant.json";
    private const int Format = 1;

    private static readonly TenantShape UnreadShape = new(
        Text("kind", "The kind of objects.") with { IsRequired = true, Values = Kinds },
        Text("stage", "The stage; none for all stages, or for what belongs to none."),
        Text("name", "The object; none for all of the kind."),
        Text("reason", "Why it was not exported.") with { IsRequired = true });

    private static readonly TenantShape EmptyShape = new(Text("kind", "The kind of objects.") with { IsRequired = true, Values = Kinds }, Text("stage", "The stage; none for what belongs to none."));

    internal static readonly TenantShape Shape = new(
        new TenantProperty("format", TenantValue.Number, "The version of the format of the files.") { IsRequired = true },
        Text("tenant", "The host of the tenant that was exported. What is one tenant's own, such as its domains, is not imported into another one."),
        new TenantProperty("kinds", TenantValue.Texts, "The kinds of objects that the folder is complete for.") { IsRequired = true },
        new TenantProperty("stages", TenantValue.Texts, "The stages that the folder is complete for; none for all."),
        new TenantProperty("withUsers", TenantValue.Flag, "Whether the folder has users and other personal data."),
        new TenantProperty("empty", TenantValue.Objects, "What the tenant had none of. If the folder has no file of any other kind, files are missing, and an import with -Prune removes nothing.") { Of = EmptyShape },
        new TenantProperty("notExported", TenantValue.Objects, "What could not be read. It is neither compared nor removed.") { Of = UnreadShape });

    /// <summary>The host of the tenant; null if the files do not have it.</summary>
    internal string? Tenant { get; init; }

    /// <summary>What the tenant had none of.</summary>
    internal IReadOnlyList<EmptyPart> Empty { get; init; } = [];

    private static IReadOnlyList<string> Kinds => [.. TenantKinds.All.Select(k => k.Name)];

    internal static TenantManifest Of(TenantContent content) => new(content.Scope ?? new TenantScope(TenantKinds.All, [], WithUsers: true), content.Unread) { Tenant = content.Tenant, Empty = content.Empty ?? EmptyOf(content) };

    internal static JsonObject Schema() => TenantSchemas.Of(new TenantKind("Tenant", "what the folder is complete for", "tenant", Shape) { IsSingle = true });

    internal JsonObject ToJson() => new JsonObject { ["format"] = Format, }
        .With("tenant", Tenant)
        .With("kinds", Scope.Kinds.Select(k => k.Name).OrderBy(n => n, StringComparer.Ordinal))
        .With("stages", Scope.Stages.OrderBy(n => n, StringComparer.Ordinal))
        .With("withUsers", Scope.WithUsers)
        .With("empty", Empty.Select(empty => new JsonObject().With("kind", empty.Kind.Name).With("stage", empty.Stage)))
        .With("notExported", Unread.Select(ToJson));

    internal static JsonObject ToJson(UnreadPart unread) =>
        new JsonObject().With("kind", unread.Kind.Name).With("stage", unread.Stage).With("name", unread.Name).With("reason", unread.Reason);

    /// <summary>The manifest; null, with faults, if it can't be used.</summary>
    internal static TenantManifest? Read(byte[] bytes, Action<TenantFault> report)
    {
        var faults = new List<TenantFault>();
        if (new TenantText(File, bytes, faults.Add).Read() is { } node)
        {
            var json = new TenantFile(File, Shape, faults.Add).Read(node, TenantFile.SchemaProperty);
            foreach (var (_, line, value) in node.Members.Where(m => m.Name == "format" && m.Value.Text != Format.ToString(CultureInfo.InvariantCulture)))
                faults.Add(new TenantFault(File, line, $"The folder has format {value.Text}, and this version of the module reads format {Format.ToString(CultureInfo.InvariantCulture)}. Update the module, or export again."));
            foreach (var kind in node.Members.Where(m => m.Name == "kinds").SelectMany(m => m.Value.Items).Where(k => TenantKinds.Find(k.Text) is null))
                faults.Add(new TenantFault(File, kind.Line, $"There is no kind \"{kind.Text}\". The kinds are: {string.Join(", ", Kinds)}."));
            if (faults.Count == 0)
                return Of(json);
        }

        faults.ForEach(report);
        return null;
    }

    internal static UnreadPart UnreadOf(JsonNode json) => new(TenantKinds.Find((string)json["kind"]!)!, (string?)json["stage"], (string?)json["name"], (string)json["reason"]!);

    private static TenantManifest Of(JsonObject json) => new(
        new TenantScope([.. TenantKinds.All.Where(k => TextsOf(json, "kinds").Contains(k.Name, StringComparer.OrdinalIgnoreCase))], TextsOf(json, "stages"), (bool?)json["withUsers"] == true),
        [.. (json["notExported"] as JsonArray ?? []).Select(unread => UnreadOf(unread!))])
    {
        Tenant = (string?)json["tenant"],
        Empty = [.. (json["empty"] as JsonArray ?? []).Select(empty => new EmptyPart(TenantKinds.Find((string)empty!["kind"]!)!, (string?)empty["stage"]))],
    };

    // Of the kinds that an import can remove. In a stage without any file, it removes nothing.
    private static IReadOnlyList<EmptyPart> EmptyOf(TenantContent content)
    {
        var stages = content.Documents.Select(d => d.Stage).Where(stage => stage is not null).Distinct(StringComparer.Ordinal).ToList();
        return [.. from kind in TenantKinds.All
                   where kind.IsRemovable && content.Scope?.Kinds.Contains(kind) != false
                   from stage in kind.IsPerStage ? stages : [null]
                   where !content.Documents.Any(d => d.Kind == kind && d.Stage == stage) && !content.Unread.Any(u => u.Kind == kind && (u.Stage is null || u.Stage == stage))
                   select new EmptyPart(kind, stage)];
    }

    private static IReadOnlyList<string> TextsOf(JsonObject json, string name) => [.. (json[name] as JsonArray ?? []).Select(text => (string)text!)];

    private static TenantProperty Text(string name, string description) => new(name, TenantValue.Text, description);
}
