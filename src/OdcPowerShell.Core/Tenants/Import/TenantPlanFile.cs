using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OdcPowerShell.Tenants;

/// <summary>
/// A plan as a file: the steps in words, and a fingerprint of each object of the files and of the tenant, by which later changes are found. It contains
/// no secrets: files and tenant have only the names of vault entries.
/// </summary>
internal sealed record TenantPlanFile(string Host, ImportOptions Options, IReadOnlyList<string> Steps, IReadOnlyDictionary<string, string> Files, IReadOnlyDictionary<string, string> Tenant)
{
    private const int MostNamed = 5;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    internal static TenantPlanFile Of(TenantPlan plan, ImportSource source, ImportOptions options, Uri origin) => new(
        origin.Authority, options, [.. plan.Steps.Select(s => s.ToString())], Fingerprints(source.Content), Fingerprints(plan.Now));

    internal string ToText(DateTimeOffset now) => new JsonObject
    {
        ["tenant"] = Host,
        ["madeAt"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["prune"] = Options.Prunes,
        ["skipMissing"] = Options.SkipsMissing,
        ["includeSecret"] = Options.IncludesSecrets,
        ["overwriteSecret"] = Options.OverwritesSecrets,
        ["includeTenantSpecific"] = Options.IncludesTenantSpecific,
        ["kinds"] = ImportContext.List(Options.Part.Kinds),
        ["names"] = ImportContext.List(Options.Part.Names),
        ["stages"] = ImportContext.List(Options.Part.Stages),
        ["steps"] = ImportContext.List(Steps),
        ["files"] = Members(Files),
        ["objects"] = Members(Tenant),
    }.ToJsonString(Indented) + "\n";

    /// <exception cref="OdcException">The text is not a plan.</exception>
    internal static TenantPlanFile Read(string text, string path)
    {
        try
        {
            if (JsonNode.Parse(text) is JsonObject json && json["tenant"] is { } tenant && json["steps"] is JsonArray steps && json["files"] is JsonObject files && json["objects"] is JsonObject objects)
            {
                return new TenantPlanFile(
                    tenant.GetValue<string>(), OptionsOf(json), TenantDelta.Texts(steps), Pairs(files), Pairs(objects));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw NoPlan(path, e);
        }

        throw NoPlan(path, inner: null);
    }

    // A file without one of them was edited.
    private static ImportOptions OptionsOf(JsonObject json)
    {
        return new ImportOptions(Flag("prune"), Flag("skipMissing"), Flag("includeSecret"), Flag("overwriteSecret"), Flag("includeTenantSpecific")) { Part = new ImportPart(Texts("kinds"), Texts("names"), Texts("stages")) };

        bool Flag(string name) => TenantDelta.Flag(json[name]) ?? throw new FormatException($"\"{name}\" is missing.");

        IReadOnlyList<string> Texts(string name) => [.. (json[name] as JsonArray ?? throw new FormatException($"\"{name}\" is missing.")).Select(TenantDelta.Text).OfType<string>()];
    }

    /// <summary>Makes sure that this plan, which was just made again, is the one that was saved.</summary>
    /// <exception cref="OdcException">The tenant or the files changed since.</exception>
    internal void Require(TenantPlanFile saved)
    {
        if (!ImportContext.IsSame(saved.Host, Host))
            throw new OdcException(OdcErrorCause.InvalidRequest, $"The plan was made for {saved.Host}, and the connection is to {Host}.", "Use the connection to that tenant, or make a new plan with -SavePlan.");
        if (Differences(saved.Tenant, Tenant) is { } changed)
            throw Stale($"The tenant was changed since the plan was made, and nothing is sent: {changed}.");
        if (Differences(saved.Files, Files) is { } edited)
            throw Stale($"The files were changed since the plan was made, and nothing is sent: {edited}.");
        var (only, added) = (saved.Steps.Except(Steps, StringComparer.Ordinal).ToList(), Steps.Except(saved.Steps, StringComparer.Ordinal).ToList());
        if (only.Count + added.Count > 0)
            throw Stale($"The plan in the file is not what would be done, and nothing is sent: the file was edited, or another version of the module made it. {(added.Count > 0 ? $"Not in the file: {added[0]}." : $"Only in the file: {only[0]}.")}");
    }

    private static OdcException Stale(string message) => new(OdcErrorCause.Conflict, message, "Make a new plan with -SavePlan, and check it.");

    private static OdcException NoPlan(string path, Exception? inner) => new(OdcErrorCause.InvalidRequest, $"{path} is not a plan of Import-OdcTenant.", "Specify a file that Import-OdcTenant -SavePlan wrote.", inner);

    private static string? Differences(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now)
    {
        var differences = before.Keys.Where(k => !now.ContainsKey(k)).Select(k => $"{k} is gone")
            .Concat(now.Keys.Where(k => !before.ContainsKey(k)).Select(k => $"{k} is new"))
            .Concat(now.Keys.Where(k => before.TryGetValue(k, out var old) && old != now[k]).Select(k => $"{k} was changed")).OrderBy(d => d, StringComparer.Ordinal).ToList();
        return differences.Count == 0 ? null : string.Join(", ", differences.Take(MostNamed)) + (differences.Count > MostNamed ? $" and {differences.Count - MostNamed} more" : "");
    }

    // What changes by itself, such as the state of a certificate, is no change by others.
    private static Dictionary<string, string> Fingerprints(TenantContent content)
    {
        var prints = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var document in content.Documents.Where(d => !d.Kind.IsState))
        {
            var texts = document.Kind.Shape.Properties.Where(p => !p.IsState && document.Content[p.Name] is not null).Select(p => $"{p.Name}={document.Content[p.Name]!.ToJsonString()}");
            prints[document.ToString()] = Hash(Encoding.UTF8.GetBytes(string.Join("\n", texts)));
        }

        return prints;
    }

    private static string Hash(byte[] bytes)
    {
#if NETSTANDARD2_0
        using var hash = SHA256.Create();
        return BitConverter.ToString(hash.ComputeHash(bytes)).Replace("-", "");
#else
        return Convert.ToHexString(SHA256.HashData(bytes));
#endif
    }

    private static JsonObject Members(IReadOnlyDictionary<string, string> pairs) => new(pairs.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => new KeyValuePair<string, JsonNode?>(p.Key, p.Value)));

    private static Dictionary<string, string> Pairs(JsonObject json) => json.ToDictionary(p => p.Key, p => TenantDelta.Text(p.Value) ?? "", StringComparer.Ordinal);
}
