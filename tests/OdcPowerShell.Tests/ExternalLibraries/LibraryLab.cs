using OdcPowerShell.Operations;
using OdcPowerShell.Tests.AssetRepository;

namespace OdcPowerShell.Tests.ExternalLibraries;

/// <summary>A folder with zip files of libraries, and a shell whose waits poll often.</summary>
internal static class LibraryLab
{
    internal const string Start = "POST /api/external-libraries/v1/generation-operations";
    internal const string Mint = "GET /api/external-libraries/v1/uploads";
    internal const string Add = "action Add Left:Integer Right:Integer >Sum:Integer";
    internal const string Subtract = "action Subtract Left:Integer Right:Integer >Rest:Integer";
    internal const string Point = "structure Point X:Decimal Y:Decimal";

    internal static async Task<TransferLab> StartAsync()
    {
        var lab = await TransferLab.StartAsync();
        lab.Shell.Run("Get-OdcConnection -Default").Single<OdcConnection>().Client.Polling = new PollPlan(TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(50));
        lab.Tenant.Statistics.Clear();
        return lab;
    }

    /// <summary>Writes the zip file of a library into the folder.</summary>
    internal static byte[] WriteLibrary(this TransferLab lab, string file, string name, params string[] elements)
    {
        var bytes = LibraryFile.Create(name, elements);
        File.WriteAllBytes(lab.PathOf(file), bytes);
        return bytes;
    }

    /// <summary>Writes a zip file with these entries into the folder.</summary>
    internal static void WriteZip(this TransferLab lab, string file, params string[] entries) =>
        File.WriteAllBytes(lab.PathOf(file), LibraryFile.Pack([.. entries.Select(name => (name, "MZ"))]));

    /// <summary>What was sent to the APIs.</summary>
    internal static IReadOnlyList<string> Sent(this TransferLab lab) => [.. lab.Tenant.Statistics.Requests.Where(r => r.Path.StartsWith("/api/", StringComparison.Ordinal)).Select(r => $"{r.Method} {r.Path}")];

    internal static void Grant(this TransferLab lab, params string[] permissions) => lab.Tenant.Clients["admin"].Permissions = permissions;
}
