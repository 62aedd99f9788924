using System.Text.RegularExpressions;

namespace OdcPowerShell.Emulator;

/// <summary>
/// A plain GET in a file of Seed/: its answer, or the list that it is one item of. A list has the family of its pages, and for each parameter
/// the member that it filters ("…Contains" for a part of it). One of the permissions is needed, or any at all where there are none.
/// </summary>
internal sealed record SeedDocument(
    JsonElement Answer = default, string? In = null, string What = "item", string? Paging = null, Dictionary<string, string>? Where = null,
    string[]? Permissions = null);

/// <summary>
/// The seed documents of a tenant, as requests have changed them. A path with another stage or asset in it has a document of its own.
/// Documents are never changed in place, so that an answer on its way stays as it was.
/// </summary>
internal sealed partial class Documents(EmulatedTenant tenant, Derivation derive)
{
    // Read when a request first finds no endpoint with code, and shared by all tenants.
    private static readonly Lazy<IReadOnlyDictionary<string, SeedDocument>> s_seeds = new(() =>
        typeof(Documents).Assembly.GetManifestResourceNames()
            .Where(name => !name.Contains(".Seed.Tenant.", StringComparison.Ordinal))
            .SelectMany(Json.Resource<Dictionary<string, SeedDocument>>)
            .ToDictionary(StringComparer.Ordinal));

    private readonly Dictionary<string, JsonNode> _documents = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<Endpoint> Endpoints => field ??= [.. s_seeds.Value.Select(entry => new Endpoint(
        "GET",
        new Template(entry.Key),
        entry.Value.Permissions is { } permissions ? Access.OneOf(permissions) : Access.AnyPermission,
        call => call.WriteAsync(200, tenant.Store.Use(() => Answer(entry.Key, entry.Value, call)))))];

    public void Merge(string path, ApiCall call, JsonObject body)
    {
        var seed = s_seeds.Value[path];
        var document = Document(seed.In ?? path, call).DeepClone();
        Merge((seed.In is null ? document : Item(document, seed, call)).AsObject(), body);
        _documents[Concrete(seed.In ?? path, call)] = document;
    }

    private object Answer(string path, SeedDocument seed, ApiCall call)
    {
        var document = Document(seed.In ?? path, call);
        if (seed.In is not null)
            return Item(document, seed, call);
        if (seed.Paging is null)
            return document;
        var list = new ListEndpoint<JsonNode>(Paging.Named(seed.Paging), _ => document.AsArray().OfType<JsonNode>());
        foreach (var (parameter, member) in seed.Where ?? [])
        {
            if (parameter.EndsWith("Contains", StringComparison.Ordinal))
                list.Contains(parameter, item => item[member]?.ToString());
            else
                list.Text(parameter, item => item[member]?.ToString(), StringComparison.OrdinalIgnoreCase);
        }

        return list.Answer(call);
    }

    // An item is found by the last parameter of its path, which is its key.
    private static JsonNode Item(JsonNode items, SeedDocument seed, ApiCall call)
    {
        var (name, key) = call.Route.Last();
        return items.AsArray().FirstOrDefault(item => key.Equals((item![name] ?? item["key"])?.ToString(), StringComparison.OrdinalIgnoreCase))
            ?? throw ProblemException.NotFound(seed.What, key);
    }

    private JsonNode Document(string path, ApiCall call)
    {
        CheckPlaces(call);
        var concrete = Concrete(path, call);
        if (!_documents.TryGetValue(concrete, out var document))
            _documents[concrete] = document = JsonNode.Parse(Placeholder().Replace(s_seeds.Value[path].Answer.GetRawText(), match => Value(match, call)))!;
        return document;
    }

    private void CheckPlaces(ApiCall call)
    {
        foreach (var (name, value) in call.Route)
        {
            if (name == "environmentKey")
                _ = tenant.Store.Stages[Guid.Parse(value)];
            else if (name is "assetKey" or "applicationKey" or "agentKey")
                _ = tenant.Store.Assets[Guid.Parse(value)];
            else if (name == "portfolioKey")
                _ = tenant.Store.Portfolios[Guid.Parse(value)];
        }
    }

    private static string Concrete(string path, ApiCall call) =>
        call.Route.Aggregate(path, (text, parameter) => text.Replace($"{{{parameter.Key}}}", parameter.Value, StringComparison.Ordinal));

    // Values that differ between tenants are in the texts of a document as {name} or {kind:name}.
    private string Value(Match match, ApiCall call)
    {
        var (kind, name) = (match.Groups["kind"].Value, match.Groups["name"].Value);
        return kind switch
        {
            "realm" => tenant.RealmId.ToString(),
            "organization" => tenant.OrganizationName,
            "tenant" => tenant.Name,
            "portfolio" => tenant.PortfolioKey.ToString(),
            "stage" => tenant.Stages.First(stage => stage.Name == name).Key.ToString(),
            "asset" => derive.Guid($"asset/{name}").ToString(),
            "user" => UserGenerator.KeyOf(derive, int.Parse(name, CultureInfo.InvariantCulture)).ToString(),
            "key" => derive.Guid(name).ToString(),
            "text" => derive.Text(name),
            _ => call.Route[kind],
        };
    }

    private static void Merge(JsonObject document, JsonObject changes)
    {
        foreach (var (name, value) in changes)
        {
            if (value is JsonObject inner && document[name] is JsonObject old)
                Merge(old, inner);
            else
                document[name] = value?.DeepClone();
        }
    }

    [GeneratedRegex(@"\{(?<kind>[a-zA-Z]+)(:(?<name>[^}""]+))?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Placeholder();
}
