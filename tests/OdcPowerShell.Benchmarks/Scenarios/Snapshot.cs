using System.Diagnostics;
using System.Globalization;

namespace OdcPowerShell.Benchmarks.Scenarios;

/// <summary>A whole tenant as files: how many requests it takes, against the fewest with which the API can answer.</summary>
internal static class Snapshot
{
    private const int Users = 1000;
    private const int Groups = 100;
    private const int Assets = 200;
    private const double MostTimesFewest = 1.2;

    /// <summary>The lists whose length decides how many requests are needed.</summary>
    private const string Sizes = """
        $stages = @(Get-OdcStage)
        $apps = @(Get-OdcDeployedAsset | Where-Object AssetType -NotLike '*Library')
        @(
            $stages.Count
            @(Get-OdcOrganizationRole).Count
            @(Get-OdcPermission).Count
            @(Get-OdcGroup).Count
            @(Get-OdcAsset).Count
            @(Get-OdcDeployedAsset).Count
            @($apps.Deployments).Count
            @(Get-OdcUser).Count
            @(Get-OdcUser -HasOrganizationRole).Count
        )
        """;

    internal static async Task<IEnumerable<Finding>> RunAsync()
    {
        using var emulator = await EmulatorProcess.StartAsync(Users, Assets);
        using var engine = Engine.Connected(emulator);
        engine.Run("param($groups) foreach ($i in 1..($groups - @(Get-OdcGroup).Count)) { $null = New-OdcGroup \"Team $i\" -Stage QA }", Groups);
        var sizes = engine.Run(Sizes).Select(o => Convert.ToInt32(o.BaseObject, CultureInfo.InvariantCulture)).ToList();
        var (stages, roles, permissions, groups, assets, deployed, places, users, members) = (sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], sizes[5], sizes[6], sizes[7], sizes[8]);
        // Pages of 100; the roles of each group and the settings of each app in each stage have no list of their own.
        var fewest = 3 // The organization, the subscription, the IP filter of the platform.
            + 3 // Portfolios, stages, identity providers.
            + Pages(roles) + Pages(permissions) + Pages(groups) + groups
            + (stages * 6) + 1 // System configuration, domains, default domain, built-in domains, IP filters and gateway; built-in domains of the organization.
            + Pages(assets) + Pages(deployed) + places;
        var withUsers = fewest + groups + Pages(users) + members;
        return [await CountAsync(emulator, engine, "snapshot", "", fewest), await CountAsync(emulator, engine, "snapshot with users", "-IncludeUser", withUsers)];
    }

    private static async Task<Finding> CountAsync(EmulatorProcess emulator, Engine engine, string scenario, string parameters, int fewest)
    {
        var folder = Directory.CreateTempSubdirectory("odc-snapshot-").FullName;
        try
        {
            await emulator.ForgetRequestsAsync();
            var clock = Stopwatch.StartNew();
            engine.Run($"param($path) Export-OdcTenant $path {parameters}", folder);
            return Finding.Requests(scenario, clock.Elapsed.TotalMilliseconds, await emulator.CountRequestsAsync(), fewest, MostTimesFewest);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Pages(int count) => (count + 99) / 100;
}
