using System.Globalization;
using System.Management.Automation;
using System.Net.Http.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using OdcPowerShell.Identity;
using OdcPowerShell.Json;

namespace OdcPowerShell.Benchmarks;

/// <summary>The same work without the module.</summary>
internal static class Baseline
{
    private const string Users = "/api/identity/v1/users";

    /// <summary>HttpClient and source-generated JSON into the module's own models, one page at a time.</summary>
    internal static async Task<int> ReadUsersAsync(HttpClient http)
    {
        var (count, offset) = (0, (int?)0);
        while (offset is { } from)
        {
            var page = await http.GetFromJsonAsync(PageAt(from), OdcJson.Default.PageOdcUser);
            count += page!.Results!.Count;
            offset = page.Info!.NextPageOffset;
        }

        return count;
    }

    internal static Task<OdcUser?> ReadUserAsync(HttpClient http, string key) => http.GetFromJsonAsync($"{Users}/{key}", OdcJson.Default.OdcUser);

    /// <summary>
    /// A page as Invoke-RestMethod returns it without -WebSession: over a connection of its own, as text, Newtonsoft's tree, and of that
    /// PSObjects with note properties. What the command itself costs is not in it: the engine's package has no Invoke-RestMethod.
    /// </summary>
    internal static object? ReadPage(HttpClient signedIn, int offset)
    {
        using var http = new HttpClient { BaseAddress = signedIn.BaseAddress };
        http.DefaultRequestHeaders.Authorization = signedIn.DefaultRequestHeaders.Authorization;
        var text = http.GetStringAsync(PageAt(offset)).GetAwaiter().GetResult();
        return ToPowerShell(JsonConvert.DeserializeObject<JToken>(text, new JsonSerializerSettings { MetadataPropertyHandling = MetadataPropertyHandling.Ignore, MaxDepth = 1024 }));
    }

    private static string PageAt(int offset) => string.Create(CultureInfo.InvariantCulture, $"{Users}?limit=100&offset={offset}");

    private static object? ToPowerShell(JToken? token) => token switch
    {
        JObject members => ToObject(members),
        JArray items => items.Select(ToPowerShell).ToArray(),
        JValue value => value.Value,
        _ => null,
    };

    private static PSObject ToObject(JObject members)
    {
        var shown = new PSObject(members.Count);
        foreach (var member in members)
            shown.Properties.Add(new PSNoteProperty(member.Key, ToPowerShell(member.Value)));
        return shown;
    }
}
