using System.Globalization;
using System.Net.Http.Json;
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

    private static string PageAt(int offset) => string.Create(CultureInfo.InvariantCulture, $"{Users}?limit=100&offset={offset}");
}
